"""OFAC's lists as CSV: sdn.csv, alt.csv, add.csv and sdn_comments.csv, or cons_prim.csv,
cons_alt.csv, cons_add.csv and cons_comments.csv (the non-SDN lists), given together.

Format: https://ofac.treasury.gov/media/29976 (data specification). Files have no header and are
told apart by their columns: 12 main (ent_num, SDN_Name, SDN_Type, Program, Title, Call_Sign,
Vess_type, Tonnage, GRT, Vess_flag, Vess_owner, Remarks), 6 addresses, 5 aliases, 2 comments,
which continue remarks that are longer than 1,000 characters. "-0-" is nothing. A first row whose
number is a word is a header that somebody added. Tested on official files of 2019 to 2025.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from stanch.formats.lists.csv_rows import csv_sheet
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.ofac_names import person_name, schema_of
from stanch.formats.lists.ofac_remarks import read_remarks
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import (
    ALIAS,
    CALL_SIGN,
    FORMER,
    PERSON,
    PRIMARY,
    Address,
    Identifier,
    ListedName,
    RefusedEntry,
)

MAIN: Final = 12
_ADDRESSES: Final = 6
_ALIASES: Final = 5
_COMMENTS: Final = 2
_WIDTHS: Final = (MAIN, _ADDRESSES, _ALIASES, _COMMENTS)

_END_OF_FILE: Final = "\x1a"  # OFAC ends its files as DOS did
_CUT: Final = 1_000  # characters of remarks that fit into the main file

_ALIAS_KINDS: Final = {"aka": ALIAS, "fka": FORMER, "nka": ALIAS}
_VESSEL_COLUMNS: Final = ((6, "Vess_type"), (7, "Tonnage"), (8, "GRT"), (10, "Vess_owner"))


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    row: int
    cells: list[str]


@dataclass(slots=True)
class _Tables:
    """The rows of each kind of file by the number of the entry that they belong to."""

    main: list[_Line] = field(default_factory=list)
    below: dict[int, dict[str, list[_Line]]] = field(
        default_factory=lambda: {width: {} for width in _WIDTHS[1:]}
    )
    refused: list[RefusedEntry] = field(default_factory=list)


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of the main files, then what was refused, then what is not known.

    Raises ValueError where no file is a main one, or one of them is none of the four kinds.
    """
    tables = _Tables()
    for file in files:
        _sort_in(file, tables)
    if not tables.main:
        raise ValueError("has no entries: sdn.csv or cons_prim.csv has to be among the files")
    unknown = {line.file: Unknown(line.file) for line in tables.main}
    seen: set[str] = set()
    for line in tables.main:
        number = line.cells[0]
        if number in seen:
            tables.refused.append(_refuse(line, f"number {number} stands on the list twice"))
            continue
        seen.add(number)
        try:
            yield _draft(line, tables, unknown[line.file]).entry()
        except ValueError as error:
            tables.refused.append(_refuse(line, str(error)))
    yield from tables.refused
    yield from _orphans(tables, seen)
    for each in unknown.values():
        yield from each.fields()


def _cell(text: str, width: int) -> str:
    """Without the blanks around it, except where remarks are cut at a blank."""
    bare = text.strip()
    if bare == "-0-":
        return ""
    return text if len(text) >= _CUT or width == _COMMENTS else bare


def _sort_in(file: ListFile, tables: _Tables) -> None:
    width = 0
    for row, found, fault in csv_sheet(file, mark=",").rows:
        cells = [_cell(cell, len(found)) for cell in found]
        if fault:
            tables.refused.append(RefusedEntry(file.name, row, fault))
            continue
        if cells == [_END_OF_FILE] or not any(cells):
            continue
        if not width:
            width = len(cells)
            if width not in _WIDTHS:
                raise ValueError(f"has {width:,} columns; OFAC's files have 12, 6, 5 or 2")
            if not cells[0].isdecimal() and cells[0].isidentifier():
                continue  # a header
        line = _Line(file.name, row, cells)
        if len(cells) != width:
            tables.refused.append(_refuse(line, f"has {len(cells):,} columns, not {width}"))
        elif not line.cells[0].strip().isdecimal():
            tables.refused.append(_refuse(line, "has no number of an entry in front"))
        elif width == MAIN:
            tables.main.append(line)
        else:
            tables.below[width].setdefault(line.cells[0].strip(), []).append(line)


def _draft(line: _Line, tables: _Tables, unknown: Unknown) -> Draft:
    number, name, kind, programs, title, call_sign = line.cells[:6]
    if kind not in ("", "individual", "vessel", "aircraft", "entity"):
        unknown.note(f"SDN_Type {kind}")
    draft = Draft(number, schema_of(kind))
    draft.names.append(_name(draft, name, PRIMARY))
    draft.programs += [each.strip("[] ") for each in programs.split("] [")]
    draft.roles.append(title)
    if call_sign:
        draft.identifiers.append(Identifier(CALL_SIGN, call_sign))
    for column, label in _VESSEL_COLUMNS:
        draft.also(label, [line.cells[column]])
    draft.country(line.cells[9], "flag")
    _add_below(draft, tables, unknown)
    _add_remarks(draft, line.cells[11], tables, unknown)
    return draft


def _add_remarks(draft: Draft, text: str, tables: _Tables, unknown: Unknown) -> None:
    """Remarks are cut within a word, and their rest stands in the file of comments. Remarks that
    are not full are whole: a comment on them is of another version, and is read by itself.
    """
    comments = [line.cells[1].rstrip() for line in tables.below[_COMMENTS].get(draft.id, ())]
    if len(text) >= _CUT:
        text, comments = "".join((text, *comments)), []
    for each in (text, *comments):
        read_remarks(draft, each, unknown)


def _add_below(draft: Draft, tables: _Tables, unknown: Unknown) -> None:
    """Aliases and addresses, which stand in files of their own."""
    for alias in tables.below[_ALIASES].get(draft.id, ()):
        _, alt_number, kind, name, remarks = alias.cells
        if kind not in _ALIAS_KINDS:
            unknown.note(f"alt_type {kind}", name)
        draft.names.append(_name(draft, name, _ALIAS_KINDS.get(kind, ALIAS)))
        draft.also(f"alias {alt_number}", [remarks])
    for place in tables.below[_ADDRESSES].get(draft.id, ()):
        _, number, street, city, country, remarks = place.cells
        text = ", ".join(filter(None, (street, city, country)))
        draft.addresses.append(Address(text, city=city, country=country))
        draft.also(f"address {number}", [remarks])


def _name(draft: Draft, text: str, kind: str) -> ListedName:
    return person_name(text, kind) if draft.schema == PERSON else ListedName(text, kind)


def _orphans(tables: _Tables, seen: set[str]) -> Iterator[RefusedEntry]:
    for by_number in tables.below.values():
        for number, lines in by_number.items():
            if number not in seen:
                for line in lines:
                    yield _refuse(line, f"belongs to number {number}, which is not on the list")


def _refuse(line: _Line, reason: str) -> RefusedEntry:
    return RefusedEntry(line.file, line.row, reason[:200])
