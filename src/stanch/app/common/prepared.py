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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from stanch.app.common.place import Place, names, read_json
from stanch.app.private_file import private_file, read_private
from stanch.errors import InputError, UsageError
from stanch.formats.common.heads import Held
from stanch.sharing.common import group, pair

MARK: Final = "set.json"
FORMAT: Final = "stanch-common-set@1"
KEYS: Final = "stanch-common-keys@1"
PARTS: Final = ("items.txt", "base.bin", "asked.bin", "held.bin", "tags.bin", "order.bin")
NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")

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


def latest(place: Place, name: str, version: int | None = None) -> Prepared | None:
    """The newest version of a set, or the one named. None where there is none."""
    folder = place.folder / "sets" / name
    there = sorted(int(each[1:]) for each in names(folder) if re.fullmatch(r"v[1-9]\d*", each))
    wanted = version if version is not None else (there[-1] if there else 0)
    return _read(place, name, wanted) if wanted in there else None


def chosen(place: Place, name: str) -> Prepared:
    """The newest version of a set. Raises UsageError where there is none."""
    found = latest(place, name) if NAME.fullmatch(name) else None
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
