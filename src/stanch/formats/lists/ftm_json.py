"""JSON values of a file, one a line or all in one array, in bounded memory."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import orjson

MAX_LINE: Final = 8 << 20  # bytes; the largest entity of OpenSanctions has under one MiB
MAX_ARRAY: Final = 128 << 20  # bytes; an array is read as a whole, lines one by one

Item = dict[str, Any] | str


def items(stream: BinaryIO) -> Iterator[tuple[int, Item]]:
    """Each object with its line, or its place in the array, from 1; or why it is none.

    Raises ValueError where a line is too long, or an array is too large or not JSON.
    """
    first = b""
    lines = 0
    while not first:
        line = stream.readline(MAX_LINE + 1)
        if not line:
            return
        lines += 1
        first = line.removeprefix(b"\xef\xbb\xbf").strip()
    if first.startswith(b"["):
        yield from _array(line.removeprefix(b"\xef\xbb\xbf"), stream)
    else:
        yield from _lines(line.removeprefix(b"\xef\xbb\xbf"), lines, stream)


def _array(begun: bytes, stream: BinaryIO) -> Iterator[tuple[int, Item]]:
    data = begun + stream.read(MAX_ARRAY + 1)
    if len(data) > MAX_ARRAY:
        raise ValueError(f"is an array of more than {MAX_ARRAY >> 20} MiB: give one entity a line")
    try:
        values = orjson.loads(data)
    except ValueError as error:
        raise ValueError(f"is not JSON: {_short(error)}") from None
    for row, value in enumerate(values, 1):
        yield row, value if isinstance(value, dict) else "is no object"


def _lines(line: bytes, row: int, stream: BinaryIO) -> Iterator[tuple[int, Item]]:
    while line:
        if len(line) > MAX_LINE:
            raise ValueError(f"has a line of more than {MAX_LINE >> 20} MiB")
        if bare := line.strip():
            yield row, _object(bare)
        line = stream.readline(MAX_LINE + 1)
        row += 1


def _object(line: bytes) -> Item:
    try:
        value = orjson.loads(line)
    except ValueError as error:
        return f"is not JSON: {_short(error)}"
    return value if isinstance(value, dict) else "is no object"


def _short(error: ValueError) -> str:
    return str(error).partition(": line")[0][:100]
