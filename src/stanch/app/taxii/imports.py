"""Files that others publish, as objects for a collection: STIX bundles as they are, byte for byte;
MISP events, MISP feeds and lists of hashes as the STIX that Stanch makes of them.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import rfc8785

from stanch.app.stix.files import whole
from stanch.errors import InputError, UsageError
from stanch.formats.misp.attributes import seen
from stanch.formats.misp.event import event_items, events_in
from stanch.formats.stix.bundle import gathered
from stanch.formats.stix.handling import Handling
from stanch.formats.stix.item import Item, first_hand
from stanch.formats.stix.reading import MAX_BYTES, read
from stanch.model.desk.marking import Marking

_HASHES: Final = (".md5", ".sha1", ".sha256", ".sha512")
_MANIFEST: Final = "manifest.json"  # of a MISP feed: its events by their UUIDs


@dataclass(slots=True)
class Imported:
    """Objects by id and bytes, each once, in the order of the files; and what is left out, each
    with the file and the reason.
    """

    objects: dict[tuple[str, bytes], None] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def take(self, id: str, raw: bytes) -> None:
        """Take an object, once."""
        self.objects.setdefault((id, raw))


def read_files(paths: list[Path], marking: Marking) -> Imported:
    """All that files and folders hold. `marking` is that of MISP events without a TLP tag and of
    hashes; STIX says itself how it is marked.

    Raises UsageError for a file that cannot be read, InputError for one that is none of these; of a
    folder such files are left out, and told of.
    """
    found = Imported()
    for path in paths:
        for file in _files(path):
            try:
                _read(file, marking, found)
            except InputError as error:
                if file == path:
                    raise
                found.left.append(str(error))  # a folder may hold other things beside
    return found


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    if (path / _MANIFEST).is_file():
        yield from _feed(path)
        return
    known = [
        each for each in sorted(path.rglob("*"))
        if each.is_file() and each.name.endswith((".json", ".json.gz", *_HASHES))
    ]  # fmt: skip
    if not known:
        raise UsageError(f"{path}: holds neither JSON nor lists of hashes")
    yield from known


def _feed(folder: Path) -> list[Path]:
    """The events of a MISP feed, in the order of its manifest."""
    named = _json(folder / _MANIFEST, whole(folder / _MANIFEST))
    if not isinstance(named, dict):
        raise InputError(_MANIFEST, "is no manifest of a MISP feed: no events by UUID")
    files = [folder / f"{Path(uuid).name}.json" for uuid in named]
    for each in files:
        if not each.is_file():
            raise InputError(_MANIFEST, f"names {each.name}, which is not there")
    return files


def _read(file: Path, marking: Marking, found: Imported) -> None:
    if file.suffix in _HASHES:
        _hashes(file, marking, found)
        return
    data = _unpacked(file)
    value = _json(file, data)
    if isinstance(value, dict) and (value.get("type") == "bundle" or "objects" in value):
        _stix(file, data, found)
        return
    try:
        events = [
            item for each in events_in(value) for item in event_items(each, Handling(marking))
        ]
        _items(events, found)
    except (ValueError, KeyError, TypeError) as error:
        reason = f"is neither a STIX bundle nor MISP events: {error}"
        raise InputError(file.name, reason) from None


def _stix(file: Path, data: bytes, found: Imported) -> None:
    try:
        bundle = read(data)
    except ValueError as error:
        raise InputError(file.name, str(error)) from None
    for each in bundle.taken:
        found.take(str(each.data["id"]), each.raw)
    found.left += [f"{file.name}: {each}" for each in bundle.refused]


def _hashes(file: Path, marking: Marking, found: Imported) -> None:
    kind, of = file.suffix.removeprefix("."), first_hand(Handling(marking))
    items = []
    for place, line in enumerate(whole(file).decode("utf-8", "replace").splitlines(), 1):
        text = line.strip()
        made = seen(kind, text, of) if text else None
        if made is not None:
            items.append(made[0])
        elif text:
            found.left.append(f"{file.name}, line {place}: is no {kind}")
    _items(items, found)


def _items(items: list[Item], found: Imported) -> None:
    for id, each in gathered(items).items():
        found.take(id, rfc8785.dumps(each))


def _unpacked(file: Path) -> bytes:
    data = whole(file)
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        found = unpacker.decompress(data, MAX_BYTES)
    except zlib.error:
        raise InputError(file.name, "is no whole gzip") from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise InputError(file.name, f"is longer than {MAX_BYTES:,} bytes, or cut off")
    return found


def _json(file: Path, data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise InputError(file.name, "is no JSON") from None
