"""Sets of indicators, normalised and multiplied ahead: the offline phase, kept on the disk.

A version of a set is a folder that appears whole and never changes:

    set.json     series, version, size, commitment and its secret number, digests of the files
    items.txt    the indicators, one a line, in the order of the alphabet
    base.bin     the point of each item
    asked.bin    each of those under the key for asking
    held.bin     and under the key for answering
    tags.bin     what is published: the tags of those, rising
    order.bin    the place in items.txt of each tag

The keys are the series', not the version's: what a member asks and publishes keeps its form from
version to version, so that a partner can count what changed, and only new items are multiplied.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from stanch.app.common.place import Place, happened, names, read_json
from stanch.app.private_file import private_file, read_private
from stanch.app.screen_input import DAMAGED, opened
from stanch.errors import InputError, RefusedError, UsageError
from stanch.formats.common.heads import MOST_ITEMS, Held
from stanch.formats.indicators import parse
from stanch.sharing.common import group, pair
from stanch.sharing.common.indicators import normal
from stanch.sharing.common.tags import tags
from stanch.store.digest import digest
from stanch.store.outdir import Kind, writing

MARK: Final = "set.json"
FORMAT: Final = "stanch-common-set@1"
KEYS: Final = "stanch-common-keys@1"
_PARTS: Final = ("items.txt", "base.bin", "asked.bin", "held.bin", "tags.bin", "order.bin")
_KIND: Final = Kind(MARK, "stanch-common-set", frozenset({MARK, *_PARTS}))
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Keys:
    """The series' secrets: scalars for asking and for answering."""

    series: str
    ask: bytes
    hold: bytes


@dataclass(frozen=True)
class Prepared:
    """A version of a set, ready to be matched. Its parts are read when they are needed, and are
    then as they were written, or InputError.
    """

    name: str
    held: Held
    keys: Keys
    folder: Path
    digests: Mapping[str, str]

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The indicators, in the order of the alphabet."""
        return tuple(self._part("items.txt").decode().split("\n")[:-1])

    @cached_property
    def base(self) -> bytes:
        """The point of each item."""
        return self._part("base.bin")

    @cached_property
    def asked(self) -> bytes:
        """Each of those under the key for asking."""
        return self._part("asked.bin")

    @cached_property
    def points(self) -> bytes:
        """And under the key for answering."""
        return self._part("held.bin")

    @cached_property
    def published(self) -> pair.Published:
        """What is published."""
        order = np.frombuffer(self._part("order.bin"), dtype="<i8").astype(np.intp)
        return pair.Published(self._part("tags.bin"), order)

    def _part(self, name: str) -> bytes:
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise InputError(str(self.folder / name), f"cannot be read: {error.strerror}") from None
        if hashlib.sha256(data).hexdigest() != self.digests.get(name):
            raise InputError(str(self.folder / name), "is damaged; prepare the set again")
        return data


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
    if not _NAME.fullmatch(name):
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
            said = said_of(held) | {"set": name, "file": file.name}
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


def latest(place: Place, name: str, version: int | None = None) -> Prepared | None:
    """The newest version of a set, or the one named. None where there is none."""
    folder = place.folder / "sets" / name
    there = sorted(int(each[1:]) for each in names(folder) if re.fullmatch(r"v[1-9]\d*", each))
    wanted = version if version is not None else (there[-1] if there else 0)
    return _read(place, name, wanted) if wanted in there else None


def chosen(place: Place, name: str) -> Prepared:
    """The newest version of a set. Raises UsageError where there is none."""
    found = latest(place, name) if _NAME.fullmatch(name) else None
    if found is None:
        there = ", ".join(place.sets()) or "none yet: stanch common prepare makes one"
        raise UsageError(f"there is no set {name}; there are {there}")
    return found


def of_series(place: Place, series: str, version: int) -> Prepared:
    """The version that a run was about. Raises UsageError where it is not here any more."""
    for name in place.sets():
        if keys_of(place, name).series == series:
            found = latest(place, name, version)
            if found is not None:
                return found
    raise UsageError(f"version {version} of the set {series} is not in this home")


def listed(place: Place) -> list[dict[str, Any]]:
    """All versions of all sets, as machines read them."""
    found = []
    for name in place.sets():
        folder = place.folder / "sets" / name
        for each in sorted(names(folder), key=lambda text: (len(text), text)):
            if each.startswith("v"):
                said = read_json(folder / each / MARK, FORMAT)
                found.append({"set": name, **{key: said[key] for key in _SHOWN}})
    return found


_SHOWN: Final = ("series", "version", "size", "commitment", "made")


def keys_of(place: Place, name: str) -> Keys:
    """The keys of a series, made with the set's first version."""
    file = place.private("sets", name, "keys.json")
    if not file.exists():
        made = {"series": f"ser-{secrets.token_hex(8)}", "format": KEYS}
        scalars = {"ask": group.new_scalar().hex(), "hold": group.new_scalar().hex()}
        with private_file(file) as stream:
            stream.write(json.dumps(made | scalars).encode())
    try:
        said = json.loads(read_private(file, "prepare a set under another name"))
        return Keys(str(said["series"]), bytes.fromhex(said["ask"]), bytes.fromhex(said["hold"]))
    except (ValueError, KeyError, TypeError):
        raise InputError(str(file), f"is no {KEYS}") from None


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
        said = said_of(made.held) | {
            "format": FORMAT,
            "made": place.clock(),
            "secret": made.secret,
            "files": {each: digest(folder / each).sha256 for each in _PARTS},
        }
        (folder / MARK).write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")
    return made.held


def said_of(held: Held) -> dict[str, Any]:
    """A commitment as the log and files have it."""
    return asdict(held)


def _read(place: Place, name: str, version: int) -> Prepared:
    """A version. Raises InputError where what it says of itself is damaged."""
    folder = place.folder / "sets" / name / f"v{version}"
    said = read_json(folder / MARK, FORMAT)
    try:
        held = Held(**{each.name: said[each.name] for each in fields(Held)})
        digests = dict(said["files"])
    except (KeyError, TypeError, ValueError):
        raise InputError(str(folder / MARK), f"is no {FORMAT}") from None
    return Prepared(name, held, keys_of(place, name), folder, digests)
