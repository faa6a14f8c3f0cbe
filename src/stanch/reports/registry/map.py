"""Sums by country on a map that prints in black: a disc at each country, its area the sum.

Meridians and parallels stand for coasts: no border is drawn, and none is claimed. Every disc has
its code and its sum beside it, and a tooltip with the rows that make it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from stanch.reports.registry.frame import WIDTH, Frame, linked, noted
from stanch.reports.registry.small_multiples import short
from stanch.reports.registry.where import place_of

LARGEST = 36.0  # the largest disc's radius on a map of full width
_ALONE: Final = Frame()
_LOWEST: Final = 300  # no map is lower
_STEP: Final = 30  # degrees between two lines
_SOUTH, _NORTH = -60, 78
_LINE: Final = 13  # between two labels
_LETTER: Final = 7  # as wide as a letter is, at most
_STYLE: Final = (
    "text{font:11px sans-serif;fill:#16202c;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    ".d{fill:#44556a;fill-opacity:.55;stroke:#16202c}"
    ".g{stroke:#e3e7ec}.k{stroke:#8795a5}.f{fill:#3f4b57}"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A country's code and name, its sum in whole US dollars, the ids of the rows behind it, and
    where these open; nowhere for a map that stands alone.
    """

    code: str
    name: str
    value: int
    rows: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    spot: Spot
    x: float
    y: float
    radius: float
    left: float  # where its label begins
    label: float  # height of its label
    long: int  # how long its label is, at most


def draw(spots: Sequence[Spot], frame: Frame = _ALONE) -> str:
    """The map; letters are as large on a narrow one. What has no place on it
    is listed below, over the note. The same spots give the same text.
    """
    wide, high = frame.width, _high(frame.width)
    known = [each for each in spots if place_of(each.code) is not None and each.value > 0]
    rest = [each for each in spots if each not in known]
    listed = _below(rest, frame)
    below, height = noted(frame.note, high + (_LINE * len(listed) + 11 if listed else 0))
    placed = _placed(known, wide)
    parts = [*_lines(wide), *map(_disc, placed), *map(_label, placed), *listed]
    role = "group" if any(each.link for each in spots) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{height}" '
        f'viewBox="0 0 {wide} {height}" role="{role}"><style>{_STYLE}</style>'
        f'<rect width="{wide}" height="{height}" fill="#fff"/>{"".join(parts)}{below}</svg>\n'
    )


def _placed(spots: Sequence[Spot], wide: int) -> list[_Placed]:
    """The largest first, so that small discs lie on large ones; of labels that would meet, the
    smaller one's steps down.
    """
    most = max((each.value for each in spots), default=1)
    found: list[_Placed] = []
    for spot in sorted(spots, key=lambda each: (-each.value, each.code)):
        where = place_of(spot.code)
        assert where is not None
        x, y = _x(where[0], wide), _y(where[1], wide)
        radius = max(2.5, LARGEST * wide / WIDTH * sqrt(spot.value / most))
        long = _LETTER * len(f"{spot.code} {short(spot.value)}")
        left, label = x + radius + 4, y + 4
        if left + long > wide:  # at the right edge: over its disc
            left, label = wide - long, y - radius - 3
        while any(_meet(other, left, label, long) for other in found):
            label += _LINE
        found.append(_Placed(spot, x, y, round(radius, 1), left, label, long))
    return found


def _meet(other: _Placed, left: float, label: float, long: int) -> bool:
    """Whether a label would lie over another, or on the disc of a larger sum, as if it were its."""
    beside = left + long + 4 < other.left or other.left + other.long + 4 < left
    if not beside and abs(other.label - label) < _LINE:
        return True
    outside = left + long < other.x - other.radius or other.x + other.radius < left
    return not outside and abs(other.y - label + 4) < other.radius + 4


def _disc(one: _Placed) -> str:
    spot = one.spot
    said = f"{spot.name}: USD {spot.value:,}"
    return linked(
        f"<g aria-label={quoteattr(said)}><title>{escape(f'{said}; {spot.rows}')}</title>"
        f'<circle class="d" cx="{one.x:.1f}" cy="{one.y:.1f}" r="{one.radius}"/></g>',
        spot.link,
    )


def _label(one: _Placed) -> str:
    left, beside = one.left, one.y + 4
    lead = ""
    if one.label != beside:
        ends = f'x1="{one.x:.1f}" y1="{one.y:.1f}" x2="{left:.1f}" y2="{one.label - 4:.1f}"'
        lead = f'<line class="k" {ends}/>'
    words = (
        f'<text x="{left:.1f}" y="{one.label:.1f}">{escape(one.spot.code)} '
        f'<tspan class="f">{short(one.spot.value)}</tspan></text>'
    )
    return lead + linked(words, one.spot.link)


def _lines(wide: int) -> Iterator[str]:
    for longitude in range(-180, 181, _STEP):
        x = _x(longitude, wide)
        yield f'<line class="g" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_high(wide)}"/>'
    for latitude in range(-60, 61, _STEP):
        y = _y(latitude, wide)
        yield f'<line class="g" x1="0" x2="{wide}" y1="{y:.1f}" y2="{y:.1f}"/>'
    yield f'<line class="k" x1="0" x2="{wide}" y1="{_y(0, wide):.1f}" y2="{_y(0, wide):.1f}"/>'


def _below(rest: Sequence[Spot], frame: Frame) -> list[str]:
    """What is on no map, in words, in as many lines as the width needs."""
    lines: list[list[str]] = []
    room = 0
    for place, each in enumerate(rest):
        said = f"{each.name} {short(each.value)}"
        word = ("Not on the map: " if not place else "") + linked(escape(said), each.link)
        room -= len(said) + 2
        if room < 0 or not lines:
            lines.append([])
            room = frame.width // _LETTER - len(said) - (16 if not place else 0)
        lines[-1].append(word)
    top = _high(frame.width) + 16
    return [
        f'<text class="f" x="0" y="{top + _LINE * row}">{"; ".join(line)}</text>'
        for row, line in enumerate(lines)
    ]


def _high(wide: int) -> int:
    """Half as high as wide; a narrow one higher, since its labels need their room."""
    return max(wide // 2, _LOWEST)


def _x(longitude: float, wide: int) -> float:
    return (longitude + 180) / 360 * wide


def _y(latitude: float, wide: int) -> float:
    return (_NORTH - latitude) / (_NORTH - _SOUTH) * _high(wide)
