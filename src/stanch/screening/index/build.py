"""From listed entries to the arrays that a search reads: plain arrays, to be mapped from disk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.model.listed import WEAK, Entry
from stanch.screening.index.koreans import Koreans
from stanch.screening.index.vocabulary import vocabulary
from stanch.screening.kernels.align import GENERIC, LEGAL, PARTICLE, PLACE, TITLE
from stanch.screening.kernels.edit import WIDTH
from stanch.screening.names import lexicon
from stanch.screening.names.analysis import Analysis, analyse, family, parted

Array = npt.NDArray[Any]

MOST_LETTERS: Final = 80  # of a name that is compared without its blanks
MOST_JOINED: Final = 5  # words that are filed as one run
WEAK_COST: Final = 2.0  # decibans: the list itself warns of such an alias
ACRONYM_COST: Final = 8.0  # decibans: many names have one acronym
_ACRONYM: Final = (3, 6)  # letters
_LEAST_RUN: Final = 5  # letters of two neighbours that are filed as one word


@dataclass(slots=True)
class Builder:
    """Takes entries one by one; `arrays` gives the whole."""

    families: list[int] = field(default_factory=list)
    name_entry: list[int] = field(default_factory=list)
    name_place: list[int] = field(default_factory=list)  # place among the entry's names
    name_weak: list[bool] = field(default_factory=list)
    row_name: list[int] = field(default_factory=list)
    rows: list[list[int]] = field(default_factory=list)
    wholes: list[bytes] = field(default_factory=list)
    acronyms: list[int] = field(default_factory=list)  # rows that are one of their name
    words: dict[str, int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    joined: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    koreans: Koreans = field(default_factory=Koreans)

    def add(self, entry: Entry) -> None:
        """Take the names of one entry."""
        number = len(self.families)
        families = family(entry.schema)
        self.families.append(families)
        for place, name in enumerate(entry.names):
            for text in parted(name.text, families):
                listed = len(self.name_entry)
                self.name_entry.append(number)
                self.name_place.append(place)
                self.name_weak.append(name.kind == WEAK)
                self._take(analyse(text, families), listed)

    def _take(self, name: Analysis, listed: int) -> None:
        for sequence, plain in zip(name.sequences, name.plain, strict=True):
            self._row(sequence, plain, listed)
            if letters := acronym(sequence, plain):
                self.acronyms.append(len(self.rows))
                self._row((letters,), (letters,), listed)
        self.koreans.add(name.korean, listed)

    def _row(self, sequence: Sequence[str], plain: Sequence[str], listed: int) -> None:
        for run in runs(plain):
            self.joined[run].append(len(self.rows))
        self.row_name.append(listed)
        self.rows.append([self._word(word) for word in sequence])
        self.wholes.append(whole(plain))

    def _word(self, word: str) -> int:
        number = self.words.setdefault(word, len(self.words))
        if number == len(self.counts):
            self.counts.append(0)
        self.counts[number] += 1
        return number

    def arrays(self) -> dict[str, Array]:
        """Everything, by name."""
        joined = list(self.joined)
        first = len(self.words)
        filed = self.rows_of_words() + [self.joined[run] for run in joined]
        offsets, words = ragged(self.rows, np.int32)
        posted, postings = ragged(filed, np.int32)
        assert first + len(joined) == len(posted) - 1
        return {
            "entry_family": np.array(self.families, np.uint8),
            "name_entry": np.array(self.name_entry, np.int32),
            "name_place": np.array(self.name_place, np.int32),
            "name_weak": np.array(self.name_weak, np.bool_),
            "row_name": np.array(self.row_name, np.int32),
            "row_family": np.array(
                [self.families[self.name_entry[name]] for name in self.row_name], np.uint8
            ),
            "row_cost": self._row_costs(),
            "row_offset": offsets,
            "row_word": words,
            "whole_offset": np.cumsum([0, *map(len, self.wholes)]),
            "whole_letter": np.frombuffer(b"".join(self.wholes), np.uint8),
            "row_korean": self.koreans.named(len(self.name_entry))[self.row_name],
            "post_offset": posted,
            "post_row": postings,
            **vocabulary(list(self.words), self.counts, joined, max(1, len(self.rows))),
            **self.koreans.arrays(),
        }

    def _row_costs(self) -> Array:
        out = np.array([WEAK_COST * self.name_weak[name] for name in self.row_name], np.float32)
        out[self.acronyms] += ACRONYM_COST
        return out

    def rows_of_words(self) -> list[list[int]]:
        """For each word the rows that hold it, each once."""
        out: list[list[int]] = [[] for _ in self.words]
        for row, words in enumerate(self.rows):
            for word in dict.fromkeys(words):
                out[word].append(row)
        return out


def whole(plain: Sequence[str]) -> bytes:
    """All letters of a name without blanks, at most MOST_LETTERS."""
    return "".join(plain).encode("ascii", "replace")[:MOST_LETTERS]


def acronym(sequence: Sequence[str], plain: Sequence[str]) -> str:
    """The initials of an organisation's name of three to six words: People's Liberation Army, PLA.

    Only names in which a common word stands (`sequence` has a concept) have one.
    """
    if not any(lexicon.kind(word) in (GENERIC, PLACE) for word in sequence):
        return ""
    initials = "".join(word[0] for word in plain if not _is_filler(word))
    return initials if _ACRONYM[0] <= len(initials) <= _ACRONYM[1] and initials.isalpha() else ""


def _is_filler(word: str) -> bool:
    """Whether a word lends no letter: of, and, the, Ltd."""
    concepts = lexicon.with_concepts((word,))
    return lexicon.kind(concepts[0]) in (LEGAL, PARTICLE, TITLE)


def runs(words: Sequence[str]) -> set[str]:
    """The runs of words under which a name is filed and looked up as if they were one word."""
    found = set()
    if 2 <= len(words) <= MOST_JOINED:
        found.add(lexicon.RUN + "".join(words)[:WIDTH])
    for one, two in pairwise(words):
        if len(one) + len(two) >= _LEAST_RUN:
            found.add(lexicon.RUN + (one + two)[:WIDTH])
    return found


def ragged(lists: Sequence[Sequence[int]], kind: type) -> tuple[Array, Array]:
    """Lists of numbers as one array, and where each begins (one more than there are lists)."""
    offsets = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(numbers) for numbers in lists], out=offsets[1:])
    flat: Array = np.fromiter(chain.from_iterable(lists), kind, int(offsets[-1]))
    return offsets, flat


def build(entries: Iterable[Entry]) -> dict[str, Array]:
    """The arrays of all `entries`, which keep their order."""
    builder = Builder()
    for entry in entries:
        builder.add(entry)
    return builder.arrays()
