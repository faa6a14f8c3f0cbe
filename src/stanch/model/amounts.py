"""Exact amounts between their three forms: limbs, decimal text, and Python integers."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil

import numpy as np
import numpy.typing as npt
import pyarrow as pa

MOST_DIGITS = 400  # no amount has more, in whole units or in fractions

Limbs = npt.NDArray[np.uint64]


def to_text(limbs: Limbs, wide: Mapping[int, int] | None = None) -> pa.Array:
    """Decimal text of an (n, 2) array of limbs; `wide` gives rows whose limbs do not hold it."""
    count = len(limbs)
    parts = np.zeros((count, 4), dtype="<u8")
    parts[:, :2] = limbs
    buffers = [None, pa.py_buffer(parts.tobytes())]
    text = pa.Array.from_buffers(pa.decimal256(76, 0), count, buffers).cast(pa.string())
    if not wide:
        return text
    values = text.to_pylist()
    for row, value in wide.items():
        values[row] = str(value)
    return pa.array(values, pa.string())


def major_to_smallest(text: str, decimals: int) -> int:
    """`text` in major units as an integer of smallest units, rounded up.

    Raises ValueError where it is no amount.
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount") from None
    if not value.is_finite() or value < 0 or value.adjusted() > MOST_DIGITS:
        raise ValueError(f"{text!r} is no amount")
    if value.adjusted() < -MOST_DIGITS:
        return 1 if value else 0
    return ceil(Fraction(value) * Fraction(10) ** decimals)
