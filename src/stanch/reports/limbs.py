"""Sums of exact integers of any size, over columns of millions of decimal texts.

A text is cut into limbs of twelve digits. Limbs are added as 64-bit integers, which cannot
overflow below nine million rows at a time, and put together as Python integers at the end.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

DIGITS: Final = 12
BASE: Final = 10**DIGITS
MOST_ROWS: Final = 9_000_000  # 2^63 / BASE, rounded down

Limbs = npt.NDArray[np.int64]  # (rows, limbs), the lowest first


def split(texts: pa.ChunkedArray | pa.Array) -> Limbs:
    """Texts of digits as limbs; empty text and null are zero.

    Raises ValueError with the place of the first text that is no whole number.
    """
    texts = pc.fill_null(texts, "")
    if len(texts) == 0:
        return np.zeros((0, 1), np.int64)
    longest = pc.max(pc.utf8_length(texts)).as_py()
    columns = [_limb(texts, low) for low in range(0, max(longest, 1), DIGITS)]
    return np.stack(columns, axis=1)


def _limb(texts: pa.ChunkedArray | pa.Array, low: int) -> npt.NDArray[np.int64]:
    """The twelve digits above the lowest `low` ones."""
    part = pc.utf8_slice_codeunits(texts, -low - DIGITS, -low if low else None)
    part = pc.if_else(pc.equal(part, ""), "0", part)
    digits = pc.match_substring_regex(part, "^[0-9]+$")
    if not pc.all(digits).as_py():
        raise ValueError(pc.index(digits, False).as_py())
    numbers: npt.NDArray[np.int64] = part.cast(pa.int64()).to_numpy()
    return numbers


def add(left: Limbs, right: Limbs) -> Limbs:
    """Row by row sums, with limbs below BASE again so that rows compare as numbers do."""
    width = max(left.shape[1], right.shape[1]) + 1
    sums = np.zeros((len(left), width), np.int64)
    sums[:, : left.shape[1]] += left
    sums[:, : right.shape[1]] += right
    for at in range(width - 1):
        sums[:, at + 1] += sums[:, at] // BASE
        sums[:, at] %= BASE
    return sums


def sums(limbs: Limbs, starts: npt.NDArray[np.int64]) -> list[int]:
    """Exact sums of runs of rows, each from its start to the next."""
    if not len(starts):
        return []
    return values(np.add.reduceat(limbs, starts, axis=0))


def values(limbs: Limbs) -> list[int]:
    """Rows as Python integers; a limb may pass BASE."""
    total = [int(v) for v in limbs[:, -1]]
    for at in range(limbs.shape[1] - 2, -1, -1):
        total = [high * BASE + low for high, low in zip(total, limbs[:, at].tolist(), strict=True)]
    return total


def rough(limbs: Limbs) -> npt.NDArray[np.float64]:
    """Rows as floating point: to tell the heavy from the light, never to be shown."""
    total = np.zeros(len(limbs))
    for at in range(limbs.shape[1] - 1, -1, -1):  # in one order on every machine
        total = total * BASE + limbs[:, at]
    return total
