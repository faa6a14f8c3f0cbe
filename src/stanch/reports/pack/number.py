"""A figure of a pack, which leads to the rows that make it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Number:
    """A figure and the rows that make it; None is not known."""

    value: int | Decimal | None
    rows: tuple[str, ...] = ()


NOUGHT: Final = Number(0)
