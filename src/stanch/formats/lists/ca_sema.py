"""Canada's Consolidated Canadian Autonomous Sanctions List (SEMA and JVCFOR), as XML.

Publisher: Global Affairs Canada, sema-lmes.xml. A record has Country (the regulations, not a
nationality), LastName and GivenName or EntityOrShip, TitleOrShip, ShipIMONumber, Aliases,
DateOfBirthOrShipBuildDate, Schedule, Item, DateOfListing. Tested on the official file of 2025.

The id is regulations, schedule and item, as the law cites an entry: `russia-1-part-1-12`. What has
an IMO number is a vessel; its TitleOrShip is the type of ship and its date that of building.
Aliases are parted by semicolons, and by commas and slashes where each part is a whole name.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.dates import iso_day
from stanch.formats.lists.draft import Draft, entry_of
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.safe_xml import records
from stanch.formats.lists.several_dates import listed_dates
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import (
    ALIAS,
    IMO,
    ORGANIZATION,
    PERSON,
    PRIMARY,
    VESSEL,
    Identifier,
    ListedName,
)

RECORD: Final = "data-set/record"
KNOWN: Final = frozenset(
    (
        "Country", "LastName", "GivenName", "EntityOrShip", "Entity", "TitleOrShip", "Title",
        "ShipIMONumber", "Aliases", "DateOfBirthOrShipBuildDate", "DateOfBirth", "Schedule",
        "Item", "DateOfListing",
    )
)  # fmt: skip
LANGUAGES: Final = {"belarusian": "be", "belarussian": "be", "russian": "ru", "ukrainian": "uk"}

_LABEL = re.compile(r"^(Belarus+ian|Russian|Ukrainian)\s*:\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_SLASH = re.compile(r"\s*/\s*")


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Each record of the files. ValueError where a file has another root."""
    for file in files:
        unknown = Unknown(file.name)
        for record in records(file.stream, (RECORD,)):
            if record.path == RECORD:
                draft = partial(_draft, record.element, unknown)
                yield entry_of(file.name, record.row, draft)
            else:
                unknown.note(record.path, "".join(record.element.itertext()))
        yield from unknown.fields()


def _draft(record: Element, unknown: Unknown) -> Draft:
    strays = unknown.strays(record, KNOWN)
    entity, imo = _said(record, "EntityOrShip", "Entity"), _said(record, "ShipIMONumber")
    draft = Draft(_id(record), VESSEL if imo else ORGANIZATION if entity else PERSON)
    draft.names.append(_name(record) if draft.schema == PERSON else ListedName(entity, PRIMARY))
    if draft.schema != PERSON and _name(record).text:
        draft.names.append(ListedName(_name(record).text))
    draft.names += _aliases(_said(record, "Aliases"))
    draft.programs.append(_said(record, "Country"))
    draft.identifiers.append(Identifier(IMO, imo))
    title, date = _said(record, "TitleOrShip", "Title"), _date(record)
    if draft.schema == VESSEL:
        draft.also("type of ship", [title])
        draft.also("ship build date", [date])
    else:
        draft.roles.append(title)
        draft.births += listed_dates(date)
    draft.also("Schedule", [_said(record, "Schedule")])
    draft.also("Item", [_said(record, "Item")])
    draft.listed_on = iso_day(_said(record, "DateOfListing"))
    if not draft.listed_on:
        draft.also("DateOfListing", [_said(record, "DateOfListing")])
    draft.other += strays
    return draft


def _id(record: Element) -> str:
    """Regulations in English, schedule and item. Raises ValueError without an item."""
    country, item = _said(record, "Country").partition(" / ")[0], _said(record, "Item")
    if not country or not item:
        raise ValueError("has no Country or no Item to be told by")
    whole = unicodedata.normalize("NFKD", f"{country} {_said(record, 'Schedule')} {item}")
    return "-".join(re.findall(r"[^\W_]+", whole.casefold()))


def _name(record: Element) -> ListedName:
    parts = (("given", _said(record, "GivenName")), ("family", _said(record, "LastName")))
    known = tuple(part for part in parts if part[1])
    return ListedName(" ".join(text for _, text in known), PRIMARY, known)


def _aliases(text: str) -> Iterator[ListedName]:
    for part in text.split(";"):
        for name in _whole_names(part.strip(" ,")):
            label = _LABEL.match(name)
            language = LANGUAGES[label[1].lower()] if label else ""
            yield ListedName(name[label.end() :] if label else name, ALIAS, language=language)


def _whole_names(text: str) -> list[str]:
    """The names in a text, parted only where each part has a label or two words."""
    for pattern in (_COMMA, _SLASH):
        parts = pattern.split(text)
        if len(parts) > 1 and all(_is_whole(part.strip(), pattern) for part in parts):
            return [name for part in parts for name in _whole_names(part.strip())]
    return [text]


def _is_whole(part: str, pattern: re.Pattern[str]) -> bool:
    """Whether a part is a name by itself; between slashes, "or" tells of spellings of one word."""
    spelling = pattern is _SLASH and " or " in part
    return bool(_LABEL.match(part)) or (" " in part and not spelling)


def _date(record: Element) -> str:
    return _said(record, "DateOfBirthOrShipBuildDate", "DateOfBirth")


def _said(record: Element, *names: str) -> str:
    """The text of the first of these elements that has one, in one line."""
    for name in names:
        if text := " ".join((record.findtext(name) or "").split()):
            return text
    return ""
