"""A bundle of somebody else: what holds is kept byte for byte, what does not is refused and named.

An object that breaks a rule costs nobody else a place. Types that nobody here knows are kept as
they stand. One id with one `modified` has one content: of two, the first is kept and the other
refused; the same one twice is counted once.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from stanch.formats.stix.checks import fault, is_id
from stanch.formats.stix.scan import Piece, scan
from stanch.formats.stix.times import is_timestamp

Object = dict[str, Any]

MAX_BYTES: Final = 256 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one bundle may bring: bytes in all, bytes of one object, objects. With `editions`
    what has no time of its own may stand there in several contents, as a collection has it.
    """

    total: int = MAX_BYTES
    each: int = 8 << 20
    objects: int = 1_000_000
    editions: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """An object that holds: its value, and its bytes as they came."""

    data: Object
    raw: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """One that does not: its place among the objects from 1, its id and its time (`modified`, else
    `created`) if it has them, and why.
    """

    place: int
    id: str
    reason: str
    raw: bytes = b""
    time: str = ""

    def __str__(self) -> str:
        """As a line for people."""
        name = f" ({self.id})" if self.id else ""
        return f"object {self.place:,}{name}: {self.reason}" if self.place else self.reason


@dataclass(slots=True)
class Read:
    """What a bundle brought. `properties` are its own; `again` has, for each object that was
    there before, the first of its kind: the very one in `taken`.
    """

    properties: Object = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    again: list[Object] = field(default_factory=list)

    @property
    def repeated(self) -> int:
        """How many objects were there before."""
        return len(self.again)

    @property
    def objects(self) -> list[Object]:
        """The objects that hold, in their order."""
        return [each.data for each in self.taken]


DEFAULT: Final = Limits()


def read(data: bytes, limits: Limits = DEFAULT) -> Read:
    """A bundle, or a TAXII envelope (`objects` without a type).

    Raises ValueError where it is neither as a whole: too large, not UTF-8, no JSON object.
    """
    if len(data) > limits.total:
        raise ValueError(f"is longer than {limits.total:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    scanned = scan(text)
    found = Read(scanned.properties)
    kind = scanned.properties.get("type")
    if "type" in scanned.properties and kind != "bundle":
        raise ValueError(f"is no bundle: its type is {str(kind)[:40]}")
    if kind == "bundle" and not is_id(scanned.properties.get("id"), "bundle--"):
        found.refused.append(Refused(0, "", "the bundle has no id such as bundle--UUID"))
    _sort_out(scanned.pieces, found, limits)
    if scanned.broken:
        found.refused.append(Refused(0, "", f"the bundle breaks off: {scanned.broken}"))
    return found


def _sort_out(pieces: Iterable[Piece], found: Read, limits: Limits) -> None:
    known: dict[tuple[str, object], Object] = {}
    for place, piece in enumerate(pieces, 1):
        raw = piece.raw.encode()
        id = piece.value.get("id") if isinstance(piece.value, dict) else None
        name = id if isinstance(id, str) and len(id) <= 300 else ""
        reason = piece.reason or _too_much(place, raw, limits) or fault(piece.value)
        if not reason:
            time = piece.value.get("modified", piece.value.get("created"))
            key = (name, raw if time is None and limits.editions else time)
            before = known.setdefault(key, piece.value)
            if before is piece.value:
                found.taken.append(Taken(piece.value, raw))
                continue
            if before == piece.value:
                found.again.append(before)
                continue
            reason = "has the id and the time of another that says something else"
        found.refused.append(Refused(place, name, reason, raw, _time(piece.value)))


def _time(value: object) -> str:
    """What an object says its version is, however wrong the rest of it."""
    said = (value.get("modified") or value.get("created")) if isinstance(value, dict) else None
    return said if isinstance(said, str) and is_timestamp(said) else ""


def _too_much(place: int, raw: bytes, limits: Limits) -> str:
    if place > limits.objects:
        return f"is beyond the {limits.objects:,} objects that are read of one bundle"
    return f"is longer than {limits.each:,} bytes" if len(raw) > limits.each else ""


def bundle_of(taken: Iterable[Taken], id: str) -> bytes:
    """Objects as they came, byte for byte, as a bundle again."""
    head = json.dumps({"type": "bundle", "id": id})[:-1].encode()
    return head + b', "objects": [' + b",".join(each.raw for each in taken) + b"]}"
