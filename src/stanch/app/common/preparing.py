"""A file of indicators becomes the next version of a set: normalised, and multiplied ahead."""

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from stanch.app.common.place import Place, happened
from stanch.app.common.prepared import (
    FORMAT,
    MARK,
    NAME,
    PARTS,
    Keys,
    Prepared,
    Progress,
    keys_of,
    latest,
)
from stanch.app.screen_input import DAMAGED, opened
from stanch.errors import InputError, RefusedError, UsageError
from stanch.formats.common.heads import MOST_ITEMS, Held
from stanch.formats.indicators import parse
from stanch.sharing.common import group, pair
from stanch.sharing.common.indicators import normal
from stanch.sharing.common.tags import tags
from stanch.store.digest import digest
from stanch.store.outdir import Kind, writing

_KIND: Final = Kind(MARK, "stanch-common-set", frozenset({MARK, *PARTS}))


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that holds no indicator, and why."""

    row: int
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """What `prepare` did. `reused` items were multiplied for an earlier version."""

    held: Held
    name: str
    rows: int
    twice: int
    reused: int
    refused: tuple[Refused, ...]


def prepare(place: Place, file: Path, name: str, progress: Progress) -> Made:
    """Normalise a file of indicators and multiply them ahead, as the next version of a set.

    Rows that hold no indicator are left out and given back. Raises UsageError, InputError,
    RefusedError where the set is as it was, OutputError.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"--set {name}: use up to 32 lower-case letters, digits, '-' and '_'")
    items, rows, refused = read_items(file)
    if not items:
        raise InputError(file.name, "holds no indicator that can be read")
    with place.home.locked():
        keys = keys_of(place, name)
        before = latest(place, name)
        if before is not None and before.items == items:
            raise RefusedError(f"{name} is as it was: version {before.held.version} stays")
        held = _write(place, name, _multiplied(keys, items, before, progress))
        with place.log() as journal:
            said = asdict(held) | {"set": name, "file": file.name}
            journal.add(lambda _about: [happened("prepared", keys.series, place.clock(), said)])
    reused = len(set(items) & set(before.items)) if before else 0
    return Made(held, name, rows, rows - len(refused) - len(items), reused, tuple(refused))


def read_items(file: Path) -> tuple[tuple[str, ...], int, list[Refused]]:
    """The indicators of a file in their one form, how many rows it has, and those refused."""
    found: set[str] = set()
    refused: list[Refused] = []
    count = 0
    with opened(file) as stream:
        try:
            for row in parse(stream):
                count += 1
                try:
                    if row.reason:
                        raise ValueError(row.reason)
                    found.add(normal(row.value, row.kind))
                except ValueError as error:
                    refused.append(Refused(row.row, row.value, str(error)))
        except ValueError as error:
            raise InputError(file.name, str(error)) from None
        except DAMAGED:
            raise InputError(file.name, "is a damaged gzip file") from None
    if len(found) > MOST_ITEMS:
        raise InputError(file.name, f"has more than {MOST_ITEMS:,} indicators")
    return tuple(sorted(found)), count, refused


@dataclass(frozen=True, slots=True)
class _Work:
    """A version before it is written."""

    held: Held
    secret: str
    items: tuple[str, ...]
    base: bytes
    asked: bytes
    points: bytes


def _multiplied(
    keys: Keys, items: tuple[str, ...], before: Prepared | None, progress: Progress
) -> _Work:
    """The next version; what an earlier one has is taken over."""
    known = {item: at for at, item in enumerate(before.items)} if before else {}
    new = [item for item in items if item not in known]
    count = 3 * len(new)

    def report(what: str, part: int) -> Callable[[int], None]:
        return lambda done: progress(what, part * len(new) + done, count)

    base = group.hashed_all(new, report("points", 0))
    asked = group.multiplied(base, keys.ask, report("to ask", 1))
    points = group.multiplied(base, keys.hold, report("to answer", 2))
    if before is not None:
        place = {item: len(known) + at for at, item in enumerate(new)} | known
        order = np.array([place[item] for item in items], dtype=np.intp)
        base = pair.arranged(before.base + base, order)
        asked = pair.arranged(before.asked + asked, order)
        points = pair.arranged(before.points + points, order)
    secret, version = secrets.token_hex(32), 1 + (before.held.version if before else 0)
    held = Held(keys.series, version, len(items), commitment(secret, items))
    return _Work(held, secret, items, base, asked, points)


def commitment(secret: str, items: Sequence[str]) -> str:
    """What a member signs of its set: nobody can guess at it without the secret number, and who
    is told that can check the whole list.
    """
    text = "\n".join((secret, *items))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _write(place: Place, name: str, made: _Work) -> Held:
    out = place.private("sets", name, f"v{made.held.version}")
    published = pair.published(tags(made.points, made.items))
    with writing(out, _KIND) as folder:
        folder.chmod(0o700)
        (folder / "items.txt").write_text("\n".join(made.items) + "\n", encoding="utf-8")
        (folder / "base.bin").write_bytes(made.base)
        (folder / "asked.bin").write_bytes(made.asked)
        (folder / "held.bin").write_bytes(made.points)
        (folder / "tags.bin").write_bytes(published.tags)
        (folder / "order.bin").write_bytes(published.order.astype("<i8").tobytes())
        said = asdict(made.held) | {
            "format": FORMAT,
            "made": place.clock(),
            "secret": made.secret,
            "files": {each: digest(folder / each).sha256 for each in PARTS},
        }
        (folder / MARK).write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")
    return made.held
