"""Chinese surnames: how they are written, and in which Latin spellings they are met.

The surnames and what they come from stand in `surnames.tsv`. Korean ones are in names/korean.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stanch.screening.names import table


@dataclass(frozen=True, slots=True)
class Surname:
    """One surname. `share` is its part of China's people in per cent, None where unknown;
    `southern` are the spellings of Hong Kong, Macau and South-East Asia.
    """

    simplified: str
    traditional: str
    share: float | None
    pinyin: str
    wade_giles: str
    southern: tuple[str, ...]


@cache
def chinese() -> tuple[Surname, ...]:
    """All Chinese surnames of the table."""
    return tuple(
        Surname(
            simple, traditional, float(share) if share else None, pinyin, wade, tuple(s.split())
        )
        for simple, traditional, share, pinyin, wade, s in table.rows(
            "stanch.screening.names.words", "surnames.tsv"
        )
    )


@cache
def written() -> Mapping[str, Surname]:
    """Surnames by their characters, simplified and traditional."""
    return {shape: each for each in chinese() for shape in (each.simplified, each.traditional)}


@cache
def spelled() -> Mapping[str, tuple[Surname, ...]]:
    """Surnames by each folded Latin spelling; most spellings stand for several."""
    found: dict[str, list[Surname]] = defaultdict(list)
    for each in chinese():
        for spelling in dict.fromkeys((each.pinyin, each.wade_giles, *each.southern)):
            found[spelling].append(each)
    return {spelling: tuple(surnames) for spelling, surnames in found.items()}
