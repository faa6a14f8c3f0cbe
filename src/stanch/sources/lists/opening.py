"""Opening a list's files: plain, gzip or zip, never more than a bound of bytes.

What is packed is unpacked before anything is read, into files without a name, so that a file cut
short is refused as a whole. A byte order mark of UTF-8 is taken off. A workbook (XLSX, ODS) is a
zip file too; it is left as it is once its size is known to be bearable.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Final

from stanch.errors import InputError, UsageError
from stanch.formats.lists.listfile import ListFile

MAX_MEMBERS: Final = 1_000

_CHUNK: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK: Final = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})
_ZIP_TROUBLE: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)


@contextmanager
def opened(paths: Sequence[Path], max_mib: int) -> Iterator[list[ListFile]]:
    """The files, and those in zip files among them, until the block ends.

    Raises UsageError where one is missing or no file, InputError where one is damaged or larger
    than `max_mib` when unpacked.
    """
    with ExitStack() as open_:
        files: list[ListFile] = []
        for path in paths:
            files += _open(path, max_mib << 20, open_)
        yield files


def _open(path: Path, most: int, open_: ExitStack) -> list[ListFile]:
    if not path.is_file():
        what = "is no regular file" if path.exists() else "no such file"
        raise UsageError(f"{path}: {what}")
    try:
        stream = open_.enter_context(path.open("rb"))
        if path.stat().st_size > most:
            raise _too_large(path.name, most)
        head = stream.peek(4)[:4]
        if head[:2] == _GZIP:
            return [_gunzip(path, stream, most, open_)]
        if head in _ZIP:
            return _unzip(path, stream, most, open_)
        return [ListFile(path.name, _plain(path.name, stream, most, open_))]
    except OSError as error:
        raise InputError(path.name, f"cannot be read ({error.strerror})") from None


def _gunzip(path: Path, stream: BinaryIO, most: int, open_: ExitStack) -> ListFile:
    name = path.name.removesuffix(".gz")
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            return ListFile(name, _plain(name, _spool(path.name, packed, most, open_), most, open_))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(path.name, "the gzip file is damaged or cut short") from None


def _unzip(path: Path, stream: BinaryIO, most: int, open_: ExitStack) -> list[ListFile]:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > MAX_MEMBERS:
                raise InputError(path.name, f"holds more than {MAX_MEMBERS:,} files")
            if sum(each.file_size for each in members) > most:
                raise _too_large(path.name, most)
            if _WORKBOOK & {each.filename for each in members}:
                return [_workbook(path, archive, stream)]
            wanted = [each for each in members if _meant(each.filename)]
            if not wanted:
                raise InputError(path.name, "the zip file holds no files")
            return [_member(archive, each, most, open_) for each in wanted]
    except _ZIP_TROUBLE:
        raise InputError(
            path.name, "the zip file is damaged, or packed in a way not read"
        ) from None


def _workbook(path: Path, archive: zipfile.ZipFile, stream: BinaryIO) -> ListFile:
    """The archive itself. Its sizes are borne out first: a lie in them fails the checksum."""
    if archive.testzip() is not None:
        raise zipfile.BadZipFile
    stream.seek(0)
    return ListFile(path.name, stream)


def _meant(member: str) -> bool:
    """Whether a file in an archive is meant to be read, and no litter of the archiver."""
    place = PurePosixPath(member)
    return not (place.name.startswith(".") or place.parts[0] == "__MACOSX")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, open_: ExitStack
) -> ListFile:
    name = PurePosixPath(member.filename).name
    with archive.open(member) as packed:
        return ListFile(name, _plain(name, _spool(name, packed, most, open_), most, open_))


def _plain(name: str, stream: BinaryIO, most: int, open_: ExitStack) -> BinaryIO:
    """The stream without a byte order mark."""
    head = stream.read(4)
    stream.seek(0)
    if head[:2] in _UTF16 and b"<" not in head:
        raise InputError(name, "is UTF-16 text; save it as UTF-8")
    if head[:3] != _UTF8:
        return stream
    stream.seek(3)
    return _spool(name, stream, most, open_)


def _spool(name: str, source: IO[bytes] | gzip.GzipFile, most: int, open_: ExitStack) -> BinaryIO:
    """What is left of `source`, in a file without a name."""
    target = open_.enter_context(TemporaryFile())  # noqa: SIM115
    size = 0
    while piece := source.read(_CHUNK):
        size += len(piece)
        if size > most:
            raise _too_large(name, most)
        target.write(piece)
    target.seek(0)
    return target


def _too_large(name: str, most: int) -> InputError:
    return InputError(name, f"is larger than {most >> 20:,} MiB when unpacked")
