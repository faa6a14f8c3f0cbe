"""Lines of a file of any size, in bounded memory."""

from collections.abc import Iterator
from typing import BinaryIO, Final

MAX_LINE: Final = 1 << 20  # bytes; a longer line is refused, not held

Line = tuple[int, str | None, str]  # number from 1, its text or None, why it is none


def lines(stream: BinaryIO) -> Iterator[Line]:
    """Lines of UTF-8 without their ends. What is too long or broken is told, and passed over.

    Raises ValueError with a short reason where the file is of another encoding.
    """
    number = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        if number == 1:
            raw = _begun(raw)
        if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
            while (more := stream.readline(MAX_LINE)) and not more.endswith(b"\n"):
                pass
            yield number, None, f"is longer than {MAX_LINE >> 20} MiB"
            continue
        yield number, *_decoded(raw)


def _begun(raw: bytes) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("is UTF-16; save it as UTF-8")
    return raw.removeprefix(b"\xef\xbb\xbf")


def _decoded(raw: bytes) -> tuple[str | None, str]:
    if b"\0" in raw:
        return None, "holds a NUL character"
    try:
        return raw.decode("utf-8").rstrip("\r\n"), ""
    except UnicodeDecodeError as error:
        return None, f"is not UTF-8 at byte {error.start + 1}"
