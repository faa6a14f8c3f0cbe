"""Several dates in one text: "9.6.1971 or 28.9.1969", "a) 1 Jan 1950 b) 1953".

A text is taken apart only where every part is a date that can be read; otherwise it stays whole,
and what of it is no date has no bounds.
"""

import re
from collections.abc import Iterator

from stanch.formats.lists.dates import listed_date
from stanch.formats.lists.enumerated import enumerated
from stanch.model.listed import ListedDate

_PARTS = re.compile(
    r"\s*(?:[;\n、；]|,(?!\s*\d{4}$)|\s(?:or|and|/)\s|又は|または|及び|또는)\s*", re.IGNORECASE
)
_NOTE = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_LONGEST = 500  # characters


def listed_dates(text: str, order: str = "dmy") -> Iterator[ListedDate]:
    """The dates in a text, each with the words that the list has for it."""
    text = text.strip()
    if not text:
        return
    whole = listed_date(text, order)
    if not whole.first and text.endswith("."):
        bare = listed_date(text.rstrip(" ."), order)
        whole = ListedDate(text, bare.first, bare.last, bare.circa)
    if whole.first or len(text) > _LONGEST:
        yield whole
        return
    parts = [part for member in enumerated(text) for part in _parts(member, order)]
    read = [_with_note(part, order) for part in parts]
    if read and all(date.first for date in read):
        yield from read
    else:
        yield whole


def _parts(text: str, order: str) -> list[str]:
    """The dates that stand side by side in a text; one that is a date itself stays whole."""
    if listed_date(text, order).first:
        return [text]
    return [part for part in _PARTS.split(text) if part.strip()]


def _with_note(text: str, order: str) -> ListedDate:
    """A date with a remark in brackets behind it: "1958 (per passport)"."""
    read = listed_date(text, order)
    if read.first:
        return read
    bare = listed_date(_NOTE.sub("", text), order)
    return ListedDate(text.strip(), bare.first, bare.last, bare.circa)
