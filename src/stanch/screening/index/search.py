"""The name search: candidates by words and by Korean syllables, scored, the best of each entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.index.build import runs, whole
from stanch.screening.index.columns import Columns
from stanch.screening.index.words import Words, query
from stanch.screening.kernels.align import LEGAL, PARTICLE
from stanch.screening.kernels.gather import gather
from stanch.screening.kernels.score import score
from stanch.screening.kernels.syllables import korean
from stanch.screening.names.analysis import Analysis, analyse, parted

Array = npt.NDArray[Any]

GATHERED: Final = 96  # rows that are scored in full for each reading of a query
COMMON: Final = 6000  # a word of so many names leads nowhere by itself
REVERSED: Final = 0.5  # decibans: surname first on one side and last on the other


@dataclass(frozen=True, slots=True)
class Match:
    """A listed name that a query's name may be. `row` is the word row, or the Korean reading."""

    entry: int
    name: int
    points: float
    row: int
    korean: bool
    sequence: int  # which word sequence, or which Korean reading, of the query


class NameSearch:
    """Searches the arrays of index.build."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays, as built or as mapped from disk."""
        self.arrays = arrays
        self.words = Words(arrays)
        self.columns = Columns(arrays)
        self._sums = np.zeros(len(arrays["row_name"]), np.float32)
        self._slots = np.full(len(arrays["word_kind"]), -1, np.int32)
        self._sizes = np.diff(arrays["post_offset"])
        self._vocabulary = tuple(
            arrays[f"word_{part}"] for part in ("worth", "kind", "letters", "lengths")
        )
        self._listed = (arrays["row_offset"], arrays["row_word"])
        self._wholes = (arrays["whole_offset"], arrays["whole_letter"])

    def search(self, text: str, families: int, least: float) -> list[Match]:
        """The best match of each entry of `families` with `least` points or more, best first."""
        parts = parted(text)
        if len(parts) > 1:
            return merged([self.search(part, families, least) for part in parts])
        name = analyse(text, families)
        return merged(
            [self._by_words(name, families, least), self._by_syllables(name, families, least)]
        )

    def _by_words(self, name: Analysis, families: int, least: float) -> list[Match]:
        found = []
        for number, (sequence, plain) in enumerate(zip(name.sequences, name.plain, strict=True)):
            asked = query(sequence, sorted(runs(plain)), self.words)
            rows = self._gathered(asked, families)
            if name.is_korean:  # syllables tell Korean names apart better than letters do
                rows = rows[~self.arrays["name_korean"][self.arrays["row_name"][rows]]]
            written = np.frombuffer(whole(plain), np.uint8), *self._wholes
            points = score(
                rows,
                asked.sides,
                asked.candidates,
                self._vocabulary,
                self._listed,
                written,
                self._slots,
            )
            for at in np.flatnonzero(points >= least):
                row = int(rows[at])
                listed = int(self.arrays["row_name"][row])
                entry = int(self.arrays["name_entry"][listed])
                found.append(Match(entry, listed, float(points[at]), row, False, number))
        return found

    def _gathered(self, asked: Any, families: int) -> Array:
        words, _, gains = asked.candidates
        words, gains = (
            np.concatenate([words, asked.runs[0]]),
            np.concatenate([gains, asked.runs[1]]),
        )
        kinds = self.arrays["word_kind"][words]
        leading = (kinds != LEGAL) & (kinds != PARTICLE) & (self._sizes[words] <= COMMON)
        if leading.any():
            words, gains = words[leading], gains[leading]
        post = self.arrays["post_offset"], self.arrays["post_row"]
        rows = gather(words, gains, *post, self._sums, GATHERED)
        entries = self.arrays["name_entry"][self.arrays["row_name"][rows]]
        return rows[(self.arrays["entry_family"][entries] & families) != 0]

    def _by_syllables(self, name: Analysis, families: int, least: float) -> list[Match]:
        found = []
        arrays = self.arrays
        for number, reading in enumerate(name.korean):
            given = np.stack([self.columns.column(part) for part in reading.given])
            names, places, points = korean(
                self.columns.column(reading.surname), given, arrays["korean_start"],
                arrays["korean_count"], arrays["korean_syllable"], arrays["korean_name"],
                arrays["korean_doubt"], least + reading.doubt,
            )  # fmt: skip
            for listed, place, value in zip(
                names.tolist(), places.tolist(), points.tolist(), strict=True
            ):
                entry = int(arrays["name_entry"][listed])
                if arrays["entry_family"][entry] & families:
                    turned = (
                        REVERSED if bool(arrays["korean_first"][place]) != reading.first else 0.0
                    )
                    value -= reading.doubt + turned
                    found.append(Match(entry, listed, value, place, True, number))
        return found


def _keep(best: dict[int, Match], match: Match) -> None:
    known = best.get(match.entry)
    if known is None or match.points > known.points:
        best[match.entry] = match


def merged(matches: Sequence[Sequence[Match]]) -> list[Match]:
    """The best match of each entry over several searches, best first."""
    best: dict[int, Match] = {}
    for each in matches:
        for match in each:
            _keep(best, match)
    return sorted(best.values(), key=lambda match: (-match.points, match.entry))
