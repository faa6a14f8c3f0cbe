"""Which listed words a query's word may be, and what it says if it is one of them."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.index.vocabulary import (
    COMMON_GIVEN,
    JOINED,
    SHARED,
    UNSEEN_WORTH,
    WORTH,
    as_bytes,
)
from stanch.screening.kernels import align
from stanch.screening.kernels.keys import word_keys
from stanch.screening.kernels.similar import similar
from stanch.screening.names import lexicon
from stanch.screening.names.han.pinyin import is_pinyin
from stanch.screening.names.sound import bones, sounded

Array = npt.NDArray[Any]

LIMIT: Final = 8.0  # decibans: a word that costs more is another word
# By the listed word's kind; a common word must be one swap or one doubled letter away.
LIMITS: Final = np.array([LIMIT, 4.5, 4.5, 4.5, 0.0, 0.0, 0.0, LIMIT, 0.0], np.float32)
KEPT: Final = 1 << 15  # words that are remembered
PINYIN_COST: Final = 5.0
ANOTHER_NAME: Final = 5.0  # a slip seldom turns one known given name into another
_LEAST_GAIN: Final = 1.0
# How much of a word's worth is gone at the limit, by kind: a misspelt common word still is common.
FORM_SHARE: Final = np.array([0.8, 0.3, 0.3, 0.3, 0.3, 1.0, 1.0, 0.8, 0.3], np.float32)


@dataclass(frozen=True, slots=True)
class Found:
    """A query's word: its kind and worth, and the listed words it may be with what each says."""

    kind: int
    worth: float
    words: Array
    gains: Array


class Words:
    """Looks words up in the vocabulary and remembers what it found."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays of index.vocabulary."""
        self._arrays = arrays
        self._known: OrderedDict[str, Found] = OrderedDict()
        self._rare = arrays["word_worth"]
        self._kinds = arrays["word_kind"]
        names = bytes(arrays["kin_name"]).decode().split("\n")
        self._kin = {name: place for place, name in enumerate(names) if name}

    def find(self, word: str) -> Found:
        """What `word`, folded and Latin or a concept, may be."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._search(word)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return found

    def _search(self, word: str) -> Found:
        kind = lexicon.kind(word)
        ids, costs = self._with_kin(word, *self._similar(word))
        exact = costs == 0.0
        near = exact | ((kind == align.CORE) & (costs < LIMITS[self._kinds[ids]]))
        ids, costs, exact = ids[near], costs[near], exact[near]
        gains = self._rare[ids] * (1.0 - FORM_SHARE[self._kinds[ids]] * costs / LIMIT)
        good = gains >= np.where(self._kinds[ids] == align.CORE, _LEAST_GAIN, 0.0)
        same = exact & (self._kinds[ids] != JOINED)
        unseen = COMMON_GIVEN if lexicon.families(word) else UNSEEN_WORTH
        value = (
            float(self._rare[ids[same]].max())
            if same.any()
            else WORTH.get(kind, SHARED[2] if kind in (align.GENERIC, align.PLACE) else unseen)
        )
        meant = self._arrays["word_means"][ids[good]]
        return Found(kind, value, meant, gains[good].astype(np.float32))

    def _with_kin(self, word: str, ids: Array, costs: Array) -> tuple[Array, Array]:
        """Add the other spellings and forms of a given name, and put other given names apart."""
        families = lexicon.families(word)
        if not families:
            return ids, costs
        other = (costs > 0.0) & self._arrays["word_given"][ids]
        costs = costs + np.where(other, ANOTHER_NAME, 0.0).astype(np.float32)
        kin = [self._kin[name] for name in families if name in self._kin]
        start, words = self._arrays["kin_start"], self._arrays["kin_word"]
        known = dict(zip(ids.tolist(), costs.tolist(), strict=True))
        for place in kin:
            for other in words[start[place] : start[place + 1]].tolist():
                cost = lexicon.given_cost(word, self.text(other))
                if cost is not None:
                    known[other] = min(known.get(other, LIMIT), cost)
        known = {other: cost for other, cost in known.items() if cost < LIMIT}
        return np.array(list(known), np.int32), np.array(list(known.values()), np.float32)

    def text(self, word: int) -> str:
        """The vocabulary's word of this number; long ones are cut as the vocabulary cuts them."""
        letters = self._arrays["word_letters"][word, : self._arrays["word_lengths"][word]]
        return bytes(letters).decode()

    def _similar(self, word: str) -> tuple[Array, Array]:
        heard = word if word.startswith(lexicon.MARK) else sounded(word)
        letters, lengths = as_bytes([word, heard, bones(heard)])
        plain, sound, bare = (letters[row, : lengths[row]] for row in range(3))
        arrays = self._arrays
        ids, costs = similar(
            word_keys(plain, bare), arrays["key"], arrays["key_word"],
            arrays["word_letters"], arrays["word_lengths"],
            arrays["word_sounds"], arrays["word_sound_lengths"], plain, sound, LIMIT,
        )  # fmt: skip
        if is_pinyin(word):  # in pinyin another letter is another syllable
            costs = costs + np.where((costs > 0.0) & arrays["word_pinyin"][ids], PINYIN_COST, 0.0)
        return ids, costs


@dataclass(frozen=True, slots=True)
class Query:
    """A sequence of words made ready for the kernels."""

    words: tuple[str, ...]
    sides: tuple[Array, Array, Array, Array]  # worth, kinds, letters, lengths
    candidates: tuple[Array, Array, Array]  # listed word, query word, gain
    runs: tuple[Array, Array]  # listed runs of words that the query's runs may be, and gains


def query(words: Sequence[str], runs: Sequence[str], known: Words) -> Query:
    """Look all `words` and `runs` of a query up."""
    words = tuple(words[: align.MOST])
    found = [known.find(word) for word in words]
    sides = (
        np.array([each.worth for each in found], np.float32),
        np.array([each.kind for each in found], np.uint8),
        *as_bytes(words),
    )
    return Query(words, sides, _candidates(found), _runs([known.find(run) for run in runs]))


def _candidates(found: Sequence[Found]) -> tuple[Array, Array, Array]:
    if not found:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
    return (
        np.concatenate([each.words for each in found]),
        np.repeat(np.arange(len(found), dtype=np.int32), [len(each.words) for each in found]),
        np.concatenate([each.gains for each in found]),
    )


def _runs(found: Sequence[Found]) -> tuple[Array, Array]:
    if not found:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    words = np.concatenate([each.words for each in found])
    return words, np.concatenate([each.gains for each in found])
