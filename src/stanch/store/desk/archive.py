"""The file of a backup: a tar of JSON lines, one part a table, in which every byte is checked.

    manifest.json   canonical JSON: format, desk, its public key, schema, parts with their SHA-256
    manifest.jws    the desk's signature over the manifest's hash
    NAME.jsonl      a row a line, by primary key; bytes in base64
    desk.key        only where it was asked for

Times, owners and modes are the same for all, so that the same rows give the same file. Whoever
reads one is satisfied with no other spelling: what follows from the manifest must be there, byte
for byte, and nothing else.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from tarfile import BLOCKSIZE, GNU_FORMAT, HeaderError, TarInfo
from typing import Any, BinaryIO, Final

from stanch.errors import InputError
from stanch.model.desk.canonical import canonical, digest

FORMAT: Final = "stanch-backup@1"
MANIFEST: Final = "manifest.json"
SIGNED: Final = "manifest.jws"
_MOST: Final = 2**20  # bytes of a manifest or a signature
_CHUNK: Final = 2**20


@dataclass(frozen=True, slots=True)
class Part:
    """A file in the archive."""

    name: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `key` is the desk's public key, `entries` the length of its log."""

    desk: str
    key: str
    schema: str
    entries: int
    parts: tuple[Part, ...]

    def data(self) -> bytes:
        """As the archive has it."""
        return canonical({"format": FORMAT, **asdict(self)})

    def hash(self) -> str:
        """What the desk signs."""
        return digest(json.loads(self.data()))


@dataclass(frozen=True, slots=True)
class Archive:
    """A file that was read: its manifest, who is said to have signed it, where its parts begin."""

    manifest: Manifest
    signed: str
    places: Mapping[str, int]


def part(name: str, data: bytes) -> Part:
    """A part that is one text of bytes and no rows."""
    return Part(name, 0, len(data), hashlib.sha256(data).hexdigest())


def write(stream: BinaryIO, manifest: Manifest, signed: str, parts: Sequence[BinaryIO]) -> None:
    """Write an archive; `parts` are in the manifest's order, each at its beginning."""
    for name, data in ((MANIFEST, manifest.data()), (SIGNED, signed.encode())):
        stream.write(_header(name, len(data)) + data + _padding(len(data)))
    for part, source in zip(manifest.parts, parts, strict=True):
        stream.write(_header(part.name, part.size))
        while chunk := source.read(_CHUNK):
            stream.write(chunk)
        stream.write(_padding(part.size))
    stream.write(_END)


def read(stream: BinaryIO, name: str) -> Archive:
    """Check a whole archive but for its signature. Raises InputError where it is cut or altered."""
    try:
        return _read(stream)
    except _BadError as error:
        raise InputError(name, f"is no whole backup: {error}") from None


def lines(stream: BinaryIO, archive: Archive, part: Part) -> Iterator[bytes]:
    """The lines of a part that `read` has checked."""
    stream.seek(archive.places[part.name])
    left = part.size
    while left:
        line = stream.readline(left)
        left -= len(line)
        yield line


class _BadError(Exception):
    """Why a file is none."""


def _read(stream: BinaryIO) -> Archive:
    data = _small(stream, MANIFEST)
    manifest = _manifest(data)
    signed = _small(stream, SIGNED)
    places = {}
    for part in manifest.parts:
        _same(stream, _header(part.name, part.size), part.name)
        places[part.name] = stream.tell()
        if _hashed(stream, part.size) != part.sha256:
            raise _BadError(f"{part.name} is cut short or was altered")
        _same(stream, _padding(part.size), part.name)
    _same(stream, _END, "the end")
    if stream.read(1):
        raise _BadError("something follows its end")
    try:
        return Archive(manifest, signed.decode("ascii"), places)
    except UnicodeDecodeError:
        raise _BadError(f"{SIGNED} is no signature") from None


def _small(stream: BinaryIO, name: str) -> bytes:
    block = stream.read(BLOCKSIZE)
    try:
        size = TarInfo.frombuf(block, "utf-8", "strict").size
    except (HeaderError, ValueError):
        raise _BadError(f"it has no {name}") from None
    if not 0 <= size <= _MOST or block != _header(name, size):
        raise _BadError(f"it has no {name}")
    data = stream.read(size)
    if len(data) != size:
        raise _BadError(f"{name} is cut short")
    _same(stream, _padding(size), name)
    return data


def _manifest(data: bytes) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(data)
        parts = tuple(Part(**part) for part in said.pop("parts"))
        known = said.pop("format")
        manifest = Manifest(parts=parts, **said)
        sizes = [part.size for part in parts]
        if known != FORMAT or manifest.data() != data or not all(_count(size) for size in sizes):
            raise ValueError
        if len({part.name for part in parts}) != len(parts):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _BadError(f"{MANIFEST} is not as {FORMAT} has it") from None
    return manifest


def _count(value: object) -> bool:
    return type(value) is int and value >= 0


def _hashed(stream: BinaryIO, size: int) -> str:
    known = hashlib.sha256()
    while size and (chunk := stream.read(min(size, _CHUNK))):
        known.update(chunk)
        size -= len(chunk)
    return known.hexdigest() if not size else ""


def _same(stream: BinaryIO, wanted: bytes, what: str) -> None:
    if stream.read(len(wanted)) != wanted:
        raise _BadError(f"{what} is cut short or was altered")


def _header(name: str, size: int) -> bytes:
    info = TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, 0
    try:
        return info.tobuf(GNU_FORMAT)
    except (ValueError, TypeError, AttributeError):
        raise _BadError(f"{name!r} is no name of a part") from None


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCKSIZE)


_END: Final = bytes(2 * BLOCKSIZE)
