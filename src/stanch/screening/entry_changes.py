"""What is different between two versions of one entry, field by field.

A field of several values is compared value by value: a name that was added is one change with an
empty `old`, one that was taken out has an empty `new`. Values are shown as a reader would write
them: `KIM Chol Su (alias)`, `1984-03-25`, `passport 745334333 (KP)`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from stanch.model.listed import Address, Country, Entry, Identifier, ListedDate, ListedName


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is there no more, is new, or took the place of another."""

    field: str
    old: str
    new: str


def field_changes(old: Entry, new: Entry) -> Iterator[FieldChange]:
    """All differences, in the order of the fields, then of the values as text."""
    for field in fields(Entry):
        before, after = (_values(each, field.name) for each in (old, new))
        gone = sorted(map(shown, (Counter(before) - Counter(after)).elements()))
        come = sorted(map(shown, (Counter(after) - Counter(before)).elements()))
        if len(gone) == len(come) == 1:
            yield FieldChange(field.name, gone[0], come[0])
            continue
        yield from (FieldChange(field.name, each, "") for each in gone)
        yield from (FieldChange(field.name, "", each) for each in come)
        if before != after and not gone and not come:
            yield FieldChange(field.name, "in one order", "in another")


def _values(entry: Entry, field: str) -> tuple[Any, ...]:
    held = getattr(entry, field)
    return (held,) if isinstance(held, str) else held


def shown(value: Any) -> str:
    """One value as text in which everything that it says can be seen."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ": ".join(value)
    return str(_SHOW[type(value)](value))


def _name(name: ListedName) -> str:
    parts = " ".join(f"{role}={text}" for role, text in name.parts)
    return _with(name.text, name.kind, name.script, name.language, parts)


def _date(date: ListedDate) -> str:
    bounds = date.first if date.first == date.last else f"{date.first} to {date.last}"
    said = "" if bounds == date.text else bounds or "not read"
    return _with(date.text, "circa" if date.circa else "", said)


def _country(country: Country) -> str:
    return _with(country.text, country.code, country.role)


def _identifier(identifier: Identifier) -> str:
    said = f"{identifier.kind} {identifier.value}"
    return _with(said, identifier.issuer, identifier.asset, identifier.note)


def _address(address: Address) -> str:
    parts = ("city", "region", "postcode", "country")
    return _with(address.text, *(f"{p}={v}" for p in parts if (v := getattr(address, p))))


def _with(text: str, *more: str) -> str:
    said = ", ".join(filter(None, more))
    return f"{text} ({said})" if said else text


_SHOW: Final[dict[type, Any]] = {
    ListedName: _name,
    ListedDate: _date,
    Country: _country,
    Identifier: _identifier,
    Address: _address,
}
