"""A batch of rows under reading: its columns, and for each row why it is refused, if it is."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model.tables import REJECTED, TIME
from stanch.sources import times
from stanch.sources.parquet.amounts import Amounts, exact


class Rows:
    """A record batch of one file. `first` is the number of its first row in the file, from 1."""

    def __init__(self, file: str, first: int, batch: pa.RecordBatch) -> None:
        """Begin with no row refused."""
        self.file = file
        self.first = first
        self.batch = batch
        self.reasons = pa.nulls(batch.num_rows, pa.string())

    def __len__(self) -> int:
        """Number of rows, refused or not."""
        return int(self.batch.num_rows)

    def has(self, name: str) -> bool:
        """Whether the file has a column."""
        return name in self.batch.schema.names

    def column(self, name: str) -> Any:
        """A column as it is in the file; nulls where the file has none of that name."""
        return self.batch.column(name) if self.has(name) else pa.nulls(len(self))

    def refuse(self, where: Any, reason: Any) -> None:
        """Refuse the rows where `where` is true, unless they were already; null is not true."""
        refused = pc.and_(pc.fill_null(where, False), pc.is_null(self.reasons))
        self.reasons = pc.if_else(refused, reason, self.reasons)

    @property
    def kept(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """For each row whether it is not refused."""
        return np.asarray(pc.is_null(self.reasons))

    def rejected(self) -> pa.RecordBatch:
        """The refused rows as REJECTED."""
        places = np.flatnonzero(~self.kept)
        files = pa.array([self.file] * len(places), pa.string())
        columns = [files, pa.array(places + self.first), self.reasons.take(pa.array(places))]
        return pa.RecordBatch.from_arrays(columns, schema=REJECTED)

    def text(self, name: str) -> pa.Array:
        """A column as text. Rows whose text is not UTF-8 are refused and become null."""
        column = self.column(name)
        try:
            return column.cast(pa.binary()).cast(pa.string())
        except pa.ArrowInvalid:
            valid = [_decoded(each) for each in column.cast(pa.binary()).to_pylist()]
            decoded = pa.array(valid, pa.string())
            self.refuse(pc.and_(pc.is_null(decoded), pc.is_valid(column)), "is not UTF-8 text")
            return decoded

    def filled_text(self, name: str) -> pa.Array:
        """A column as text; rows without any are refused."""
        column = self.text(name)
        self.refuse(pc.fill_null(pc.equal(column, ""), True), f"{name} is empty")
        return column

    def whole(self, name: str, kind: pa.DataType) -> pa.Array:
        """A column of counts as int32 or int64, null where it is empty; too large is refused."""
        column = self.column(name)
        try:
            counts = column.cast(kind)
        except pa.ArrowInvalid:
            counts = column.cast(kind, safe=False)
            same = pc.equal(counts.cast(column.type, safe=False), column)
            self.refuse(pc.invert(same), f"{name} is not a whole number that fits")
        self.refuse(pc.less(counts, 0), f"{name} is negative")
        return counts

    def time(self, name: str) -> pa.Array:
        """A column of moments: timestamps (UTC where they have no zone), epoch seconds, text."""
        column = self.column(name)
        if pa.types.is_timestamp(column.type):
            moments = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(pa.int64())
        else:
            moments = self._parsed(column)
        self.refuse(pc.is_null(moments), "time is empty")
        outside = pc.or_(pc.less(moments, 0), pc.greater_equal(moments, times.END))
        self.refuse(outside, "time is out of range")
        return pc.if_else(outside, pa.scalar(None, pa.int64()), moments).cast(TIME)

    def _parsed(self, column: pa.Array) -> pa.Array:
        moments: list[int | None] = []
        reasons: list[str | None] = []
        for value in column.to_pylist():
            moment, reason = _moment(value)
            moments.append(moment)
            reasons.append(reason)
        said = pa.array(reasons, pa.string())
        self.refuse(pc.is_valid(said), said)
        return pa.array(moments, pa.int64())

    def amount(self, name: str) -> Amounts:
        """A column of amounts in the smallest unit; what is no amount is refused."""
        column = self.column(name)
        amounts = exact(self.text(name) if _is_text(column.type) else column)
        self.refuse(pc.is_valid(amounts.reasons), amounts.reasons)
        return amounts


def _is_text(kind: pa.DataType) -> bool:
    dictionary = pa.types.is_dictionary(kind)
    plain = kind.value_type if dictionary else kind
    return plain in (pa.string(), pa.large_string(), pa.string_view())


def _decoded(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return None


def _moment(value: Any) -> tuple[int | None, str | None]:
    try:
        return times.parse("" if value is None else str(value)), None
    except ValueError as error:
        return None, str(error)
