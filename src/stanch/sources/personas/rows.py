"""Rows that come one by one, gathered into batches."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from stanch.model.personas.values import Values
from stanch.sources import times
from stanch.sources.personas.batch import SIZE, Batch, Read, Refused
from stanch.sources.personas.cells import text_of, told
from stanch.sources.personas.columns import OF_RECORD, RECEIVED, RECORD_ID, RETAIN_UNTIL, ColumnMap

Row = tuple[int, Mapping[str, list[Any]]]  # its place in the file; by meaning its cells

_MOST_ID = 200


class Gathering:
    """Makes batches of rows of one file."""

    def __init__(self, file: str, columns: ColumnMap) -> None:
        """`file` is its name as it is told to users."""
        self._file, self._columns = file, columns
        self._begin()

    def batches(self, rows: Iterable[Row | Refused]) -> Read:
        """Batches of SIZE rows, and refused rows as they come."""
        for row in rows:
            if isinstance(row, Refused):
                yield row
                continue
            if (refused := self._add(*row)) is not None:
                yield refused
            if len(self._rows) >= SIZE:
                yield self._made()
        if self._rows:
            yield self._made()

    def _begin(self) -> None:
        self._rows: list[int] = []
        self._ids: list[str] = []
        self._received: list[int | None] = []
        self._retain: list[int | None] = []
        self._values: dict[str, tuple[list[int], list[str], list[int]]] = {}
        self._notes: list[Refused] = []

    def _made(self) -> Batch:
        fields = {meaning: Values.of(*columns) for meaning, columns in self._values.items()}
        batch = Batch(
            self._file, self._rows, self._ids, self._received, self._retain, fields, self._notes
        )
        self._begin()
        return batch

    def _add(self, place: int, cells: Mapping[str, list[Any]]) -> Refused | None:
        try:
            id = record_id(_first(cells, RECORD_ID), self._columns.prefix)
            received, retain = moment(_first(cells, RECEIVED)), day(_first(cells, RETAIN_UNTIL))
        except ValueError as error:
            return Refused(self._file, place, str(error))
        owner = len(self._rows)
        for meaning, parts in cells.items():
            if meaning not in OF_RECORD:
                self._add_values(owner, place, meaning, parts)
        self._rows.append(place)
        self._ids.append(id)
        self._received.append(received)
        self._retain.append(retain)
        return None

    def _add_values(self, owner: int, place: int, meaning: str, parts: list[Any]) -> None:
        for part in parts:
            if part is None:
                continue
            try:
                found = list(told(meaning, part, self._columns.separator))
            except ValueError as error:
                self._notes.append(Refused(self._file, place, hushed(error), meaning))
                continue
            owners, texts, at = self._values.setdefault(meaning, ([], [], []))
            for text, time in found:
                owners.append(owner)
                texts.append(text)
                at.append(time)


def _first(cells: Mapping[str, list[Any]], meaning: str) -> Any:
    return next((cell for cell in cells.get(meaning, ()) if cell not in (None, "")), None)


def record_id(said: Any, prefix: str) -> str:
    """A record's id. Raises ValueError where it is none."""
    if said is None:
        raise ValueError("has no record_id")
    id = f"{prefix}{text_of(said)}"
    if not 0 < len(id) <= _MOST_ID or not id.isprintable():
        raise ValueError(f"record_id is empty, longer than {_MOST_ID}, or not printable")
    return id


def moment(said: Any) -> int | None:
    """A time, None where it is not said. Raises ValueError."""
    if said is None:
        return None
    try:
        return times.parse(said.isoformat() if isinstance(said, date) else text_of(said))
    except ValueError:
        raise ValueError("received is no time") from None


def day(said: Any) -> int | None:
    """A day since 1970, None where it is not said. Raises ValueError: a date that cannot be read
    must not keep a person for good.
    """
    at = None
    if isinstance(said, datetime):
        said = said.date()
    try:
        at = said if said is None or isinstance(said, date) else date.fromisoformat(text_of(said))
    except ValueError:
        raise ValueError("retain_until is no date such as 2027-01-31") from None
    return None if at is None else (at - datetime(1970, 1, 1, tzinfo=UTC).date()).days


def hushed(error: ValueError) -> str:
    """Why a value cannot be used, without the value."""
    text = str(error)
    return "its time cannot be read" if text.startswith("time ") else text


def cells_of(meanings: Mapping[str, list[int]], fields: list[Any]) -> dict[str, list[Any]]:
    """By meaning the cells of a row."""
    return {meaning: [fields[place] for place in at] for meaning, at in meanings.items()}
