"""The rows of a snapshot as bytes that are searched where they lie.

Little-endian columns one after another: the high halves of the keys (8 bytes a row), sorted; the
low halves (8); where each detail begins and the last ends (8 each, one more than details); the
number of each row's detail (4); the details, each a JSON list of kind, reference, chain, hop,
asset, amount. A detail that many rows share is written once.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from stanch.errors import SignatureError
from stanch.formats.snapshot.veil import Veil
from stanch.model.watched import Finding, Kind

LINE: Final = 64  # the body begins at a multiple of it, so that columns are aligned

_TYPES: Final = (str, str, str, int, str, str)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """Columns over a buffer, which is not copied."""

    high: npt.NDArray[np.uint64]
    low: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.uint64]
    numbers: npt.NDArray[np.uint32]
    details: memoryview

    @classmethod
    def over(cls, data: memoryview, rows: int, details: int) -> Self:
        """Cut a body that was proved whole. Raises SignatureError where it does not fit."""
        fixed = 20 * rows + 8 * (details + 1)
        if len(data) < fixed:
            raise SignatureError("snapshot is shorter than its header says")
        middle, end = 16 * rows, 16 * rows + 8 * (details + 1)
        body = cls(
            np.frombuffer(data[: 8 * rows], "<u8"),
            np.frombuffer(data[8 * rows : middle], "<u8"),
            np.frombuffer(data[middle:end], "<u8"),
            np.frombuffer(data[end:fixed], "<u4"),
            data[fixed:],
        )
        if rows and int(body.numbers.max()) >= details:
            raise SignatureError("snapshot names a detail that it has not")
        if int(body.starts[-1]) != len(body.details) or (body.starts[1:] < body.starts[:-1]).any():
            raise SignatureError("snapshot has details of another length than it says")
        if (body.high[1:] < body.high[:-1]).any():
            raise SignatureError("snapshot is not sorted")
        return body

    def find(self, keys: npt.NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
        """(place in `keys`, number of a detail) of every row whose whole key is the same."""
        first = self.high.searchsorted(keys[:, 0], "left")
        last = self.high.searchsorted(keys[:, 0], "right")
        for place in np.flatnonzero(last > first).tolist():
            rows = slice(int(first[place]), int(last[place]))
            same = self.low[rows] == keys[place, 1]
            for number in self.numbers[rows][same].tolist():
                yield place, number

    def finding(self, number: int) -> Finding:
        """What a detail says. Raises SignatureError where it cannot be read."""
        text = self.details[int(self.starts[number]) : int(self.starts[number + 1])]
        try:
            said = json.loads(bytes(text))
            if list(map(type, said)) != list(_TYPES):
                raise ValueError
            return Finding(Kind(said[0]), *said[1:])
        except (ValueError, TypeError):
            raise SignatureError(f"detail {number} of the snapshot cannot be read") from None


def packed(rows: Iterable[tuple[str, Finding]], veil: Veil) -> tuple[bytes, int, int]:
    """The bytes, how many rows and how many details, whatever the order of `rows`."""
    numbers: dict[Finding, int] = {}
    forms: list[str] = []
    named: list[int] = []
    for form, finding in rows:
        forms.append(form)
        named.append(numbers.setdefault(finding, len(numbers)))
    sorted_, place = _in_order(numbers)
    keys = veil.keys(forms)
    column = place[np.array(named, np.int64)].astype("<u4")
    order = np.lexsort((column, keys[:, 1], keys[:, 0]))
    texts = [
        json.dumps(astuple(each), ensure_ascii=False, separators=(",", ":")).encode()
        for each in sorted_
    ]
    starts = np.concatenate([[0], np.cumsum([len(text) for text in texts])]).astype("<u8")
    columns = (keys[order, 0].astype("<u8"), keys[order, 1].astype("<u8"), starts, column[order])
    body = b"".join([*(each.tobytes() for each in columns), *texts])
    return body, len(forms), len(texts)


def _in_order(numbers: dict[Finding, int]) -> tuple[list[Finding], npt.NDArray[np.int64]]:
    """The details sorted, and for each number as it was given its place among them."""
    sorted_ = sorted(numbers)
    place = np.empty(len(sorted_), np.int64)
    place[[numbers[each] for each in sorted_]] = np.arange(len(sorted_))
    return sorted_, place
