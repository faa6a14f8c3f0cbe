"""Which listed words a query's words may be, and what it says if they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.index.vocabulary import (
    COMMON_GIVEN,
    SHARED,
    UNSEEN_WORTH,
    WORTH,
    spelled,
)
from stanch.screening.kernels import align
from stanch.screening.kernels.similar import LEAST_GAIN, LIMIT, SHARES, similar
from stanch.screening.names import lexicon

Array = npt.NDArray[Any]

KEPT: Final = 1 << 15  # words that are remembered

_NONE: Final = np.empty(0, np.int32)
_NOTHING: Final = np.empty(0, np.float32)


@dataclass(frozen=True, slots=True)
class Found:
    """A query's word: its kind and worth, and the listed words it may be with what each says."""

    kind: int
    worth: float
    words: Array
    gains: Array


class Words:
    """Looks words up in the vocabulary, many at once, and remembers what it found."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays of index.vocabulary."""
        self._arrays = arrays
        self._known: dict[str, Found] = {}
        parts = ("letters", "lengths", "sounds", "sound_lengths")
        self._vocabulary = tuple(arrays[f"word_{part}"] for part in parts)
        self._traits = tuple(arrays[f"word_{part}"] for part in ("kind", "pinyin", "given"))
        self._kin = _Kin(arrays)

    def find(self, word: str) -> Found:
        """What `word`, folded and Latin or a concept, may be."""
        if word not in self._known:
            self.learn((word,))
        return self._known[word]

    def learn(self, words: Iterable[str]) -> None:
        """Look up those of `words` that are not known yet, in one go."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if not new:
            return
        if len(self._known) + len(new) > KEPT:
            self._known.clear()
        asked = spelled(new)
        table = self._arrays["key"], self._arrays["key_word"]
        starts, ids, costs = similar(
            asked.letters, asked.traits, table, self._vocabulary, self._traits
        )
        kinds, given = asked.traits[0].tolist(), asked.traits[2].tolist()
        gains, same = self._gains(ids, costs)
        for place, word in enumerate(new):
            span = slice(starts[place], starts[place + 1])
            if given[place]:
                mine, theirs = self._kin.added(word, ids[span], costs[span])
                found = self._found(kinds[place], True, mine, *self._gains(mine, theirs))
            else:
                found = self._found(kinds[place], False, ids[span], gains[span], same[span])
            self._known[word] = found

    def text(self, word: int) -> str:
        """The vocabulary's word of this number; long ones are cut as the vocabulary cuts them."""
        letters = self._arrays["word_letters"][word, : self._arrays["word_lengths"][word]]
        return bytes(letters).decode()

    def _gains(self, ids: Array, costs: Array) -> tuple[Array, Array]:
        """What each candidate says, 0 where too little, and which are the very word asked for."""
        kinds = self._traits[0][ids]
        gains = self._arrays["word_worth"][ids] * (1.0 - SHARES[kinds] * costs / LIMIT)
        gains[(gains < LEAST_GAIN) & (kinds == align.CORE)] = 0.0
        return gains.astype(np.float32), (costs == 0.0) & (kinds != align.JOINED)

    def _found(self, kind: int, given: bool, ids: Array, gains: Array, same: Array) -> Found:
        value = float(gains[same].max()) if same.any() else _unseen(kind, given)
        good = gains > 0.0
        return Found(kind, value, self._arrays["word_means"][ids[good]], gains[good])


class _Kin:
    """The listed words that are other spellings and forms of a given name."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        names = bytes(arrays["kin_name"]).decode().split("\n")
        self._place = {name: place for place, name in enumerate(names) if name}
        self._start, self._word = arrays["kin_start"], arrays["kin_word"]
        self._letters, self._lengths = arrays["word_letters"], arrays["word_lengths"]

    def added(self, word: str, ids: Array, costs: Array) -> tuple[Array, Array]:
        """The candidates of `word` with these added, or made cheaper where they are among them."""
        known = dict(zip(ids.tolist(), costs.tolist(), strict=True))
        for family in lexicon.families(word):
            if (place := self._place.get(family)) is None:
                continue
            for other in self._word[self._start[place] : self._start[place + 1]].tolist():
                text = bytes(self._letters[other, : self._lengths[other]]).decode()
                cost = 0.0 if text == word else lexicon.given_cost(word, text)
                if cost is not None:
                    known[other] = min(known.get(other, LIMIT), cost)
        return np.array(list(known), np.int32), np.array(list(known.values()), np.float32)


def _unseen(kind: int, given: bool) -> float:
    """What a word is worth that no listed name has."""
    if kind in (align.GENERIC, align.PLACE):
        return SHARED[2]
    return WORTH.get(kind, COMMON_GIVEN if given else UNSEEN_WORTH)


@dataclass(frozen=True, slots=True)
class Query:
    """A sequence of words made ready for the kernels."""

    words: tuple[str, ...]
    sides: tuple[Array, Array, Array, Array]  # worth, kinds, letters, lengths
    candidates: tuple[Array, Array, Array]  # listed word, query word, gain
    runs: tuple[Array, Array]  # listed runs of words that the query's runs may be, and gains


def query(
    words: Sequence[str], letters: tuple[Array, Array], runs: Sequence[str], known: Words
) -> Query:
    """Look all `words` and `runs` of a query up; `letters` are the words as bytes."""
    found = [known.find(word) for word in words]
    sides = (
        np.array([each.worth for each in found], np.float32),
        np.array([each.kind for each in found], np.uint8),
        *letters,
    )
    return Query(tuple(words), sides, _candidates(found), _runs([known.find(run) for run in runs]))


def _candidates(found: Sequence[Found]) -> tuple[Array, Array, Array]:
    if not found:
        return _NONE, _NONE, _NOTHING
    return (
        np.concatenate([each.words for each in found]),
        np.repeat(np.arange(len(found), dtype=np.int32), [len(each.words) for each in found]),
        np.concatenate([each.gains for each in found]),
    )


def _runs(found: Sequence[Found]) -> tuple[Array, Array]:
    if not found:
        return _NONE, _NOTHING
    words = np.concatenate([each.words for each in found])
    return words, np.concatenate([each.gains for each in found])
