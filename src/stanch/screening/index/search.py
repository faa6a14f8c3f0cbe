"""The name search: candidates by words and by Korean syllables, scored, the best of each entry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.index.build import runs, whole
from stanch.screening.index.columns import Columns
from stanch.screening.index.vocabulary import as_bytes
from stanch.screening.index.words import Query, Words, query
from stanch.screening.kernels.align import COMPLETE, IDENTICAL, LEGAL, MOST, PARTICLE, TITLE
from stanch.screening.kernels.gather import gather
from stanch.screening.kernels.score import score
from stanch.screening.kernels.syllables import korean
from stanch.screening.names.analysis import Analysis, analyse, parted
from stanch.screening.names.korean.parse import KoreanReading

Array = npt.NDArray[Any]

GATHERED: Final = 64  # rows that are scored in full for each reading of a query, and their equals
# What a row may reach beyond the words by which it was gathered: all of it is left, all the same,
# and a few words that lead nowhere by themselves.
SLACK: Final = COMPLETE + IDENTICAL + 3.0
COMMON: Final = 6000  # a word of so many names leads nowhere by itself
ACRONYM_COST: Final = 8.0  # decibans: many names have one acronym
_UNNAMED: Final = (LEGAL, PARTICLE, TITLE)  # words that lead to nobody
REVERSED: Final = 0.5  # decibans: surname first on one side and last on the other


@dataclass(frozen=True, slots=True)
class Match:
    """A listed name that a query's name may be. `row` is the word row, or the Korean reading."""

    entry: int
    name: int
    points: float
    row: int
    korean: bool
    sequence: int  # which word sequence, or which Korean reading, of `query`
    query: Analysis
    asked: Query | None = None  # the word sequence as it was looked up


class NameSearch:
    """Searches the arrays of index.build."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays, as built or as mapped from disk."""
        self.arrays = arrays
        self.words = Words(arrays)
        self.columns = Columns(arrays)
        parts = ("worth", "kind", "letters", "lengths")
        self.vocabulary = tuple(arrays[f"word_{part}"] for part in parts)
        self.listed = (arrays["row_offset"], arrays["row_word"])
        self._wholes = (arrays["whole_offset"], arrays["whole_letter"])
        self._sums = np.zeros(len(arrays["row_name"]), np.float32)
        self._slots = np.full(len(arrays["word_kind"]), -1, np.int32)
        sizes = np.zeros(len(arrays["word_kind"]), np.int64)
        sizes[: len(arrays["post_offset"]) - 1] = np.diff(arrays["post_offset"])
        self._leading = ~np.isin(arrays["word_kind"], _UNNAMED) & (sizes <= COMMON)

    def search(self, text: str, families: int, least: float) -> list[Match]:
        """The best match of each entry of `families` with `least` points or more, best first."""
        parts = parted(text, families)
        if len(parts) > 1:
            return best(match for part in parts for match in self.search(part, families, least))
        name = analyse(text, families)
        found = self._by_words(name, families, least)
        return best(found + self._by_syllables(name, families, least))

    def learn(self, names: Iterable[Analysis]) -> None:
        """Look all words of many names up at once, which is faster than name by name."""
        wanted: dict[str, None] = {}
        for name in names:
            for sequence, plain in sequences_of(name):
                wanted.update(dict.fromkeys(sequence[:MOST]))
                wanted.update(dict.fromkeys(runs(plain)))
        self.words.learn(wanted)

    def query(self, sequence: Sequence[str], plain: Sequence[str]) -> Query:
        """A word sequence of a name made ready for the kernels."""
        words = sequence[:MOST]
        return query(words, as_bytes(words), sorted(runs(plain)), self.words)

    def row_words(self, row: int) -> Array:
        """The vocabulary's numbers of the words of one listed row, as far as they take part."""
        offsets, words = self.listed
        return words[offsets[row] : min(offsets[row + 1], offsets[row] + MOST)]

    def _by_words(self, name: Analysis, families: int, least: float) -> list[Match]:
        found = []
        for number, (sequence, plain) in enumerate(sequences_of(name)):
            asked = self.query(sequence, plain)
            rows = self._gathered(asked, families, least)
            if name.is_korean:  # syllables tell Korean names apart better than letters do
                rows = rows[~self.arrays["name_korean"][self.arrays["row_name"][rows]]]
            written = np.frombuffer(whole(plain), np.uint8), *self._wholes
            points = score(
                rows, asked.sides, asked.candidates, self.vocabulary, self.listed, written, self._slots
            )  # fmt: skip
            points -= ACRONYM_COST * self.arrays["row_acronym"][rows]
            for at in np.flatnonzero(points >= least):
                row = int(rows[at])
                listed = int(self.arrays["row_name"][row])
                entry = int(self.arrays["name_entry"][listed])
                found.append(
                    Match(entry, listed, float(points[at]), row, False, number, name, asked)
                )
        return found

    def _gathered(self, asked: Query, families: int, least: float) -> Array:
        words, _, gains = asked.candidates
        words = np.concatenate([words, asked.runs[0]])
        gains = np.concatenate([gains, asked.runs[1]])
        leading = self._leading[words]
        if leading.any():
            words, gains = words[leading], gains[leading]
        post = self.arrays["post_offset"], self.arrays["post_row"]
        rows = gather(words, gains, *post, self._sums, GATHERED, least - SLACK)
        fits: Array = rows[(self.arrays["row_family"][rows] & families) != 0]
        return fits

    def _by_syllables(self, name: Analysis, families: int, least: float) -> list[Match]:
        found = []
        for number, reading in enumerate(name.korean):
            for listed, place, points in self._korean(reading, least):
                entry = int(self.arrays["name_entry"][listed])
                if self.arrays["entry_family"][entry] & families:
                    turned = bool(self.arrays["korean_first"][place]) != reading.first
                    value = points - reading.doubt - (REVERSED if turned else 0.0)
                    found.append(Match(entry, listed, value, place, True, number, name))
        return found

    def _korean(self, reading: KoreanReading, least: float) -> Iterator[tuple[int, int, float]]:
        """Name, place of its reading, and points, before doubt and order are taken off."""
        arrays = self.arrays
        given = np.stack([self.columns.column(part) for part in reading.given])
        names, places, points = korean(
            self.columns.column(reading.surname), given, arrays["korean_start"],
            arrays["korean_count"], arrays["korean_syllable"], arrays["korean_name"],
            arrays["korean_doubt"], least + reading.doubt,
        )  # fmt: skip
        return zip(names.tolist(), places.tolist(), points.tolist(), strict=True)


def sequences_of(name: Analysis) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The word sequences of a name, each with what it was before concepts took words' places."""
    return list(zip(name.sequences, name.plain, strict=True))


def best(matches: Iterable[Match]) -> list[Match]:
    """The best match of each entry, best first; of equals the one of the name listed first."""
    found: dict[int, Match] = {}
    for match in matches:
        known = found.get(match.entry)
        if known is None or (-match.points, match.name) < (-known.points, known.name):
            found[match.entry] = match
    return sorted(found.values(), key=lambda match: (-match.points, match.entry))
