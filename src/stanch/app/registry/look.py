"""Look into the registry: all incidents in a line each, and one with all that is said of it."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np

from stanch.errors import NotFoundError, UsageError
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import Bar, PlaceRole, Valuation
from stanch.registry.grade import disputed, grade
from stanch.registry.registry import Registry, load


def listed(folder: Path | None = None, bar: str | None = None) -> list[dict[str, Any]]:
    """All incidents that reach a bar, the oldest first. Raises UsageError for no bar."""
    if bar is not None and bar not in set(Bar):
        raise UsageError(f"--bar {bar}: is none of {', '.join(Bar)}")
    return listed_in(load(folder), bar)


def listed_in(registry: Registry, bar: str | None = None) -> list[dict[str, Any]]:
    """The same in a registry that is loaded."""
    columns = registry.columns
    reaches = np.flatnonzero(columns.bar <= (bar or Bar.X))
    rows = reaches[np.lexsort((columns.ids[reaches], columns.day[reaches]))]
    seats = registry.countries(PlaceRole.SEAT, "")
    listed = zip(
        (columns.incidents[row] for row in rows.tolist()),
        columns.bar[rows].tolist(),
        columns.disputed[rows].tolist(),
        seats[rows].tolist(),
        columns.usd(Valuation.THEN, rows),
        columns.partial[Valuation.THEN][rows].tolist(),
        strict=True,
    )
    return [
        {
            "incident": one.id,
            "happened": one.happened.text,
            "kind": one.kind.value,
            "victim": one.victim,
            "bar": its_bar,
            "disputed": doubted,
            "country": country,
            "usd": usd,
            "partial": part,
        }
        for one, its_bar, doubted, country, usd, part in listed
    ]


def shown(id: str, folder: Path | None = None) -> dict[str, Any]:
    """One incident, with bodies and sources in words. Raises NotFoundError."""
    return shown_in(load(folder), id)


def shown_in(registry: Registry, id: str) -> dict[str, Any]:
    """The same in a registry that is loaded."""
    incident = registry.incidents.get(id)
    if incident is None:
        raise NotFoundError(f"{id}: no such incident")
    found: dict[str, Any] = _plain(incident)
    found["bar"], found["disputed"] = grade(incident, registry.bodies).value, disputed(incident)
    for said in found["statements"]:
        body = registry.bodies[said["body"]]
        said["body"], said["country"], said["kind"] = body.name, body.country, body.kind.value
        actor = registry.actors.get(said["actor"])
        said["actor"] = actor.name if actor else ""
        said["attack"] = actor.attack if actor else ""
    sources = {each["source"] for part in _PARTS for each in found[part]} | {found["source"]}
    found["sources"] = {each: source_text(registry, each) for each in sorted(sources)}
    return found


_PARTS = ("places", "amounts", "statements", "seeds", "payments")


def source_text(registry: Registry, id: str) -> str:
    """A source in one line."""
    source = registry.sources[id]
    where = f" ({source.where})" if source.where else ""
    return f"{source.publisher}: {source.title}, {source.date.text}{where}"


def _plain(value: Any) -> Any:
    """Records as JSON has them; dates and amounts as they were written."""
    if isinstance(value, Moment):
        return value.text
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"  # never as 1E-18
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
