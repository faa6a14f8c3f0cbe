"""Count incidents, for people, for machines, and as a picture."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from stanch.app.csv_file import lines, whole_file
from stanch.app.registry.period import period
from stanch.model.countries import name_of
from stanch.model.registry.words import Bar, By, PlaceRole, Valuation
from stanch.registry.registry import Registry, load
from stanch.registry.scope import Scope
from stanch.registry.statistics import LATER, Cell, statistics
from stanch.reports.registry import map
from stanch.reports.registry.map import Spot
from stanch.reports.registry.small_multiples import Bars, Panel, draw

_COLUMNS = (
    "incidents",
    "unvalued",
    "partial",
    "stolen",
    "moved",
    "frozen",
    "recovered",
    "noticed",
    "disclosed",
    "rows",
    *(f"{each}_rows" for each in LATER),
)
_LISTS = _COLUMNS[9:]


@dataclass(frozen=True, slots=True)
class Count:
    """What is asked: by which keys, over which period, under which choices."""

    by: tuple[By, ...] = (By.YEAR,)
    first: str = "2000"
    last: str = "2999"
    bar: Bar = Bar.C
    place: PlaceRole = PlaceRole.SEAT
    disputed: bool = True
    valuation: Valuation = Valuation.THEN


def counted(asked: Count, folder: Path | None = None) -> dict[str, Any]:
    """Cells with their sums in whole US dollars, each with the incidents that make it.

    Raises UsageError for a period that is none, and what loading raises.
    """
    return counted_in(load(folder), asked)


def counted_in(registry: Registry, asked: Count) -> dict[str, Any]:
    """The same in a registry that is loaded. Raises UsageError for a period that is none."""
    scope = Scope((), (), asked.bar, asked.place, asked.disputed, asked.valuation)
    found = statistics(registry, scope, asked.by, period(asked.first, asked.last))
    return {
        "by": [each.value for each in asked.by],
        "rule": {
            "bar": asked.bar.value,
            "place": asked.place.value,
            "disputed": "in" if asked.disputed else "out",
            "valuation": asked.valuation.value,
            "first": asked.first,
            "last": asked.last,
        },
        "cells": [_cell(each, asked.by, registry) for each in found.cells],
        "whole": _cell(found.whole, (), registry),
        "left_out": dict(found.left_out),
    }


def write_csv(found: Mapping[str, Any], out: Path) -> None:
    """The cells as CSV, with the ids of their rows. Raises OutputError."""
    head = [*found["by"], *_COLUMNS]
    rows = [
        [*each["key"].values(),
         *(" ".join(each[name]) if name in _LISTS else str(each[name]) for name in _COLUMNS)]
        for each in found["cells"]
    ]  # fmt: skip
    with whole_file(out) as draft:
        draft.write_bytes(lines([head, *rows]))


def write_picture(found: Mapping[str, Any], out: Path) -> None:
    """The stolen sums as small multiples in SVG: a panel for each first key, a bar for each second;
    with one key, one panel. Raises OutputError.
    """
    panels: dict[str, list[Bars]] = {}
    for each in found["cells"]:
        *first, last = each["names"].values()
        title = " / ".join(first)
        bar = Bars(last, each["stolen"], " ".join(each["rows"]))
        panels.setdefault(title, []).append(bar)
    text = draw([Panel(title, tuple(bars)) for title, bars in panels.items()])
    with whole_file(out) as draft:
        draft.write_text(text, encoding="utf-8")


def write_map(asked: Count, out: Path, folder: Path | None = None) -> None:
    """What was stolen, by country, as a map in SVG. Raises OutputError, and as `counted`."""
    found = counted(replace(asked, by=(By.COUNTRY,)), folder)
    spots = [
        Spot(each["key"]["country"], each["names"]["country"], each["stolen"],
             " ".join(each["rows"]))
        for each in found["cells"]
    ]  # fmt: skip
    with whole_file(out) as draft:
        draft.write_text(map.draw(spots), encoding="utf-8")


def as_json(found: Mapping[str, Any]) -> str:
    """For machines."""
    return json.dumps(found, indent=2, ensure_ascii=False)


def _cell(cell: Cell, by: tuple[By, ...], registry: Registry) -> dict[str, Any]:
    keys = dict(zip((each.value for each in by), cell.key, strict=True))
    return {
        "key": keys,
        "names": {each: _name(each, key, registry) for each, key in keys.items()},
        "incidents": len(cell.incidents),
        "unvalued": len(cell.unvalued),
        "partial": len(cell.partial),
        "stolen": cell.stolen,
        "moved": cell.moved,
        "frozen": cell.frozen,
        "recovered": cell.recovered,
        "noticed": _median(cell.noticed),
        "disclosed": _median(cell.disclosed),
        "rows": list(cell.incidents),
        **{f"{each}_rows": list(ids) for each, ids in cell.having.items()},
    }


def _name(by: str, key: str, registry: Registry) -> str:
    if not key:
        return "not known"
    if by == By.COUNTRY:
        return name_of(key)
    return registry.actors[key].name if by == By.ACTOR else key


def _median(days: tuple[int, ...]) -> float | None:
    """Days from the theft, of incidents whose days are known."""
    return float(median(days)) if days else None
