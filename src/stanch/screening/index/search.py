"""The name search: candidates by words and by Korean syllables, scored, the best of each entry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.index.build import WEAK_COST, ragged, runs, whole
from stanch.screening.index.columns import Columns
from stanch.screening.index.koreans import SCRIPTS
from stanch.screening.index.words import Words
from stanch.screening.kernels import batch
from stanch.screening.kernels.align import INITIAL, LEGAL, MOST, PARTICLE, TITLE
from stanch.screening.kernels.syllables import korean
from stanch.screening.kernels.whole import sketches
from stanch.screening.names import fold
from stanch.screening.names.analysis import Analysis, analyse, parted
from stanch.screening.names.korean import parse
from stanch.screening.names.korean.parse import KoreanReading

Array = npt.NDArray[Any]

GATHERED: Final = 64  # rows that are scored in full for each reading of a query, and their equals
MOST_READ: Final = 512  # Korean readings of listed names, the best of one reading of a query
COMMON: Final = 6000  # a word of so many names leads nowhere by itself
REVERSED: Final = 0.5  # decibans: surname first on one side and last on the other
CROSSED: Final = 0.25  # and another script: of equals the name in the same script is shown
_READ_JOINED: Final = 2  # sequences of a name that are looked up without blanks too
_UNNAMED: Final = (LEGAL, PARTICLE, TITLE)  # words that lead to nobody
_VOCABULARY: Final = ("worth", "kind", "letters", "lengths")


@dataclass(frozen=True, slots=True)
class Asked:
    """One name to search: which families of entries, and how many points are enough."""

    text: str
    families: int
    least: float


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


@dataclass(frozen=True, slots=True)
class _Sequence:
    """One word sequence of one name that is asked for, by the places of both."""

    asked: int
    number: int
    query: Analysis
    least: float
    families: int

    @property
    def words(self) -> tuple[str, ...]:
        return self.query.sequences[self.number][:MOST]

    @property
    def plain(self) -> tuple[str, ...]:
        return self.query.plain[self.number]


class NameSearch:
    """Searches the arrays of index.build."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays, as built or as mapped from disk."""
        fold.warmed()
        parse.warmed()
        self.arrays = arrays
        self.words = Words(arrays)
        self.columns = Columns(arrays)
        self.vocabulary = tuple(arrays[f"word_{part}"] for part in _VOCABULARY)
        self.listed = (arrays["row_offset"], arrays["row_word"])
        sizes = np.zeros(len(arrays["word_kind"]), np.int64)
        sizes[: len(arrays["post_offset"]) - 1] = np.diff(arrays["post_offset"])
        leading = ~np.isin(arrays["word_kind"], _UNNAMED) & (sizes <= COMMON)
        wholes = (arrays["whole_offset"], arrays["whole_letter"])
        postings = (arrays["post_offset"], arrays["post_row"])
        self._index = (self.vocabulary, self.listed, wholes, postings, leading)
        named = leading & (arrays["word_kind"] != INITIAL)
        before = np.concatenate([[0], np.cumsum(named[arrays["row_word"]])])
        sizes = np.diff(before[arrays["row_offset"]])
        rows_of = (arrays["row_family"], arrays["row_korean"], arrays["row_cost"])
        self._rows_of = (*rows_of, sizes, sketches(*wholes))
        rows = len(arrays["row_name"])
        self._scratch = (
            np.zeros(rows, np.float32),
            np.zeros(rows, np.uint8),
            np.full(len(arrays["word_kind"]), -1, np.int32),
        )

    def search(self, names: Sequence[Asked]) -> list[list[Match]]:
        """For each name the best match of each entry that reaches its least points, best first."""
        found: list[list[Match]] = [[] for _ in names]
        sequences: list[_Sequence] = []
        for place, asked in enumerate(names):
            for part in parted(asked.text, asked.families):
                query = analyse(part, asked.families)
                found[place] += self._by_syllables(query, asked)
                sequences += (
                    _Sequence(place, number, query, asked.least, asked.families)
                    for number in range(len(query.sequences))
                )
        for place, match in self._by_words(sequences):
            found[place].append(match)
        return [best(matches) for matches in found]

    def row_words(self, row: int) -> Array:
        """The vocabulary's numbers of the words of one listed row, as far as they take part."""
        offsets, words = self.listed
        return words[offsets[row] : min(offsets[row + 1], offsets[row] + MOST)]

    def _by_words(self, sequences: Sequence[_Sequence]) -> Iterator[tuple[int, Match]]:
        """Matches by words, with the place of the name that they are for."""
        words = [each.words for each in sequences]
        joined = [
            sorted(runs(each.plain)) if each.number < _READ_JOINED else [] for each in sequences
        ]
        self.words.learn(word for each in (*words, *joined) for word in each)
        letters = [whole(each.plain) for each in sequences]
        starts = np.cumsum([0, *map(len, letters)])
        queries = (
            *ragged([self.words.numbers(each) for each in words], np.int32),
            *ragged([self.words.numbers(each) for each in joined], np.int32),
            starts,
            np.frombuffer(bytearray(b"".join(letters)), np.uint8),
            np.array([each.families for each in sequences], np.uint8),
            np.array([each.query.is_korean for each in sequences], np.bool_),
            np.array([each.least for each in sequences], np.float32),
        )
        known = self.words.store, self._index, self._rows_of
        found = batch.search(queries, *known, self._scratch, GATHERED)
        for number, row, points in zip(*(part.tolist() for part in found), strict=True):
            each = sequences[number]
            listed = int(self.arrays["row_name"][row])
            entry = int(self.arrays["name_entry"][listed])
            match = Match(entry, listed, points, row, False, each.number, each.query)
            yield each.asked, match

    def _by_syllables(self, name: Analysis, asked: Asked) -> Iterator[Match]:
        families, entries = self.arrays["entry_family"], self.arrays["name_entry"]
        weak = self.arrays["name_weak"]
        for number, reading in enumerate(name.korean):
            for listed, place, points in self._korean(reading, asked.least):
                entry = int(entries[listed])
                if families[entry] & asked.families:
                    value = points - self.asides(reading, place) - WEAK_COST * bool(weak[listed])
                    yield Match(entry, listed, value, place, True, number, name)

    def asides(self, reading: KoreanReading, place: int) -> float:
        """What order, script and doubt of the query's reading take off the points."""
        turned = bool(self.arrays["korean_first"][place]) != reading.first
        return reading.doubt + REVERSED * turned + CROSSED * self.crosses(reading, place)

    def crosses(self, reading: KoreanReading, place: int) -> bool:
        """Whether the listed reading at `place` is of another script than the query's."""
        listed = SCRIPTS[self.arrays["korean_script"][place]]
        return listed != reading.surname.script

    def _korean(self, reading: KoreanReading, least: float) -> Iterator[tuple[int, int, float]]:
        """Name, place of its reading, and points, before doubt and order are taken off."""
        arrays = self.arrays
        given = np.stack([self.columns.column(part) for part in reading.given])
        names, places, points = korean(
            self.columns.column(reading.surname), given, arrays["korean_start"],
            arrays["korean_count"], arrays["korean_syllable"], arrays["korean_name"],
            arrays["korean_doubt"], least + reading.doubt,
        )  # fmt: skip
        if len(points) > MOST_READ:  # only where next to nothing is enough
            kept = np.argsort(-points, kind="stable")[:MOST_READ]
            names, places, points = names[kept], places[kept], points[kept]
        return zip(names.tolist(), places.tolist(), points.tolist(), strict=True)


def best(matches: Iterable[Match]) -> list[Match]:
    """The best match of each entry, best first; of equals the one of the name listed first."""
    found: dict[int, Match] = {}
    for match in matches:
        known = found.get(match.entry)
        if known is None or (-match.points, match.name) < (-known.points, known.name):
            found[match.entry] = match
    return sorted(found.values(), key=lambda match: (-match.points, match.entry))
