"""From the cells of one row to a `Subject`, whatever file the row stands in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stanch.formats.lists.dates import listed_date
from stanch.formats.lists.unknown import Unknown
from stanch.formats.subjects import columns
from stanch.formats.subjects.stated import identifiers_of
from stanch.model.countries import code_of
from stanch.model.hits import Subject
from stanch.model.listed import Country, Identifier, ListedDate, UnknownField

MAX_NAME: Final = 1_000  # characters; the longest name on the lists has 300
MAX_CELL: Final = 10_000
MAX_VALUES: Final = 200  # of one field in one row
MAX_TITLES: Final = 2_000  # whose meaning is remembered; a line of JSON may bring more
_LISTED: Final = ";"  # between several values in one cell


@dataclass(frozen=True, slots=True)
class RefusedSubject:
    """A row that cannot be screened: where it stands, and why. Lines and rows count from 1."""

    file: str
    row: int
    reason: str


Cells = Iterable[tuple[str, tuple[str, ...]]]  # title of the column, its values


class Reader:
    """Turns rows of one file into subjects and remembers what nobody reads."""

    def __init__(self, file: str) -> None:
        """Begin a file; `file` is its name as the user gave it."""
        self.file = file
        self._unknown = Unknown(file)
        self._meanings: dict[str, str] = {}

    def refused(self, row: int, reason: str) -> RefusedSubject:
        """A row that cannot even be read."""
        return RefusedSubject(self.file, row, reason)

    def subject(self, row: int, cells: Cells) -> Subject | RefusedSubject:
        """The party in one row, or why there is none."""
        try:
            fields = self._fields(cells)
            return _subject(f"{self.file}, row {row}", str(row), fields)
        except ValueError as error:
            return self.refused(row, str(error))

    def unknown(self) -> Iterator[UnknownField]:
        """Columns that hold something and are not read, each with how often and an example."""
        return self._unknown.fields()

    def _fields(self, cells: Cells) -> dict[str, tuple[str, ...]]:
        fields: dict[str, tuple[str, ...]] = {}
        for title, values in cells:
            texts = tuple(text for each in values if (text := each.strip()))
            if not texts:
                continue
            field = self._meaning(title)
            if not field:
                self._unknown.note(title, texts[0])
                continue
            if field == columns.SCHEMA and columns.folded(texts[0]) not in columns.SCHEMAS:
                self._unknown.note(f"{title}: {texts[0][:60]}", texts[0])
                continue
            _check(title, texts)
            fields[field] = fields.get(field, ()) + texts
        return fields

    def _meaning(self, title: str) -> str:
        if (field := self._meanings.get(title)) is None:
            field = columns.meaning(title)
            if len(self._meanings) < MAX_TITLES:
                self._meanings[title] = field
        return field


def _check(title: str, texts: tuple[str, ...]) -> None:
    if len(texts) > MAX_VALUES:
        raise ValueError(f"{title[:40]} has more than {MAX_VALUES} values")
    for text in texts:
        if "\0" in text:
            raise ValueError(f"{title[:40]} holds a NUL character")
        if len(text) > MAX_CELL:
            raise ValueError(f"{title[:40]} is longer than {MAX_CELL:,} characters")


def _subject(source: str, number: str, fields: dict[str, tuple[str, ...]]) -> Subject:
    names = _names(fields)
    identifiers = _identifiers(fields)
    if not names and not identifiers:
        raise ValueError("has neither a name nor an identifier")
    return Subject(
        id=fields.get(columns.ID, (number,))[0],
        names=names,
        schema=columns.SCHEMAS[columns.folded(fields.get(columns.SCHEMA, ("",))[0])]
        if columns.SCHEMA in fields
        else "",
        births=tuple(birth_date(text) for text in _several(fields, columns.BIRTH)),
        birth_places=_several(fields, columns.BIRTH_PLACE),
        countries=_countries(fields),
        genders=tuple(text.lower() for text in fields.get(columns.GENDER, ())),
        roles=fields.get(columns.ROLE, ()),
        identifiers=identifiers,
        source=source,
    )


def _names(fields: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    parts = (columns.GIVEN, columns.MIDDLE, columns.FAMILY)
    whole = " ".join(text for part in parts for text in fields.get(part, ()))
    own = fields.get(columns.NAME, ()) or ((whole,) if whole else ())
    names = tuple(dict.fromkeys((*own, *_several(fields, columns.ALIAS))))
    for name in names:
        if len(name) > MAX_NAME:
            raise ValueError(f"name is longer than {MAX_NAME:,} characters")
        if not any(map(str.isalnum, name)):
            raise ValueError(f"name {name[:40]!r} has no letter and no digit")
    return names


def birth_date(text: str) -> ListedDate:
    """A date of birth. Where day and month may be either, the bounds enclose both readings.

    >>> birth_date("05/06/1984").first, birth_date("05/06/1984").last
    ('1984-05-06', '1984-06-05')
    """
    one, other = listed_date(text, "dmy"), listed_date(text, "mdy")
    if not (one.first and other.first):
        return one if one.first else other
    return ListedDate(text, min(one.first, other.first), max(one.last, other.last), one.circa)


def _countries(fields: dict[str, tuple[str, ...]]) -> tuple[Country, ...]:
    found = []
    for field in fields:
        if field.startswith(columns.COUNTRY):
            role = field.removeprefix(columns.COUNTRY)
            found += [Country(text, code_of(text), role) for text in _several(fields, field)]
    return tuple(dict.fromkeys(found))


def _identifiers(fields: dict[str, tuple[str, ...]]) -> tuple[Identifier, ...]:
    found: list[Identifier] = []
    for field in fields:
        if field.startswith(columns.IDENTIFIER):
            kind = field.removeprefix(columns.IDENTIFIER)
            issuer = fields.get(columns.ISSUER + kind, ("",))[0]
            found += [
                Identifier(kind, text, code_of(issuer) or issuer)
                for text in _several(fields, field)
            ]
    for text in fields.get(columns.IDENTIFIERS, ()):
        found += identifiers_of(text)
    return tuple(dict.fromkeys(found))


def _several(fields: dict[str, tuple[str, ...]], field: str) -> tuple[str, ...]:
    """The values of a field, those that share a cell parted."""
    texts = (part.strip() for text in fields.get(field, ()) for part in text.split(_LISTED))
    return tuple(dict.fromkeys(filter(None, texts)))
