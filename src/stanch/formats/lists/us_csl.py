"""The US Consolidated Screening List: eleven lists of three departments in one CSV file.

Published by the International Trade Administration (https://www.trade.gov/consolidated-screening-
list). Columns by name, several values in a cell parted by "; ". The id is the column `_id`: OFAC's
number for its lists, a digest for the others. Cells of `ids` read "COUNTRY, ISSUED, NUMBER, TYPE",
of which only the last two are always there, and TYPE is OFAC's word (`ofac_labels`). Who stands on
several of the lists has a row for each, with one `_id`: they are one entry.
Tested on the whole list of May 2022.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stanch.formats.lists.csv_rows import csv_sheet
from stanch.formats.lists.dates import iso_day, listed_date
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.ofac_labels import add_fact, add_unknown
from stanch.formats.lists.ofac_names import person_name, schema_of
from stanch.formats.lists.ofac_remarks import read_remarks
from stanch.formats.lists.unknown import Unknown
from stanch.model.countries import code_of
from stanch.model.listed import (
    ALIAS,
    CALL_SIGN,
    PERSON,
    PRIMARY,
    UNKNOWN,
    Address,
    Identifier,
    ListedName,
    RefusedEntry,
)

_NEEDED: Final = ("source", "name", "alt_names", "programs")
_PLAIN: Final = (  # kept in Entry.other under the column's name
    *("source", "entity_number", "end_date", "standard_order", "license_requirement"),
    *("license_policy", "vessel_type", "gross_tonnage", "gross_registered_tonnage"),
    *("vessel_owner", "source_list_url", "source_information_url"),
)
_READ: Final = (
    *("_id", "type", "programs", "name", "title", "addresses", "start_date", "call_sign"),
    *("vessel_flag", "remarks", "alt_names", "citizenships", "dates_of_birth", "nationalities"),
    *("places_of_birth", "ids", "federal_register_notice"),
)
_ISSUED = re.compile(r"\d{4}-\d{2}-\d{2}")
# Types whose values hold commas of their own are found from the end of the cell.
_DASHED: Final = re.compile(r"(.*), ([^,]+)", re.DOTALL)


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Of each file the refused rows, then the entries, then what is not known.

    Raises ValueError where a file has not the columns of such a list.
    """
    for file in files:
        yield from _file(file)


def _file(file: ListFile) -> Iterator[Parsed]:
    unknown = Unknown(file.name)
    header: list[str] = []
    drafts: dict[str, Draft] = {}
    for row, cells, fault in csv_sheet(file, mark=",").rows:
        if not header:
            header = [cell.strip().casefold() for cell in cells]
            if fault or not set(_NEEDED) <= set(header):
                raise ValueError(f"has not the columns {', '.join(_NEEDED)}")
        elif fault or len(cells) != len(header):
            reason = f"has {len(cells):,} columns, not {len(header)}"
            yield RefusedEntry(file.name, row, fault or reason)
        else:
            values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            draft = _draft(values, unknown)
            if reason := _reason_against(draft):
                yield RefusedEntry(file.name, row, reason)
            elif draft.id in drafts:
                drafts[draft.id].join(draft)
            else:
                drafts[draft.id] = draft
    if not header:
        raise ValueError("is empty")
    for draft in drafts.values():
        yield draft.entry()
    yield from unknown.fields()


def _reason_against(draft: Draft) -> str:
    try:
        draft.entry()
    except ValueError as error:
        return str(error)
    return ""


def _draft(row: Mapping[str, str], unknown: Unknown) -> Draft:
    kind = row.get("type", "")
    draft = Draft(row.get("_id", ""), schema_of(kind) if kind else UNKNOWN)
    _add_names(draft, row)
    # Only OFAC names programmes; of the others the list itself says why somebody stands on it.
    draft.programs += _parts(row, "programs") or [row.get("source", "")]
    draft.legal_bases += _parts(row, "federal_register_notice")
    draft.roles += _parts(row, "title")
    draft.births += map(listed_date, _parts(row, "dates_of_birth"))
    draft.birth_places += _parts(row, "places_of_birth")
    for column, role in (
        ("nationalities", "nationality"),
        ("citizenships", "citizenship"),
        ("vessel_flag", "flag"),
    ):
        for country in _parts(row, column):
            draft.country(country, role)
    draft.addresses += map(_address, _parts(row, "addresses"))
    draft.identifiers += [Identifier(CALL_SIGN, sign) for sign in _parts(row, "call_sign")]
    for number in _numbers(row.get("ids", "")):
        _add_number(draft, number, unknown)
    draft.listed_on = iso_day(row.get("start_date", ""))
    read_remarks(draft, row.get("remarks", ""), unknown)
    for column in _PLAIN:
        draft.also(column, [row.get(column, "")])
    for column in (each for each in row if each not in (*_PLAIN, *_READ)):
        if row[column]:
            unknown.note(column, row[column])
            draft.also(column, [row[column]])
    return draft


def _add_names(draft: Draft, row: Mapping[str, str]) -> None:
    for kind, names in ((PRIMARY, [row["name"]]), (ALIAS, _parts(row, "alt_names"))):
        for name in names:
            is_person = draft.schema == PERSON
            draft.names.append(person_name(name, kind) if is_person else ListedName(name, kind))


def _parts(row: Mapping[str, str], column: str) -> list[str]:
    return [part for each in row.get(column, "").split("; ") if (part := each.strip())]


def _address(text: str) -> Address:
    """Its last part is a country where that is one."""
    last = text.rpartition(",")[2].strip()
    return Address(text, country=last if code_of(last) else "")


def _numbers(text: str) -> Iterator[str]:
    """The numbers in a cell. A value may hold "; " itself: a part without a type is no number."""
    open_part = ""
    for part in filter(None, text.split("; ")):
        open_part = f"{open_part}; {part}" if open_part else part
        if ", " in part:
            yield open_part
            open_part = ""
    if open_part:
        yield open_part


def _add_number(draft: Draft, text: str, unknown: Unknown) -> None:
    match = _DASHED.fullmatch(text)
    if match is None:
        unknown.note("ids: (without a type)", text)
        draft.also("ids", [text])
        return
    value, label = match[1].strip(), match[2].strip()
    issuer, note = "", ""
    first, comma, rest = value.partition(", ")
    if comma and len(first) == 2 and code_of(first):
        issuer, value = first, rest
        first, comma, rest = value.partition(", ")
    if comma and _ISSUED.fullmatch(first):
        note, value = f"issued {first}", rest
    known = (label, f"{label}:")  # this list leaves the colon out
    if not any(add_fact(draft, each, value, issuer, note) for each in known):
        unknown.note(f"ids: {label}", value)
        add_unknown(draft, label, value, issuer, note)
