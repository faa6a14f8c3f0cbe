"""How a Chinese character is read in Korean, Mandarin, Cantonese and Japanese.

The table, its source and how it was derived stand in `readings.tsv`. Readings are folded Latin
without tones (Mandarin pinyin, Cantonese jyutping, Japanese as Hepburn writes it, short) and, for
Korean, Hangul. A row is taken apart only when its character is asked for.
"""

from dataclasses import dataclass
from functools import cache

from stanch.screening.names import table


@dataclass(frozen=True, slots=True)
class Reading:
    """The readings of one character, the commonest first; empty where none is known.

    `japanese` has the on readings and then the first kun reading.
    """

    korean: tuple[str, ...] = ()
    mandarin: tuple[str, ...] = ()
    cantonese: tuple[str, ...] = ()
    japanese: tuple[str, ...] = ()


@cache
def readings(char: str) -> Reading:
    """How `char` is read; without any reading where the table does not have it."""
    line = _lines().get(char)
    if line is None:
        return Reading()
    _, korean, mandarin, cantonese, japanese, _ = line.split("\t")
    return Reading(
        tuple(korean.split()),
        tuple(mandarin.split()),
        tuple(cantonese.split()),
        tuple(japanese.split()),
    )


def representative(char: str) -> str:
    """The one character that stands for all shapes of `char`; itself where none is known."""
    line = _lines().get(char)
    return (line and line.rpartition("\t")[2]) or char


@cache
def _lines() -> dict[str, str]:
    """Each row by its character, still whole: taking 17,000 rows apart costs ten times as much."""
    return {line[0]: line for line in table.lines("stanch.screening.names.han", "readings.tsv")}
