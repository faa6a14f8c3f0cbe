"""Write what can be shared as one STIX bundle: incidents, designations, traces, orders, what a
screening met, personas, MISP events and galaxies.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stanch.app.csv_file import whole_file
from stanch.app.designation.check import Request, sound
from stanch.app.stix.files import whole
from stanch.app.stix.personas import Personas, persona_items
from stanch.app.stix.screened import Hits, sightings
from stanch.app.stix.terms import NOTHING, Said, terms
from stanch.errors import InputError, NotFoundError, UsageError
from stanch.formats.misp.event import event_items, events_in
from stanch.formats.misp.galaxy import galaxy_items
from stanch.formats.signed.bundle import read_bundle
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.order import read_order
from stanch.formats.stix.bundle import bundle, gathered
from stanch.formats.stix.designation import designation_items
from stanch.formats.stix.handling import Handling
from stanch.formats.stix.incident import Around, incident_items
from stanch.formats.stix.item import Item, first_hand
from stanch.formats.stix.order import order_items
from stanch.formats.stix.terms import under
from stanch.formats.stix.times import of_text
from stanch.formats.stix.trace import TraceFiles, trace_items
from stanch.model.desk.marking import Marking
from stanch.registry.registry import Registry, load


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export, to which file, for readers of which level.

    `what` are ids of incidents, designation files (TOML), trace folders, order files and MISP
    events or galaxies (JSON); none, and neither `hits` nor `personas`: all incidents. `marking` is
    that of traces, hits, personas, galaxies and of events without a label; `said` binds all of it.
    `at` is the time of this version (ISO 8601 with a zone); if none is given, that of the newest
    source of an incident, and what the run.json of a trace says.
    """

    what: tuple[str, ...]
    out: Path
    level: Marking | None = None
    marking: Marking = Marking.AMBER
    registry: Path | None = None
    at: str | None = None
    hits: Hits | None = None
    personas: Personas | None = None
    said: Said = NOTHING


@dataclass(frozen=True, slots=True)
class Exported:
    """How many objects were written, how many are left out for the level, the size, and how many
    rows of hits were left out, by why.
    """

    objects: int
    left: int
    bytes: int
    rows_left: Counter[str] = field(default_factory=Counter)


def export(wanted: Wanted) -> Exported:
    """Write the bundle whole or not at all.

    Raises UsageError, also where there is nothing for the level, NotFoundError for an incident,
    InputError for a file with a fault, SignatureError for an order with one, OutputError.
    """
    try:
        at = of_text(wanted.at) if wanted.at else ""
    except ValueError as error:
        raise UsageError(f"--at: {error}") from None
    words, rows_left = terms(wanted.said), Counter[str]()
    items = list(_items(wanted, at, rows_left))
    try:
        items = under(items, words)
        data = bundle(items, wanted.level)
    except ValueError as error:
        raise InputError("what is exported", str(error)) from None
    shown, whole = gathered(items, wanted.level), gathered(items)
    if not whole:
        raise UsageError("there is nothing in it that can be shared")
    if not shown:
        raise UsageError(f"there is nothing in it that readers of {wanted.level} may see")
    with whole_file(wanted.out) as draft:
        draft.write_bytes(data)
    return Exported(len(shown), len(whole) - len(shown), len(data), rows_left)


def _items(wanted: Wanted, at: str, rows_left: Counter[str]) -> Iterator[Item]:
    own = first_hand(Handling(wanted.marking))
    if wanted.hits is not None:
        met, left = sightings(wanted.hits, own, at)
        rows_left.update(left)
        yield from met
    if wanted.personas is not None:
        yield from persona_items(wanted.personas, own, at)
    everything = wanted.hits is None and wanted.personas is None
    registry: Registry | None = None
    for word in wanted.what or ("",) * everything:
        path = Path(word)
        if word and path.is_dir():
            yield from _trace(path, wanted.marking, at)
        elif path.suffix == ".toml":
            yield from _designation(path, wanted)
        elif word and path.is_file():
            yield from _json(path, wanted.marking, at)
        else:
            registry = registry or load(wanted.registry)
            yield from _incidents(registry, word, at)


def _incidents(registry: Registry, word: str, at: str) -> Iterator[Item]:
    if word and word not in registry.incidents:
        raise NotFoundError(f"{word}: no such file, folder or incident")
    around = Around(registry.sources, registry.bodies, registry.actors, at)
    for id, each in registry.incidents.items():
        if word in ("", id):
            yield from incident_items(each, around)


def _designation(path: Path, wanted: Wanted) -> Iterator[Item]:
    copy = sound(Request(path, wanted.level, None, wanted.registry)).copy
    if copy is not None:
        yield from designation_items(copy)


def _trace(folder: Path, marking: Marking, at: str) -> list[Item]:
    manifest = whole(folder / "manifest.json")
    text = whole(folder / "endpoints.csv").decode("utf-8", "replace")
    rows = list(csv.DictReader(io.StringIO(text)))
    try:
        if not at:
            at = of_text(json.loads(whole(folder / "run.json"))["finished"])
        files = TraceFiles(manifest, rows, at)
        return trace_items(files, first_hand(Handling(marking)))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(str(folder), f"is no trace folder that can be shared: {error}") from None


def _json(path: Path, marking: Marking, at: str) -> list[Item]:
    data = whole(path)
    try:
        value: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise InputError(path.name, "is no JSON") from None
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "stanch-order@1":
        return order_items(read_order(canonical(value)))
    if kind == "stanch-bundle@1":
        found = read_bundle(canonical(value))
        return order_items(found.order, found.statements)
    try:
        unmarked = Handling(marking)
        if isinstance(value, dict) and "values" in value:
            return _galaxy(value, unmarked, at)
        return [item for event in events_in(value) for item in event_items(event, unmarked)]
    except (ValueError, KeyError, TypeError) as error:
        reason = f"is neither an order nor a MISP event or galaxy: {error}"
        raise InputError(path.name, reason) from None


def _galaxy(value: Any, handling: Handling, at: str) -> list[Item]:
    """A galaxy says of no time when it was written."""
    if not at:
        raise UsageError("--at: a MISP galaxy has no time of its own; say which this version has")
    return galaxy_items(value, first_hand(handling), at)
