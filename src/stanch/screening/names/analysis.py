"""What a name is taken for before it is compared: words in Latin letters, and Korean syllables."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stanch.model.listed import ORGANIZATION, PERSON, VESSEL
from stanch.screening.names import fold as folding
from stanch.screening.names.han.sequences import sequences as han_sequences
from stanch.screening.names.korean import kana
from stanch.screening.names.korean.parse import KoreanReading, korean_readings
from stanch.screening.names.korean.romanise import romanised
from stanch.screening.names.lexicon import concepts, with_concepts

FAMILIES: Final = {PERSON: 1, ORGANIZATION: 2, "Company": 2, VESSEL: 4, "Airplane": 8}
ANY_FAMILY: Final = 15
_MOST_PARTS: Final = 5  # words of one alias among several
_ALIASES: Final = re.compile(r"\s*[,;]\s*")


def family(schema: str) -> int:
    """A bit for persons, organisations, vessels, aircraft; several where a schema may be any."""
    if schema == "LegalEntity":
        return FAMILIES[PERSON] | FAMILIES[ORGANIZATION]
    return FAMILIES.get(schema, ANY_FAMILY)


@dataclass(frozen=True, slots=True)
class Analysis:
    """One name: its word sequences (more than one where a script has more than one reading), its
    readings as a Korean name, and how it was folded. `plain` has each sequence as it was before
    concepts took the place of words; `bridge` is the script that was crossed.
    """

    sequences: tuple[tuple[str, ...], ...]
    plain: tuple[tuple[str, ...], ...]
    korean: tuple[KoreanReading, ...]
    folded: folding.Folded
    bridge: str = ""
    is_korean: bool = False  # spelled as Korean names are


@lru_cache(1 << 12)
def analyse(text: str, families: int) -> Analysis:
    """Take `text` as a name of one of `families` (bits as `family` gives them)."""
    folded = folding.fold(text)
    scripts = {folding.script_of(word) for word in folded.words}
    bridge = next((script for script in ("hangul", "han", "kana") if script in scripts), "")
    person = bool(families & FAMILIES[PERSON])
    korean = korean_readings(folded.words) if person else ()
    plain = tuple(dict.fromkeys(words for words in _plain(folded.words, bridge, person) if words))
    sequences = plain if families == FAMILIES[PERSON] else tuple(map(with_concepts, plain))
    if scripts - {"latin", "digits"}:
        plain, sequences = (
            tuple(tuple(map(_latin, words)) for words in each) for each in (plain, sequences)
        )
    if not bridge:
        bridge = next(iter(sorted(scripts - {"latin", "digits"})), "")
    is_korean = any(reading.is_usual() for reading in korean)
    return Analysis(sequences, plain, korean, folded, bridge, is_korean)


def _latin(word: str) -> str:
    if word.isascii():
        return word
    return romanised(word) if folding.script_of(word) == "hangul" else folding.latin(word)


def parted(text: str, families: int) -> tuple[str, ...]:
    """The names in a text that lists several of a person: "KIM Sou-Kwang, KIM Su-Kwang"."""
    if not families & FAMILIES[PERSON] or not _ALIASES.search(text):
        return (text,)
    parts = [part for part in _ALIASES.split(text) if part]
    words = [set(part.casefold().replace("-", " ").split()) for part in parts]
    whole = all(1 < len(each) <= _MOST_PARTS for each in words)
    if len(parts) > 1 and whole and (len(parts) > 2 or words[0] & words[1]):
        return tuple(parts)
    return (text,)


def _plain(words: tuple[str, ...], bridge: str, person: bool) -> list[tuple[str, ...]]:
    """The word sequences that a name's script allows, still without concepts."""
    if bridge == "han":
        return han_sequences(words)
    if bridge == "hangul":
        return [_from_hangul(words, person)]
    if bridge == "kana":
        return [tuple(kana.spelled(word) for word in words)]
    return [words]


def _from_hangul(words: tuple[str, ...], person: bool) -> tuple[str, ...]:
    """Romanised; what an organisation's words mean is found first, also where none is set apart."""
    pieces = words if person else tuple(piece for word in words for piece in _parts(word))
    return tuple(
        romanised(piece)
        if folding.script_of(piece) == "hangul" and not concepts().find((piece,))
        else piece
        for piece in pieces
    )


def _parts(word: str) -> list[str]:
    """A word of Hangul parted at the concepts in it; other scripts part their words themselves."""
    return concepts().cut(word) if folding.script_of(word) == "hangul" else [word]
