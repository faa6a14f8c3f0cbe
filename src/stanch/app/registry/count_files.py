"""What was counted, as files: CSV, bars and a map in SVG.

Every bar and disc can be a link to the rows that make it, and each file can say who it is for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from stanch.app.csv_file import lines, whole_file
from stanch.app.registry.count import Count, counted
from stanch.model.registry.words import By
from stanch.registry.statistics import LATER
from stanch.reports.registry import map
from stanch.reports.registry.frame import Frame
from stanch.reports.registry.map import Spot
from stanch.reports.registry.small_multiples import Bars, Panel, draw

_NUMBERS: Final = (
    "incidents", "unvalued", "partial", "stolen", "moved", "frozen", "recovered", "noticed",
    "disclosed",
)  # fmt: skip
_LISTS: Final = ("rows", *(f"{each}_rows" for each in LATER))
_LACKING: Final = tuple(f"{kind}_{each}" for kind in LATER for each in ("unvalued", "partial"))
_NAMED: Final = 12  # ids in a tooltip of what is a link anyway

Cell = Mapping[str, Any]


def _nowhere(_: Cell) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Shown:
    """How a picture is shown: where the rows of a cell open, and the frame."""

    link: Callable[[Cell], str] = _nowhere
    frame: Frame = field(default_factory=Frame)


_ALONE: Final = Shown()


def csv_of(found: Mapping[str, Any], more: tuple[str, ...] = ()) -> bytes:
    """The cells as CSV, with the ids of their rows, and what else each cell has under `more`."""
    columns = (*_NUMBERS, *_LISTS, *_LACKING, *more)
    rows = [
        [*each["key"].values(), *(_text(each[name]) for name in columns)] for each in found["cells"]
    ]
    return lines([[*found["by"], *columns], *rows])


def picture_of(found: Mapping[str, Any], shown: Shown = _ALONE) -> str:
    """The stolen sums as small multiples in SVG: a panel for each first key, a bar for each second;
    with one key, one panel.
    """
    panels: dict[str, list[Bars]] = {}
    for each in found["cells"]:
        *first, last = each["names"].values()
        link = shown.link(each)
        bar = Bars(last, each["stolen"], _rows(each, link), link)
        panels.setdefault(" / ".join(first), []).append(bar)
    drawn = [Panel(title, tuple(bars)) for title, bars in panels.items()]
    return draw(drawn, frame=shown.frame)


def map_of(found: Mapping[str, Any], shown: Shown = _ALONE) -> str:
    """The stolen sums of cells by country as a map in SVG."""
    spots = []
    for each in found["cells"]:
        link, country = shown.link(each), By.COUNTRY.value
        spots.append(
            Spot(each["key"][country], each["names"][country], each["stolen"],
                 _rows(each, link), link)
        )  # fmt: skip
    return map.draw(spots, shown.frame)


def write_csv(found: Mapping[str, Any], out: Path) -> None:
    """Write the cells as CSV. Raises OutputError."""
    with whole_file(out) as draft:
        draft.write_bytes(csv_of(found))


def write_picture(found: Mapping[str, Any], out: Path) -> None:
    """Write the bars. Raises OutputError."""
    with whole_file(out) as draft:
        draft.write_text(picture_of(found), encoding="utf-8")


def write_map(asked: Count, out: Path, folder: Path | None = None) -> None:
    """Write the map of what is asked. Raises OutputError, and as `counted`."""
    found = counted(replace(asked, by=(By.COUNTRY,)), folder)
    with whole_file(out) as draft:
        draft.write_text(map_of(found), encoding="utf-8")


def _rows(cell: Cell, link: str) -> str:
    """All ids where they can be read here alone, the first of them where a link opens all."""
    ids: list[str] = cell["rows"]
    if not link or len(ids) <= _NAMED:
        return " ".join(ids)
    return f"{' '.join(ids[:_NAMED])} and {len(ids) - _NAMED:,} more"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)
