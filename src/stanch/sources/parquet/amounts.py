"""Columns of amounts, made exact: whole batches at once where that is exact, else one by one.

Publishers write amounts as integers, decimals, decimal text, and sometimes as floating point.
A floating-point number is taken for exactly the integer it is; what its publisher rounded away
is lost before it comes here.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model.tables import AMOUNT, AMOUNT_MAX, WIDE
from stanch.sources import amounts

_PLAIN = r"^[0-9]{1,38}$"
_FLOAT_LIMIT = 2.0**126  # below it a float is an integer that DECIMAL(38,0) holds

UInt64s = np.ndarray[Any, np.dtype[np.uint64]]


@dataclass(frozen=True, slots=True)
class Amounts:
    """Columns `amount` and `amount_wide` of TRANSFERS, and why a row has neither."""

    narrow: pa.Array
    wide: pa.Array
    reasons: pa.Array

    @property
    def positive(self) -> pa.Array:
        """Where an amount is more than nothing; false where there is none."""
        return pc.or_(pc.fill_null(pc.greater(self.narrow, 0), False), pc.is_valid(self.wide))


def exact(column: pa.Array) -> Amounts:
    """The amounts of a column, in the smallest unit. Null, negative, fractional ones and those
    above 2^256-1 have a reason instead.
    """
    fast = _at_once(column)
    slow = np.asarray(pc.is_null(fast))
    places = np.flatnonzero(slow)
    narrow: list[int | None] = []
    wide: list[bytes | None] = []
    reasons: list[str | None] = []
    for value in column.take(pa.array(places)).to_pylist():
        amount, reason = _one(value)
        large = amount is not None and amount > AMOUNT_MAX
        narrow.append(None if large else amount)
        wide.append(amount.to_bytes(32, "big") if amount is not None and large else None)
        reasons.append(reason)
    mask = pa.array(slow)
    return Amounts(
        narrow=pc.replace_with_mask(fast, mask, pa.array(narrow, AMOUNT)),
        wide=pc.replace_with_mask(pa.nulls(len(column), WIDE), mask, pa.array(wide, WIDE)),
        reasons=pc.replace_with_mask(
            pa.nulls(len(column), pa.string()), mask, pa.array(reasons, pa.string())
        ),
    )


def _at_once(column: pa.Array) -> pa.Array:
    """DECIMAL(38,0) of the values that can be read as a whole, the others null."""
    if pa.types.is_floating(column.type):
        return _from_floats(column)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        plain = pc.fill_null(pc.match_substring_regex(column, _PLAIN), False)
        return pc.if_else(plain, column, pa.scalar(None, column.type)).cast(AMOUNT)
    if pa.types.is_integer(column.type) or pa.types.is_decimal(column.type):
        try:
            whole = column.cast(AMOUNT)
        except pa.ArrowInvalid:
            return pa.nulls(len(column), AMOUNT)
        return pc.if_else(pc.less(whole, 0), pa.scalar(None, AMOUNT), whole)
    return pa.nulls(len(column), AMOUNT)


def _from_floats(column: pa.Array) -> pa.Array:
    values = np.asarray(column.cast(pa.float64()).fill_null(np.nan))
    with np.errstate(invalid="ignore"):
        fits = np.isfinite(values) & (values >= 0) & (values < _FLOAT_LIMIT)
        fits &= values == np.floor(values)
    return _limbs(np.where(fits, values, 0.0), fits)


def _limbs(values: Any, fits: Any) -> pa.Array:
    """Non-negative integral floats as DECIMAL(38,0): mantissa shifted into two 64-bit limbs."""
    fraction, exponent = np.frexp(values)
    mantissa = (fraction * 2.0**53).astype(np.uint64)
    shift = exponent.astype(np.int64) - 53
    down = np.clip(-shift, 0, 63).astype(np.uint64)
    up = np.clip(shift, 0, 63).astype(np.uint64)
    beyond = np.clip(shift - 64, 0, 63).astype(np.uint64)
    low = np.where(shift >= 64, 0, (mantissa >> down) << up)
    carried = np.where(up == 0, 0, mantissa >> ((np.uint64(64) - up) % np.uint64(64)))
    high = np.where(shift >= 64, mantissa << beyond, carried)
    limbs = np.stack([low.astype(np.uint64), high.astype(np.uint64)], axis=1)
    whole = pa.Array.from_buffers(AMOUNT, len(values), [None, pa.py_buffer(limbs.tobytes())])
    return pc.if_else(pa.array(fits), whole, pa.scalar(None, AMOUNT))


def _one(value: Any) -> tuple[int | None, str | None]:
    """One amount, or why it is none."""
    try:
        if value is None:
            raise ValueError("amount is empty")
        if isinstance(value, str):
            return amounts.minor(value), None
        numeric = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        if not numeric or not isfinite(value):
            raise ValueError("amount is not a number")
        if value < 0:
            raise ValueError("amount is negative")
        if value != int(value):
            raise ValueError("amount is not a whole number of the smallest unit")
        return amounts.within(int(value)), None
    except ValueError as error:
        return None, str(error)
