"""Count incidents, for people, for machines, of a loaded registry or of a folder."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from stanch.app.registry.period import period
from stanch.model.countries import name_of
from stanch.model.registry.words import AmountKind, Bar, By, PlaceRole, Valuation
from stanch.registry.registry import Registry, load
from stanch.registry.scope import Scope
from stanch.registry.statistics import Cell, Had, statistics


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
        "unvalued_rows": list(cell.unvalued),
        "partial_rows": list(cell.partial),
        **{name: value for kind, had in cell.having.items() for name, value in _had(kind, had)},
    }


def _had(kind: AmountKind, had: Had) -> Iterator[tuple[str, Any]]:
    """What came of the money, as the stolen is told: with a figure, without one, with a part."""
    yield f"{kind}_rows", list(had.rows)
    for name in ("unvalued", "partial"):
        ids: tuple[str, ...] = getattr(had, name)
        yield f"{kind}_{name}", len(ids)
        yield f"{kind}_{name}_rows", list(ids)


def _name(by: str, key: str, registry: Registry) -> str:
    if not key:
        return "not known"
    if by == By.COUNTRY:
        return name_of(key)
    return registry.actors[key].name if by == By.ACTOR else key


def _median(days: tuple[int, ...]) -> float | None:
    """Days from the theft, of incidents whose days are known."""
    return float(median(days)) if days else None
