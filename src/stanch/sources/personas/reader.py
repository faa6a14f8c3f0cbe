"""Any file of applications, by how it begins and not by its name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from stanch.errors import InputError, UsageError
from stanch.sources.personas import parquet, text
from stanch.sources.personas.batch import Batch, Read, Refused
from stanch.sources.personas.columns import ColumnMap
from stanch.sources.reading import DAMAGE, damage_reason, open_bytes

_PARQUET = b"PAR1"


def read(path: Path, columns: ColumnMap) -> Read:
    """Batches and refused rows of a file; a file that cannot be read as a whole is one refusal.

    Raises UsageError where there is no such file, or where it lacks a column that was named.
    """
    if not path.is_file():
        raise UsageError(f"{path}: {'is a folder' if path.is_dir() else 'there is no such file'}")
    try:
        for each in _reader(path)(path, path.name, columns):
            yield replace(each, base=path.parent) if isinstance(each, Batch) else each
    except InputError as error:
        yield Refused(path.name, error.row or 0, error.reason)
    except DAMAGE as error:
        yield Refused(path.name, 0, damage_reason(error))


def _reader(path: Path) -> Callable[[Path, str, ColumnMap], Read]:
    with open_bytes(path) as stream:
        start = stream.read(4096)
    if start.startswith(_PARQUET):
        return parquet.read
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(path.name, "is UTF-16; save it as UTF-8")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return text.read_lines
    return text.read_csv
