"""Values of one kind, of many records: what runs between reading, normalising and sealing."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

NO_TIME: Final = np.iinfo(np.int64).min

Ints = npt.NDArray[np.int32]
Times = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Values:
    """Three columns of one length, the values of one record beside each other and in their order.

    `owner` is the record's place in its batch, `text` an Arrow array of strings without nulls,
    `time` microseconds since 1970 in UTC or NO_TIME.
    """

    owner: Ints
    text: pa.Array
    time: Times

    @classmethod
    def of(cls, owner: Any, text: Any, time: Any = None) -> Self:
        """From anything that Arrow and NumPy take; without `time` none is known."""
        owners = np.asarray(owner, dtype=np.int32)
        texts = text if isinstance(text, pa.Array) else pa.array(text, pa.string())
        if time is None:
            return cls(owners, texts, np.full(len(owners), NO_TIME, dtype=np.int64))
        return cls(owners, texts, np.asarray(time, dtype=np.int64))

    def __len__(self) -> int:
        """How many values."""
        return len(self.owner)

    def where(self, kept: npt.NDArray[np.bool_]) -> "Values":
        """Those of them that `kept` marks."""
        if kept.all():
            return self
        return Values(self.owner[kept], self.text.filter(pa.array(kept)), self.time[kept])

    def with_text(self, text: pa.Array) -> "Values":
        """The same rows with other values, of which null ones fall away."""
        kept = pc.is_valid(text).to_numpy(zero_copy_only=False)
        return Values(self.owner, text, self.time).where(kept)

    def joined(self, others: "Values") -> "Values":
        """Both, each record's own first."""
        if not len(others):
            return self
        owner = np.concatenate([self.owner, others.owner])
        order = np.argsort(owner, kind="stable")
        text = pa.concat_arrays([self.text.cast(pa.string()), others.text.cast(pa.string())])
        time = np.concatenate([self.time, others.time])
        return Values(owner[order], text.take(pa.array(order)), time[order])

    def places(self) -> Ints:
        """Of each value its place among those of its record, from 0."""
        at = np.arange(len(self.owner))
        if not len(at):
            return at.astype(np.int32)
        first = np.r_[True, self.owner[1:] != self.owner[:-1]]
        start = np.maximum.accumulate(np.where(first, at, 0))
        places: Ints = (at - start).astype(np.int32)
        return places
