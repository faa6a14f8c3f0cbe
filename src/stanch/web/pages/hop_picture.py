"""A small picture of a trace: a column for each hop, as high as many accounts the money went to.

Heights are logarithms in whole steps: one account is seen beside a hundred thousand. The numbers
stand in the picture, and the table below it says the same to who does not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stanch.app.desk.hops import Hop

_COLUMNS: Final = 24  # hops that are drawn; later ones are in the table
_STEP: Final = 9  # height for each doubling
_LEAST: Final = 6
_WIDTH: Final = 30
_GAP: Final = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One hop's column: where it stands, in units of the picture, and what it says."""

    hop: int
    count: int
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Picture:
    """The columns, the size of the whole, where the ground is, and how many hops are left out."""

    columns: Sequence[Column]
    width: int
    height: int
    ground: int
    left_out: int


def drawn(hops: Sequence[Hop]) -> Picture | None:
    """The picture of a trace; None where no account is known."""
    shown = hops[:_COLUMNS]
    if not shown:
        return None
    heights = [_LEAST + _STEP * each.accounts.bit_length() for each in shown]
    ground = max(heights) + 20
    columns = [
        Column(each.hop, each.accounts, place * (_WIDTH + _GAP), ground - height, _WIDTH, height)
        for place, (each, height) in enumerate(zip(shown, heights, strict=True))
    ]
    width = len(shown) * (_WIDTH + _GAP) - _GAP
    return Picture(columns, max(width, 120), ground + 18, ground, len(hops) - len(shown))
