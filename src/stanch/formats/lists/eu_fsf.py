"""The EU's consolidated list of financial sanctions (FSF), as XML: xmlFullSanctionsList_1_1.

Publisher: European Commission, https://webgate.ec.europa.eu/fsd/fsf; namespace
http://eu.europa.ec/fpi/fsd/export. No official file was at hand: this is written against the
published format (attributes of sanctionEntity, nameAlias, birthdate, citizenship, address,
identification, regulation) and tested on files made for it.

The id is the EU reference number (EU.27.28), or else the logical id. The format marks no main name:
the first strong one stands for it. `strong="false"` and remarks like "low quality a.k.a." make a
name weak. The programme is the regulation's `programme`, the legal basis its `numberTitle`.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.dates import date_span, iso_day, listed_date
from stanch.formats.lists.draft import Draft, entry_of
from stanch.formats.lists.eu_fsf_facts import (
    add_address,
    add_identification,
    country,
    said,
    text_of,
)
from stanch.formats.lists.eu_fsf_known import KNOWN, ROOT_KNOWN
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.safe_xml import records
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import (
    ALIAS,
    FORMER,
    ORGANIZATION,
    PERSON,
    PRIMARY,
    UNKNOWN,
    WEAK,
    ListedDate,
    ListedName,
)

ENTITY: Final = "export/sanctionEntity"
SCHEMAS: Final = {"person": PERSON, "enterprise": ORGANIZATION}


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Each sanctionEntity of the files. ValueError where a file has another root."""
    for file in files:
        unknown = Unknown(file.name)
        for record in records(file.stream, (ENTITY,)):
            if record.path == ENTITY:
                draft = partial(_draft, record.element, unknown)
                yield entry_of(file.name, record.row, draft)
            elif record.path == "export@":
                unknown.strays(record.element, ROOT_KNOWN)
            else:
                unknown.note(record.path, "".join(record.element.itertext()))
        yield from unknown.fields()


def _draft(entity: Element, unknown: Unknown) -> Draft:
    reference = said(entity, "euReferenceNumber") or said(entity, "logicalId")
    subject = entity.find("subjectType")
    code = said(subject, "code") if subject is not None else ""
    draft = Draft(reference, SCHEMAS.get(code.lower(), UNKNOWN))
    draft.listed_on = iso_day(said(entity, "designationDate"))
    for name in ("unitedNationId", "designationDetails", "logicalId"):
        draft.also(name, [said(entity, name)])
    for regulation in entity.findall("regulation"):
        _add_regulation(draft, regulation)
    for alias in entity.findall("nameAlias"):
        _add_name(draft, alias)
    for citizenship in entity.findall("citizenship"):
        draft.countries += country(citizenship, "citizenship")
    for birth in entity.findall("birthdate"):
        _add_birth(draft, birth)
    for place in entity.findall("address"):
        add_address(draft, place)
    for paper in entity.findall("identification"):
        add_identification(draft, paper)
    for remark in entity.iter("remark"):
        draft.remarks.append(text_of(remark))
    draft.other += unknown.strays(entity, KNOWN)
    return draft


def _add_regulation(draft: Draft, regulation: Element) -> None:
    draft.programs.append(said(regulation, "programme"))
    draft.legal_bases.append(said(regulation, "numberTitle"))
    draft.also("publicationUrl", map(text_of, regulation.findall("publicationUrl")))
    draft.listed_on = draft.listed_on or iso_day(said(regulation, "entryIntoForceDate"))


def _add_name(draft: Draft, alias: Element) -> None:
    roles = (("firstName", "given"), ("middleName", "middle"), ("lastName", "family"))
    parts = tuple((role, said(alias, name)) for name, role in roles if said(alias, name))
    text = said(alias, "wholeName") or " ".join(part for _, part in parts)
    remark = " ".join(map(text_of, alias.findall("remark"))).lower()
    weak = said(alias, "strong").lower() == "false" or "low quality" in remark
    former = any(word in remark for word in ("formerly", "f.k.a", "fka", "former name"))
    kind = WEAK if weak else FORMER if former else ALIAS
    if kind == ALIAS and all(name.kind != PRIMARY for name in draft.names):
        kind = PRIMARY
    language = said(alias, "nameLanguage").lower()
    if text:
        draft.names.append(ListedName(text, kind, parts, language=language))
    gender = said(alias, "gender").upper()
    draft.genders.append({"M": "male", "F": "female"}.get(gender, gender.lower()))
    draft.roles.append(said(alias, "title"))
    function = said(alias, "function")
    (draft.remarks if draft.schema == ORGANIZATION else draft.roles).append(function)


def _add_birth(draft: Draft, birth: Element) -> None:
    date = _birth(birth)
    if date.text:
        draft.births.append(date)
    parts = [said(birth, name) for name in ("place", "city", "region", "zipCode")]
    known = [part for part in (*parts, *(each.text for each in country(birth, "birth"))) if part]
    draft.birth_places.append(", ".join(dict.fromkeys(known)))
    draft.countries += country(birth, "birth")


def _birth(birth: Element) -> ListedDate:
    """The date in the Gregorian calendar; in another one it is text without bounds."""
    year, month, day = (said(birth, name) for name in ("year", "monthOfYear", "dayOfMonth"))
    circa = said(birth, "circa").lower() == "true"
    text = said(birth, "birthdate")
    if not text and year:
        text = "-".join(
            filter(
                None, (year, month.zfill(2) if month else "", day.zfill(2) if day and month else "")
            )
        )
    calendar = said(birth, "calendarType").upper()
    if calendar not in ("", "GREGORIAN"):
        return ListedDate(f"{text} ({calendar.lower()})")
    if text:
        read = listed_date(text)
        return ListedDate(read.text, read.first, read.last, circa or read.circa)
    return date_span(said(birth, "yearRangeFrom"), said(birth, "yearRangeTo"), circa)
