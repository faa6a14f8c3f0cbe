"""Amounts as bitcoind writes them: decimal numbers of whole coins, into the smallest unit.

A double holds every amount below 2^53 smallest units well enough to be rounded to the right one:
reading and multiplying err by less than half a unit. All of Bitcoin, Bitcoin Cash, Litecoin, Dash
and Zcash is below that; Dogecoin is not, and its answers are read as decimals.
"""

from decimal import Decimal
from typing import Any, Final

from stanch.model.chain import DOGECOIN

UNIT: Final = 10**8
EXACT_BELOW: Final = 2**53 // UNIT  # coins
AS_DECIMALS: Final = frozenset({DOGECOIN})


def units(coins: Any) -> int:
    """Smallest units. Raises ValueError where it is no amount, or a double cannot hold it."""
    if isinstance(coins, float):
        if not 0 <= coins < EXACT_BELOW:
            raise ValueError(f"amount {coins!r} is beyond what can be read exactly")
        return round(coins * UNIT)
    if isinstance(coins, bool) or not isinstance(coins, int | Decimal):
        raise ValueError(f"amount {coins!r:.40} is no number")
    value = coins * UNIT
    if value < 0 or value != int(value):
        raise ValueError(f"amount {coins} is not a whole number of the smallest unit")
    return int(value)
