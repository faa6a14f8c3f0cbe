"""Sums by country on a map that prints in black: a disc at each country, its area the sum.

Meridians and parallels stand for coasts: no border is drawn, and none is claimed. Every disc has
its code and its sum beside it, and a tooltip with the rows that make it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from stanch.reports.registry.frame import WIDTH, linked, noted
from stanch.reports.registry.small_multiples import short
from stanch.reports.registry.where import place_of

HEIGHT, LARGEST = 460, 36.0  # LARGEST: the largest disc's radius
_STEP: Final = 30  # degrees between two lines
_SOUTH, _NORTH = -60, 78
_LINE: Final = 13  # between two labels
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
    label: float  # height of its label


def draw(spots: Sequence[Spot], note: str = "") -> str:
    """The map. What has no place on it is listed below, over the note. The same spots give the
    same text.
    """
    known = [each for each in spots if place_of(each.code) is not None and each.value > 0]
    rest = [each for each in spots if each not in known]
    below, height = noted(note, HEIGHT + (24 if rest else 0))
    placed = _placed(known)
    parts = [*_lines(), *map(_disc, placed), *map(_label, placed), *_below(rest)]
    role = "group" if any(each.link for each in spots) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="{role}"><style>{_STYLE}</style>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(parts)}{below}</svg>\n'
    )


def _placed(spots: Sequence[Spot]) -> list[_Placed]:
    """The largest first, so that small discs lie on large ones; of labels that would meet, the
    smaller one's steps down.
    """
    most = max((each.value for each in spots), default=1)
    found: list[_Placed] = []
    for spot in sorted(spots, key=lambda each: (-each.value, each.code)):
        where = place_of(spot.code)
        assert where is not None
        x, y = _x(where[0]), _y(where[1])
        radius = max(2.5, LARGEST * sqrt(spot.value / most))
        label = y + 4
        while any(abs(other.label - label) < _LINE and _meet(other, x + radius) for other in found):
            label += _LINE
        found.append(_Placed(spot, x, y, round(radius, 1), label))
    return found


def _meet(other: _Placed, left: float) -> bool:
    """Whether two labels at one height would lie over each other."""
    return abs(other.x + other.radius - left) < 110


def _disc(one: _Placed) -> str:
    spot = one.spot
    said = f"{spot.name}: USD {spot.value:,}"
    return linked(
        f"<g aria-label={quoteattr(said)}><title>{escape(f'{said}; {spot.rows}')}</title>"
        f'<circle class="d" cx="{one.x:.1f}" cy="{one.y:.1f}" r="{one.radius}"/></g>',
        spot.link,
    )


def _label(one: _Placed) -> str:
    left, beside = one.x + one.radius + 4, one.y + 4
    lead = ""
    if one.label != beside:
        ends = f'x1="{one.x:.1f}" y1="{one.y:.1f}" x2="{left:.1f}" y2="{one.label - 4:.1f}"'
        lead = f'<line class="k" {ends}/>'
    words = (
        f'<text x="{left:.1f}" y="{one.label:.1f}">{escape(one.spot.code)} '
        f'<tspan class="f">{short(one.spot.value)}</tspan></text>'
    )
    return lead + linked(words, one.spot.link)


def _lines() -> Iterator[str]:
    for longitude in range(-180, 181, _STEP):
        x = _x(longitude)
        yield f'<line class="g" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT}"/>'
    for latitude in range(-60, 61, _STEP):
        y = _y(latitude)
        yield f'<line class="g" x1="0" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
    yield f'<line class="k" x1="0" x2="{WIDTH}" y1="{_y(0):.1f}" y2="{_y(0):.1f}"/>'


def _below(rest: Sequence[Spot]) -> Iterator[str]:
    """What is on no map, in words."""
    if rest:
        said = "; ".join(
            linked(escape(f"{each.name} {short(each.value)}"), each.link) for each in rest
        )
        yield f'<text class="f" x="0" y="{HEIGHT + 16}">Not on the map: {said}</text>'


def _x(longitude: float) -> float:
    return (longitude + 180) / 360 * WIDTH


def _y(latitude: float) -> float:
    return (_NORTH - latitude) / (_NORTH - _SOUTH) * HEIGHT
