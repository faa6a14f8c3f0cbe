"""Amounts as exact integers in the smallest unit, from decimal text and into Arrow columns.

Nothing here is ever a float. The largest amount is 2^256-1, the largest integer of the EVM.
"""

import re
from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from stanch.model.tables import AMOUNT, AMOUNT_MAX, WIDE

LIMIT: Final = 2**256 - 1

_DECIMAL = re.compile(r"\+?([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?")
_GROUPED = re.compile(r"\+?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_DIGITS = 400  # longer text is refused before it is turned into a number


def major(text: str, decimals: int) -> int:
    """Smallest units of a decimal number of major units; `1.5` with 6 decimals is 1,500,000.

    An exponent is read exactly. Decimals beyond `decimals` are refused unless they are zeros.
    Raises ValueError with a short reason.
    """
    text = text.strip()
    match = _DECIMAL.fullmatch(text) if len(text) <= _DIGITS else None
    if match is None or not (match[1] or match[2]):
        raise ValueError(_not_an_amount(text))
    whole, fraction, exponent = match[1], match[2] or "", int(match[3] or 0)
    value, shift = int(whole + fraction), decimals + exponent - len(fraction)
    if shift >= 0:
        value *= 10**shift
    else:
        value, rest = divmod(value, 10**-shift)
        if rest:
            raise ValueError(f"amount {text[:100]} has more than {decimals} decimals")
    return within(value)


def grouped(text: str, decimals: int) -> int:
    """Like `major`, for text with commas between thousands, as explorers write it."""
    text = text.strip()
    return major(text.replace(",", "") if _GROUPED.fullmatch(text) else text, decimals)


def minor(text: str) -> int:
    """An integer of smallest units, in decimal digits. Raises ValueError with a short reason."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise ValueError(_not_an_amount(text))
    return within(int(text))


def within(value: int) -> int:
    """The value. Raises ValueError where it is negative or above 2^256-1."""
    if value < 0:
        raise ValueError("amount is negative")
    if value > LIMIT:
        raise ValueError("amount is above 2^256-1")
    return value


def columns(values: Sequence[int]) -> tuple[pa.Array, pa.Array]:
    """The columns `amount` and `amount_wide` of TRANSFERS; each value stands in one of them."""
    if not values or max(values) <= AMOUNT_MAX:
        return pa.array(values, AMOUNT), pa.nulls(len(values), WIDE)
    narrow = [value if value <= AMOUNT_MAX else None for value in values]
    wide = [value.to_bytes(32, "big") if value > AMOUNT_MAX else None for value in values]
    return pa.array(narrow, AMOUNT), pa.array(wide, WIDE)


def _not_an_amount(text: str) -> str:
    if not text:
        return "amount is empty"
    if text.startswith("-"):
        return "amount is negative"
    shown = text if len(text) <= 64 else text[:61] + "..."
    return f"amount {shown!r} is not a number"
