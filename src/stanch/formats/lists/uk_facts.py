"""Facts that both British lists have in the same form: names in six parts, dates, numbers, ships.

Name 6 is a person's family name or the whole name of anything else; Name 1 is the given name and 2
to 5 stand between them. "dd/mm/1958" and "00/00/1958" are a year. A cell may hold several values
as "(1) ... (2) ...".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stanch.formats.lists.dates import iso_day
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.numbers import emails, identifiers, phones, websites
from stanch.formats.lists.places import countries
from stanch.formats.lists.several_dates import listed_dates
from stanch.model.listed import (
    ALIAS,
    EMAIL,
    FORMER,
    ORGANIZATION,
    PERSON,
    PHONE,
    PRIMARY,
    UNKNOWN,
    VESSEL,
    WEAK,
    WEBSITE,
    Identifier,
    ListedDate,
    ListedName,
)

SCHEMAS: Final = {"individual": PERSON, "entity": ORGANIZATION, "ship": VESSEL}
KINDS: Final = {
    "primary name": PRIMARY,
    "primary name variation": ALIAS,
    "aka": ALIAS,
    "alias": ALIAS,
    "fka": FORMER,
    "formerly known as": FORMER,
}
LOW: Final = ("low", "weak")
_CONTACTS: Final[dict[str, Callable[[str], Iterable[str]]]] = {
    EMAIL: emails,
    PHONE: phones,
    WEBSITE: websites,
}


@dataclass(frozen=True, slots=True)
class UkName:
    """A name as both lists give it: parts 1 to 6, what it is, and how good."""

    parts: Sequence[str]
    type: str = ""
    quality: str = ""

    @property
    def kind(self) -> str:
        """What kind of name it is: weak where the list says so."""
        if any(word in self.quality.lower() for word in LOW):
            return WEAK
        return KINDS.get(" ".join(self.type.lower().split()), ALIAS)


def schema_of(text: str) -> str:
    """Individual, Entity or Ship in our words."""
    return SCHEMAS.get(text.strip().lower(), UNKNOWN)


def add_name(draft: Draft, name: UkName) -> None:
    """A Latin name with its parts."""
    roles = ("given", "middle", "middle", "middle", "middle", "family")
    parts = tuple((role, text) for role, text in zip(roles, name.parts, strict=True) if text)
    text = " ".join(text for _, text in parts)
    person = draft.schema == PERSON
    draft.names.append(ListedName(text, name.kind, parts if person else ()))


def add_script(draft: Draft, text: str, kind: str, script: str, language: str) -> None:
    """A name in another script: never the main one, as strong as what it spells."""
    draft.names.append(
        ListedName(text, ALIAS if kind in ("", PRIMARY) else kind, (), script, language)
    )


def add_births(draft: Draft, texts: Iterable[str]) -> None:
    """Dates of birth. Letters or zeros in place of day and month are not known."""
    for text in texts:
        for part in enumerated(text):
            plain = re.sub(r"\bdd\b|\bmm\b", "00", part, flags=re.IGNORECASE)
            for read in listed_dates(plain):
                said = part if plain != part else read.text
                draft.births.append(ListedDate(said, read.first, read.last, read.circa))


def add_numbers(draft: Draft, kind: str, texts: Iterable[str], details: str = "") -> None:
    """Passports, national numbers, registrations, with what the list says of them."""
    for text in texts:
        for part in enumerated(text):
            draft.identifiers += identifiers(kind, part, details)


def add_contacts(draft: Draft, kind: str, texts: Iterable[str]) -> None:
    """Phone numbers, websites, e-mail addresses."""
    for text in texts:
        for part in enumerated(text):
            values = _CONTACTS[kind](part)
            draft.identifiers += (Identifier(kind, value) for value in values)


def add_countries(draft: Draft, texts: Iterable[str], role: str) -> None:
    """Nationalities and flags."""
    for text in texts:
        for part in enumerated(text):
            draft.countries += countries(part, role)


def add_birth_place(draft: Draft, town: str, country: str) -> None:
    """Where somebody was born; the country also as such."""
    draft.birth_places.append(", ".join(filter(None, (town, country))))
    add_countries(draft, [country], "birth")


def add_day(draft: Draft, title: str, text: str) -> None:
    """The day of listing; another one that comes later is kept beside it."""
    day = iso_day(text)
    draft.listed_on = draft.listed_on or day
    if text and day != draft.listed_on:
        draft.also(title, [text])


def split_values(text: str) -> list[str]:
    """Several words in one cell, parted by bars."""
    return [part.strip() for part in text.split("|") if part.strip()]
