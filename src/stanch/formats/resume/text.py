"""What a resume comes to, and the bounds of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_TEXT: Final = 1 << 20  # characters of all lines
_NOBODY: Final = frozenset(
    {"", "user", "admin", "administrator", "author", "unknown", "microsoft office user", "owner",
     "python-docx", "windows user", "anonymous", "hp", "dell", "lenovo", "asus", "acer"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resume:
    """Its lines in order, and `authors`: `name|program` as the file itself says it."""

    lines: tuple[str, ...]
    authors: tuple[str, ...] = ()


def bounded(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines that are not empty, up to MOST_TEXT characters. Raises ValueError beyond."""
    found: list[str] = []
    size = 0
    for line in lines:
        text = line.replace("\0", "").strip()
        size += len(text)
        if size > MOST_TEXT:
            raise ValueError(f"has more than {MOST_TEXT:,} characters of text")
        if text:
            # A lone half of a pair, which only a broken font gives, is in no UTF-8.
            found.append(text.encode("utf-8", "replace").decode())
    if not found:
        raise ValueError("has no text: a scan, perhaps")
    return tuple(found)


def author(name: object, program: object) -> tuple[str, ...]:
    """Who wrote a file, and with what; none where it names nobody in particular."""
    who = " ".join(str(name or "").split()).casefold()
    if who in _NOBODY or len(who) > 200 or not who.isprintable():
        return ()
    return (f"{who}|{' '.join(str(program or '').split()).casefold()[:200]}",)
