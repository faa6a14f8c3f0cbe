"""What a subject or an entry says, field by field, as texts that people read and files keep."""

from dataclasses import fields
from functools import singledispatch

from stanch.model.hits import Subject
from stanch.model.listed import (
    ALIAS,
    Address,
    Country,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
)


def said(record: Subject | Entry) -> dict[str, list[str]]:
    """Each field that says something, under its name; `id` and `source` aside."""
    held = ((each.name, getattr(record, each.name)) for each in fields(record))
    return {
        name: [_text(value)] if isinstance(value, str) else [_text(each) for each in value]
        for name, value in held
        if value and name not in {"id", "source"}
    }


@singledispatch
def _text(value: object) -> str:
    return str(value)


@_text.register
def _(value: ListedName) -> str:
    return value.text if value.kind == ALIAS else f"{value.text} ({value.kind})"


@_text.register
def _(value: ListedDate) -> str:
    return f"about {value.text}" if value.circa else value.text


@_text.register
def _(value: Address) -> str:
    return value.text


@_text.register
def _(value: Country) -> str:
    return f"{value.text or value.code} ({value.role})" if value.role else value.text or value.code


@_text.register
def _(value: Identifier) -> str:
    more = ", ".join(filter(None, (value.issuer, value.asset, value.note)))
    return f"{value.kind} {value.value} ({more})" if more else f"{value.kind} {value.value}"


@_text.register(tuple)
def _(value: tuple[str, ...]) -> str:
    return ": ".join(value)
