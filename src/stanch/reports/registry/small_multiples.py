"""Bars in small panels with one scale, as SVG that can be read in print and without colours.

Every bar is written out beside its length, and its tooltip names the rows that make it.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from stanch.reports.registry.frame import WIDTH, Frame, linked, noted

COLUMNS: Final = 2
_ROW, _HEAD, _GAP, _LABEL, _FIGURE = 18, 30, 28, 150, 64
_LETTER: Final = 7  # as wide as a Latin letter of a figure is in any font that we are read in
_STYLE: Final = (
    "text{font:12px sans-serif;fill:#16202c}.t{font-weight:700}.f{fill:#3f4b57}"
    "a:hover text,a:focus text{text-decoration:underline}"
    ".b{fill:#44556a}.a{stroke:#16202c;stroke-width:1}"
)
_ALONE: Final = Frame()
_UNITS: Final = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar: its name, its value in whole US dollars, the ids of the rows behind it, and where
    these open; nowhere for a picture that stands alone.
    """

    name: str
    value: int
    rows: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars under one title."""

    title: str
    bars: tuple[Bars, ...]


def short(value: int) -> str:
    """US dollars in three figures: 540m, 1.46bn. What rounds to 1,000 of a unit is 1 of the next.

    >>> short(1_460_000_000), short(999_700_000), short(28_000_000), short(999)
    ('1.46bn', '1bn', '28m', '999')
    """
    for size, unit in _UNITS:
        if 2000 * value >= 1999 * size:
            many = max(value / size, 1)
            return f"{many:,.0f}{unit}" if many >= 999.5 else f"{many:.3g}{unit}"
    return str(value)


def exact(value: int) -> str:
    """US dollars to the last."""
    return f"{value:,} US dollars"


def draw(
    panels: Sequence[Panel],
    beside: Callable[[int], str] = short,
    spoken: Callable[[int], str] = exact,
    frame: Frame = _ALONE,
) -> str:
    """All panels on one scale. The same panels give the same text.

    `beside` writes a value beside its bar, `spoken` as a screen reader says it.
    """
    columns = COLUMNS if len(panels) > 1 and frame.width >= WIDTH else 1
    width = (frame.width - _GAP * (columns - 1)) // columns
    values = [bar.value for panel in panels for bar in panel.bars]
    size = (width - _LABEL - _beside(values, beside), max(values, default=0))
    parts: list[str] = []
    top = 0
    for at in range(0, len(panels), columns):
        line = panels[at : at + columns]
        for place, panel in enumerate(line):
            left = place * (width + _GAP)
            drawn = _panel(panel, size, beside, spoken)
            parts.append(f'<g transform="translate({left},{top})">{drawn}</g>')
        top += _HEAD + _ROW * max(len(panel.bars) for panel in line) + _GAP
    below, high = noted(frame.note, top)
    # A picture is one thing to a screen reader; one with links is a group of them.
    role = "group" if any(bar.link for panel in panels for bar in panel.bars) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{high}" '
        f'viewBox="0 0 {frame.width} {high}" role="{role}"><style>{_STYLE}</style>'
        f'<rect width="{frame.width}" height="{high}" fill="#fff"/>{"".join(parts)}{below}</svg>\n'
    )


def _panel(
    panel: Panel, size: tuple[int, int], beside: Callable[[int], str], spoken: Callable[[int], str]
) -> str:
    """Its bars; `size` is how long the longest bar of all may be, and its value."""
    room, most = size
    parts = [f'<text class="t" x="0" y="16">{escape(_cut(panel.title, 48))}</text>']
    for place, bar in enumerate(panel.bars):
        y = _HEAD + place * _ROW
        length = round(room * bar.value / most, 1) if most else 0
        parts.append(linked(_bar(bar, (y, length), beside, spoken), bar.link))
    bottom = _HEAD + _ROW * len(panel.bars)
    parts.append(f'<line class="a" x1="{_LABEL}" x2="{_LABEL}" y1="{_HEAD - 3}" y2="{bottom}"/>')
    return "".join(parts)


def _beside(values: Sequence[int], beside: Callable[[int], str]) -> int:
    """The room that the values need beside their bars: `1.46 billion` needs more than `1.46bn`."""
    letters = [sum(map(_width, beside(each))) for each in values]
    return max(_FIGURE, 5 + _LETTER * max(letters, default=0))


def _bar(
    bar: Bars,
    place: tuple[int, float],
    beside: Callable[[int], str],
    spoken: Callable[[int], str],
) -> str:
    """Its name, itself and its value; `place` is its height in the panel, and how long it is."""
    y, length = place
    rows = f"; {bar.rows}" if bar.rows else ""
    hover = escape(f"{bar.name}: USD {bar.value:,}{rows}")
    return (
        f"<g aria-label={quoteattr(f'{bar.name}: {spoken(bar.value)}')}>"
        f"<title>{hover}</title>"
        f'<text x="{_LABEL - 8}" y="{y + 11}" text-anchor="end">'
        f"{escape(_cut(bar.name, 24))}</text>"
        f'<rect class="b" x="{_LABEL}" y="{y + 1}" width="{length}" height="12"/>'
        f'<text class="f" x="{_LABEL + length + 5}" y="{y + 11}">'
        f"{escape(beside(bar.value))}</text></g>"
    )


def _cut(text: str, letters: int) -> str:
    """Cut to the width of so many Latin letters; one of Hangul or Kanji takes two."""
    if sum(map(_width, text)) <= letters:
        return text
    room, kept = letters - 1, ""
    for letter in text:
        room -= _width(letter)
        if room < 0:
            break
        kept += letter
    return f"{kept}…"


def _width(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
