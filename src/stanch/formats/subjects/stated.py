"""Identifiers that say what they are: `passport=563410081`, `passport/KP=563410081`."""

from typing import Final

from stanch.formats.subjects import columns
from stanch.model.countries import code_of
from stanch.model.listed import Identifier

MAX_IDENTIFIERS: Final = 200


def identifiers_of(text: str) -> list[Identifier]:
    """Several, between semicolons. Raises ValueError with a short reason.

    >>> [(each.kind, each.value) for each in identifiers_of("passport=563410081; imo=9179701")]
    [('passport', '563410081'), ('imo', '9179701')]
    """
    parts = [part.strip() for part in text.split(";", MAX_IDENTIFIERS)]
    return [stated(part) for part in parts if part]


def stated(text: str) -> Identifier:
    """One: its kind, behind a slash its country, behind `=` itself. A kind alone may be left out.

    Kinds are those of model.listed, or a title that `columns` knows, such as `bic`.
    Raises ValueError with a short reason.

    >>> stated("passport/North Korea=563410081")
    Identifier(kind='passport', value='563410081', issuer='KP', asset='', note='')
    """
    title, equals, value = text.partition("=")
    if not equals:
        return Identifier("", title.strip())
    kind, _, issuer = title.partition("/")
    if not value.strip():
        raise ValueError(f"identifier {text[:60]!r} has no value")
    return Identifier(kind_of(kind), value.strip(), code_of(issuer) or issuer.strip())


def kind_of(word: str) -> str:
    """The kind that a word means; an unknown one stays as it is, in lower case.

    >>> kind_of("Passport No"), kind_of("national-id"), kind_of("SWIFT"), kind_of("cédula")
    ('passport', 'national-id', 'swift', 'cédula')
    """
    field = columns.meaning(word)
    return (
        field.removeprefix(columns.IDENTIFIER)
        if columns.IDENTIFIER in field
        else word.strip().lower()
    )
