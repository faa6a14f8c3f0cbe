"""Dates as Japanese and Korean lists write them, in terms that `dates` can read.

"1958年5月3日生", "1963年から1968年の間", "おおよそ1970年", "平成13年9月22日", "1965년 3월 1일생",
"1950년대", full-width digits. The text stays as the list has it.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.several_dates import listed_dates
from stanch.model.listed import ListedDate

ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}

_ERA = re.compile(r"(明治|大正|昭和|平成|令和)\s*(\d{1,2}|元)\s*年")
_CIRCA = re.compile(r"(?:おおよそ|およそ|おおむね|約|頃|ごろ|の頃|경|약|무렵|추정)")
_BORN = re.compile(r"(?:生まれ|生れ|生|출생|생)(?=$|[\s,;)])")
_DECADE = re.compile(r"(\d{3}0)\s*(?:年代|년대)")
_SPAN = re.compile(
    r"(?:から|~|〜|부터|(?<=[年년])\s*[-–])\s*(.*?)(?:まで)?(?:の間|年間|까지|사이)?$"
)
_DAY = re.compile(r"(\d{4})\s*[.年년/-]\s*(\d{1,2})\s*[.月월/-]\s*(\d{1,2})")
_LONGEST: Final = 500  # characters


def asian_dates(text: str) -> Iterator[ListedDate]:
    """The dates in a cell."""
    if len(text) > _LONGEST:
        yield ListedDate(text.strip())
        return
    for part in enumerated(text):
        plain = _CIRCA.sub("", _western(part))
        circa = plain != _western(part)
        spanned = _SPAN.sub(r" to \1", _BORN.sub("", plain).strip())
        found = list(listed_dates(spanned)) or [ListedDate(part)]
        if len(found) == 1:
            read = found[0]
            yield ListedDate(part, read.first, read.last, circa or read.circa)
        else:
            yield from (ListedDate(e.text, e.first, e.last, circa or e.circa) for e in found)


def asian_day(text: str) -> str:
    """The first whole day in a text, as ISO 8601, or nothing. Later ones are days of changes."""
    match = _DAY.search(_western(text[:_LONGEST]))
    if not match:
        return ""
    read = next(listed_dates("-".join(match.groups())))
    return read.first if read.first == read.last else ""


def _western(text: str) -> str:
    """Half-width digits, and years of the Western calendar in place of eras."""
    plain = _DECADE.sub(r"\1s", unicodedata.normalize("NFKC", text))
    return _ERA.sub(lambda m: f"{ERAS[m[1]] + (1 if m[2] == '元' else int(m[2]))}年", plain)
