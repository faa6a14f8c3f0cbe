"""Files of what people sign: read strictly, written whole."""

from pathlib import Path
from typing import Final

from stanch.app.csv_file import whole_file
from stanch.app.read_file import contents
from stanch.errors import InputError, SignatureError
from stanch.formats.signed.bundle import (
    MAX_BUNDLE,
    Bundle,
    bundle_from,
    version_document,
    version_from,
)
from stanch.formats.signed.canonical import MAX_DOCUMENT, canonical, parse
from stanch.formats.signed.order import read_order
from stanch.model.desk.directory import Version
from stanch.model.desk.orders import Order

_MAX_VERSION: Final = 2 * MAX_DOCUMENT  # a directory, and up to a hundred signatures


def signed_text(file: Path) -> str:
    """A JWS from a file, without blanks around it. Raises UsageError, InputError."""
    return contents(file, MAX_DOCUMENT).decode("ascii", "replace").strip()


def order_in(file: Path) -> Order:
    """The order in a file. Raises UsageError, InputError."""
    try:
        return read_order(contents(file, MAX_DOCUMENT))
    except SignatureError as error:
        raise InputError(file.name, str(error)) from None


def bundle_in(file: Path) -> Bundle:
    """The bundle in a file. Raises UsageError, InputError."""
    try:
        return bundle_from(parse(contents(file, MAX_BUNDLE), MAX_BUNDLE))
    except SignatureError as error:
        raise InputError(file.name, str(error)) from None


def version_in(file: Path) -> Version:
    """The version of a directory in a file. Raises UsageError, InputError."""
    try:
        return version_from(parse(contents(file, _MAX_VERSION), _MAX_VERSION))
    except SignatureError as error:
        raise InputError(file.name, str(error)) from None


def write_version(out: Path, version: Version) -> None:
    """A directory with its signatures, as `version_in` reads it. Raises OutputError."""
    write(out, canonical(version_document(version)))


def write(out: Path, data: bytes) -> None:
    """A file of one line, whole or not at all. Raises OutputError."""
    with whole_file(out) as draft:
        draft.write_bytes(data + b"\n")
