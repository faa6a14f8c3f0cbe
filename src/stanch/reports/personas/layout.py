"""Where everything in the picture of a cluster stands: columns, from what ties to where pay goes.

Coordinates are pixels from the upper left corner; each box is given by its upper left one.
"""

from dataclasses import dataclass
from typing import Final

from stanch.reports.personas.drawing import Drawing

_GAP: Final = 14  # between boxes above each other
TOP: Final = 40
EDGE: Final = 10


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a label of what ties two, of a record, of an account; the room between
    columns, where the lines run; and whether accounts are drawn at all.
    """

    tie: tuple[int, int] = (310, 40)
    record: tuple[int, int] = (150, 34)
    account: tuple[int, int] = (170, 44)
    aisle: int = 90
    pay: bool = True


WIDE: Final = Size()
NARROW: Final = Size((176, 40), (96, 34), aisle=36, pay=False)  # for a telephone, 328 pixels


@dataclass(frozen=True, slots=True)
class Box:
    """A box, and its left, right and middle height, where lines begin and end."""

    x: float
    y: float
    width: int
    height: int

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """Half of its height."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Placed:
    """Boxes in the order of the drawing, the order of ties by place, and the whole's size."""

    ties: tuple[Box, ...]
    records: tuple[Box, ...]
    accounts: tuple[Box, ...]
    heads: tuple[tuple[str, float], ...]
    width: int
    height: int


def placed(drawing: Drawing, size: Size = WIDE) -> Placed:
    """Every box. Ties stand as high as the middle of the two that they tie, as far as room is."""
    columns = _accounts_by_step(drawing)
    heights = [
        len(drawing.ties) * (size.tie[1] + _GAP),
        len(drawing.records) * (size.record[1] + _GAP),
        *(len(each) * (size.account[1] + _GAP) for each in columns),
    ]
    height = max(heights)
    at_records = EDGE + size.tie[0] + size.aisle if drawing.ties else EDGE
    records = _column(len(drawing.records), at_records, size.record, height)
    order = sorted(range(len(drawing.ties)), key=lambda n: drawing.ties[n].a + drawing.ties[n].b)
    spread = _column(len(order), EDGE, size.tie, height)
    ties = {n: spread[rank] for rank, n in enumerate(order)}
    accounts: dict[int, Box] = {}
    heads: list[tuple[str, float]] = [("records", at_records)]
    if drawing.ties:
        heads.insert(0, ("ties", EDGE))
    x: float = at_records + size.record[0] + size.aisle
    for number, each in enumerate(columns):
        accounts |= dict(zip(each, _column(len(each), x, size.account, height), strict=True))
        heads.append(("goes_on" if number else "paid", x))
        x += size.account[0] + size.aisle
    return Placed(
        tuple(ties[n] for n in range(len(drawing.ties))), tuple(records),
        tuple(accounts[n] for n in range(len(drawing.accounts))), tuple(heads),
        int(x - size.aisle + EDGE), int(TOP + height + EDGE),
    )  # fmt: skip


def _accounts_by_step(drawing: Drawing) -> list[list[int]]:
    steps = sorted({each.step for each in drawing.accounts})
    return [[n for n, each in enumerate(drawing.accounts) if each.step == step] for step in steps]


def _column(count: int, x: float, size: tuple[int, int], height: float) -> list[Box]:
    """Boxes above each other, spread over the height of the picture."""
    width, tall = size
    room = height / max(count, 1)
    return [Box(x, TOP + room * (n + 0.5) - tall / 2, width, tall) for n in range(count)]
