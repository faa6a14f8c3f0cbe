"""An entry in the making: parsers add to it what they find, and `entry` closes it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import TypeVar

from stanch.formats.lists.listfile import Parsed
from stanch.model.countries import code_of
from stanch.model.listed import (
    PRIMARY,
    Address,
    Country,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
    RefusedEntry,
)

_T = TypeVar("_T")


@dataclass(slots=True)
class Draft:
    """The fields of `Entry` as lists."""

    id: str
    schema: str
    names: list[ListedName] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    legal_bases: list[str] = field(default_factory=list)
    births: list[ListedDate] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    genders: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    listed_on: str = ""
    related: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)

    def country(self, text: str, role: str) -> None:
        """Add a country by its name; no text adds nothing."""
        if text:
            self.countries.append(Country(text, code_of(text), role))

    def also(self, name: str, values: Iterable[str]) -> None:
        """Keep what has no field of its own, under the list's name for it."""
        self.other += [(name, value) for value in values if value]

    def join(self, other: "Draft") -> None:
        """Add all that another draft of the same subject has."""
        for each in fields(self):
            mine, theirs = getattr(self, each.name), getattr(other, each.name)
            if isinstance(mine, list):
                mine += theirs
        days = filter(None, (self.listed_on, other.listed_on))
        self.listed_on = min(days, default="")

    def entry(self) -> Entry:
        """The entry, each thing in it once. Raises ValueError where it lacks an id or a name."""
        if not self.id:
            raise ValueError("has no id")
        names = _once(name for name in self.names if name.text)
        if not names:
            raise ValueError(f"has no name (entry {self.id[:60]})")
        return Entry(
            id=self.id,
            schema=self.schema,
            names=tuple(sorted(names, key=lambda name: name.kind != PRIMARY)),
            programs=_once(self.programs),
            legal_bases=_once(self.legal_bases),
            births=_once(birth for birth in self.births if birth.text),
            birth_places=_once(self.birth_places),
            countries=_once(self.countries),
            genders=_once(self.genders),
            roles=_once(self.roles),
            addresses=_once(address for address in self.addresses if address.text),
            identifiers=_once(each for each in self.identifiers if each.value),
            listed_on=self.listed_on,
            related=_once(self.related),
            remarks=_once(self.remarks),
            other=_once(self.other),
        )


def entry_of(file: str, row: int, making: Callable[[], Draft]) -> Parsed:
    """The entry that `making` drafts of a row of a file; refused where it raises ValueError."""
    try:
        return making().entry()
    except ValueError as error:
        return RefusedEntry(file, row, str(error))


def first_of(entry: Entry, seen: set[str]) -> Entry:
    """The entry, if it is the first of its id. Raises ValueError where that was seen before."""
    if entry.id in seen:
        raise ValueError(f"id {entry.id[:60]} comes twice")
    seen.add(entry.id)
    return entry


def _once(things: Iterable[_T]) -> tuple[_T, ...]:
    """What is there, each once, in order."""
    return tuple(dict.fromkeys(thing for thing in things if thing))
