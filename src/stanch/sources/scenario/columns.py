"""Arrow columns made from NumPy arrays at once, without a Python object for a row."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stanch.model.tables import AMOUNT, TIME
from stanch.sources.scenario.addresses import fixed_width

Int = npt.NDArray[np.int64]

_GWEI: Final = np.uint64(10**9)
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64(2**32 - 1)
_TX_PREFIX: Final = b"sim-"


def amounts(gwei: Int) -> pa.Decimal128Array:
    """Whole gwei (not negative) as amounts in the smallest unit, 10^9 times as many, exactly."""
    given = gwei.astype(np.uint64)
    low = (given & _LOW) * _GWEI
    high = (given >> _HALF) * _GWEI + (low >> _HALF)
    limbs = np.empty((len(gwei), 2), np.dtype("<u8"))
    limbs[:, 0] = (high << _HALF) | (low & _LOW)
    limbs[:, 1] = high >> _HALF
    return pa.Decimal128Array.from_buffers(AMOUNT, len(gwei), [None, pa.py_buffer(limbs)])


def times(microseconds: Int) -> pa.TimestampArray:
    """Microseconds since 1970 as times in UTC."""
    return pa.array(microseconds).view(TIME)


def tx_ids(first: int, count: int, digits: int) -> pa.StringArray:
    """Ids of `count` transactions from number `first` on: `sim-` and `digits` digits."""
    width = len(_TX_PREFIX) + digits
    text = np.empty((count, width), np.uint8)
    text[:, : len(_TX_PREFIX)] = np.frombuffer(_TX_PREFIX, np.uint8)
    numbers = np.arange(first, first + count, dtype=np.int64)
    for place in range(width - 1, len(_TX_PREFIX) - 1, -1):
        numbers, digit = np.divmod(numbers, 10)
        text[:, place] = digit + ord("0")
    return fixed_width(text)
