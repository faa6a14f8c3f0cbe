"""The file of a bundle of evidence: a ZIP of plain files, which may come from anybody.

Nothing is ever extracted to a path that the file names. Read are names of plain letters below a
few folders, each once, stored or deflated; no links, no folders, nothing encrypted. What a file
unpacks to is known and bounded before a byte of it is unpacked.
"""

import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from stanch.errors import SignatureError

MAGIC: Final = b"PK\x03\x04"
MOST_FILES: Final = 2_000
MOST_BYTES: Final = 1 << 30  # unpacked, all files together
MOST_TIMES: Final = 1_000  # so many times its packed size a large file may have
SMALL: Final = 1 << 20  # bytes; what is smaller is no bomb

_NAME: Final = re.compile(
    r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,3}"
)
_CHUNK: Final = 1 << 20
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED: Final = 0x1
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
                   RuntimeError, ValueError)  # fmt: skip


class Archive:
    """The files in a bundle, by name. Raises SignatureError where one cannot be what it says."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read the table of contents, and refuse it as a whole where one entry is hostile."""
        try:
            self._zip = zipfile.ZipFile(stream)
            infos = self._zip.infolist()
        except _DAMAGED as error:
            raise SignatureError(f"is no bundle: {error}") from None
        if len(infos) > MOST_FILES:
            raise SignatureError(f"holds more than {MOST_FILES:,} files")
        for each in infos:
            _check(each)
        if sum(each.file_size for each in infos) > MOST_BYTES:
            raise SignatureError(f"unpacks to more than {MOST_BYTES:,} bytes")
        self._infos = {each.filename: each for each in infos}
        if len(self._infos) != len(infos):
            raise SignatureError("names a file twice")

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""
        return frozenset(self._infos)

    def size(self, name: str) -> int:
        """How many bytes a file says that it has."""
        return self._infos[name].file_size

    def read(self, name: str, most: int) -> bytes:
        """A file of up to `most` bytes. Raises SignatureError where it is not there, or longer."""
        if name not in self._infos:
            raise SignatureError(f"lacks {name}")
        if self.size(name) > most:
            raise SignatureError(f"{name} is longer than {most:,} bytes")
        return b"".join(self.parts(name))

    def parts(self, name: str) -> Iterator[bytes]:
        """A file's bytes, some at a time, as many as it said."""
        left = self.size(name)
        try:
            with self._zip.open(self._infos[name]) as stream:
                while part := stream.read(min(_CHUNK, left + 1)):
                    left -= len(part)
                    if left < 0:
                        break
                    yield part
        except _DAMAGED as error:
            raise SignatureError(f"{name} is damaged: {error}") from None
        if left:
            raise SignatureError(f"{name} has another length than it says")

    def sha256(self, name: str) -> str:
        """The hash of a file, in hex."""
        found = hashlib.sha256()
        for part in self.parts(name):
            found.update(part)
        return found.hexdigest()


def write(stream: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write files, in the order of their names and with one time and mode for all: the same files
    give the same bytes. Raises SignatureError where `Archive` would refuse them.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o600) << 16
            made.writestr(info, files[name])
            _check(info)


def _check(info: zipfile.ZipInfo) -> None:
    shown = ascii(info.filename[:80])
    # `orig_filename` is what stands in the file: the other may have been cut at a zero byte.
    if info.orig_filename != info.filename or not _NAME.fullmatch(info.filename):
        raise SignatureError(f"{shown} is no name of a file in a bundle")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise SignatureError(f"{shown} is a link or no plain file")
    if info.flag_bits & _ENCRYPTED:
        raise SignatureError(f"{shown} is encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SignatureError(f"{shown} is packed in a way that is not known")
    if info.file_size > max(SMALL, MOST_TIMES * info.compress_size):
        raise SignatureError(f"{shown} unpacks to {MOST_TIMES:,} times its size and more")
