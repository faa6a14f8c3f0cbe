"""The rows of the benchmark as Stanch takes them."""

from calendar import monthrange
from collections.abc import Sequence
from inspect import signature

from screening_data import Row
from stanch.model.hits import Subject
from stanch.model.listed import ALIAS, PRIMARY, WEAK, Entry, ListedDate, ListedName

VERSION = "bench"


def index_of(rows: Sequence[Row]):
    from stanch.screening.index import Index

    return Index.of((row.list, VERSION, entry(row)) for row in rows)


def published() -> float:
    """The score from which Stanch alerts where nobody names one."""
    from stanch.screening.index import Index

    return signature(Index.search).parameters["threshold"].default


def entry(row: Row) -> Entry:
    kinds = [PRIMARY, *[ALIAS] * (len(row.names) - 1)] if row.names else []
    kinds += [WEAK] * len(row.weak)
    names = (*row.names, *row.weak)
    return Entry(
        row.id,
        row.schema,
        tuple(ListedName(text, kind) for text, kind in zip(names, kinds, strict=True)),
        programs=(row.programs,) if row.programs else (),
        births=tuple(map(date, row.births)),
    )


def subject(row: Row) -> Subject:
    return Subject(row.id, row.names, row.schema, births=tuple(map(date, row.births)))


def date(text: str) -> ListedDate:
    """A date given as 1972, 1972-12 or 1972-12-06."""
    year, month, day = (*text.split("-"), "", "")[:3]
    first = f"{year}-{month or '01'}-{day or '01'}"
    end = f"{monthrange(int(year), int(month or 12))[1]:02d}"
    return ListedDate(text, first, f"{year}-{month or '12'}-{day or end}")
