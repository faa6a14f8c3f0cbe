"""Which listed words a query's words may be, and what it says if they are."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.index.vocabulary import COMMON_GIVEN, UNSEEN, Spelled, spelled
from stanch.screening.kernels import align
from stanch.screening.kernels.edit import WIDTH
from stanch.screening.kernels.similar import LEAST_GAIN, LIMIT, SHARES, similar
from stanch.screening.names import lexicon

Array = npt.NDArray[Any]

KEPT: Final = 1 << 15  # words that are remembered


class Words:
    """Looks words up in the vocabulary, many at once, and keeps what it found under a number.

    `store` has, by that number: where its candidates begin and end, and for all candidates the
    listed word and what it says; then the word's worth, kind, letters and length.
    """

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays of index.vocabulary."""
        self._arrays = arrays
        self._numbers: dict[str, int] = {}
        parts = ("letters", "lengths", "sounds", "sound_lengths")
        self._vocabulary = tuple(arrays[f"word_{part}"] for part in parts)
        self._traits = tuple(arrays[f"word_{part}"] for part in ("kind", "pinyin", "given"))
        self._table = tuple(arrays[name] for name in ("key", "key_word", "key_bucket"))
        self._kin = _Kin(arrays)
        self._parts = _parts()

    @property
    def store(self) -> tuple[Array, ...]:
        """The arrays by number, as kernels.batch takes them."""
        return tuple(part.array for part in self._parts)

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The numbers of words that were learnt."""
        known = self._numbers
        return [known[word] for word in words]

    def learn(self, words: Iterable[str]) -> None:
        """Look up those of `words` that are not known yet, in one go.

        Numbers hold until the next call: when too many words are kept, all are forgotten.
        """
        asked = list(dict.fromkeys(words))
        new = [word for word in asked if word not in self._numbers]
        if len(self._numbers) + len(new) > KEPT:
            self._numbers, self._parts, new = {}, _parts(), asked
        if new:
            self._numbers |= {word: number for number, word in enumerate(new, len(self._numbers))}
            self._keep(new)

    def side(self, words: Sequence[str]) -> tuple[Array, Array, Array, Array]:
        """Words as a side of kernels.align."""
        self.learn(words)
        numbers = self.numbers(words)
        worth, kinds, letters, lengths = (part[numbers] for part in self.store[3:])
        return worth, kinds, letters, lengths

    def gains(self, words: Sequence[str], row: Array) -> Array:
        """What each of `words` says for each listed word of `row`: the matrix of kernels.score."""
        self.learn(words)
        spans, ids, gains = self.store[:3]
        found = np.zeros((len(words), len(row)), np.float32)
        for place, number in enumerate(self.numbers(words)):
            span = slice(*spans[number])
            for column, other in enumerate(row):
                found[place, column] = gains[span][ids[span] == other].max(initial=0.0)
        return found

    def text(self, word: int) -> str:
        """The vocabulary's word of this number; long ones are cut as the vocabulary cuts them."""
        letters = self._arrays["word_letters"][word, : self._arrays["word_lengths"][word]]
        return bytes(letters).decode()

    def _keep(self, new: Sequence[str]) -> None:
        asked = spelled(new)
        known = self._table, self._vocabulary, self._traits
        starts, ids, costs = similar(asked.letters, asked.traits, *known)
        starts, ids, costs = self._kin.added(new, asked.traits[2], (starts, ids, costs))
        gains, same = self._gains(ids, costs)
        worths = self._worths(asked, starts, gains * same)
        good = gains > 0.0
        kept = np.concatenate([[0], np.cumsum(good)])[starts] + self._parts[1].size
        spans = np.stack([kept[:-1], kept[1:]], axis=1)
        found = (spans, self._arrays["word_means"][ids[good]], gains[good], worths)
        for part, array in zip(
            self._parts, (*found, asked.traits[0], *asked.letters[:2]), strict=True
        ):
            part.extend(array)

    def _gains(self, ids: Array, costs: Array) -> tuple[Array, Array]:
        """What each candidate says, 0 where too little, and which are the very word asked for."""
        kinds = self._traits[0][ids]
        gains = self._arrays["word_worth"][ids] * (1.0 - SHARES[kinds] * costs / LIMIT)
        gains[(gains < LEAST_GAIN) & (kinds == align.CORE)] = 0.0
        return gains.astype(np.float32), (costs == 0.0) & (kinds != align.JOINED)

    def _worths(self, asked: Spelled, starts: Array, same: Array) -> Array:
        """What each word is worth: as much as the listed one that it is, or as an unseen one."""
        kinds, _, given = asked.traits
        worths = UNSEEN[kinds]
        worths[given] = COMMON_GIVEN
        some = np.flatnonzero(np.diff(starts))
        if len(some):
            most = np.maximum.reduceat(same, starts[some])
            worths[some[most > 0.0]] = most[most > 0.0]
        return worths


class _Growing:
    """An array that grows by doubling."""

    def __init__(self, shape: tuple[int, ...], kind: type) -> None:
        self._held: Array = np.empty((1024, *shape), kind)
        self.size = 0

    @property
    def array(self) -> Array:
        return self._held[: self.size]

    def extend(self, more: Array) -> None:
        while self.size + len(more) > len(self._held):
            self._held = np.concatenate([self._held, np.empty_like(self._held)])
        self._held[self.size : self.size + len(more)] = more
        self.size += len(more)


def _parts() -> tuple[_Growing, ...]:
    shapes = (((2,), np.int64), ((), np.int32), ((), np.float32), ((), np.float32))
    rest = (((), np.uint8), ((WIDTH,), np.uint8), ((), np.int64))
    return tuple(_Growing(shape, kind) for shape, kind in (*shapes, *rest))


class _Kin:
    """The listed words that are other spellings and forms of a given name."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        names = bytes(arrays["kin_name"]).decode().split("\n")
        self._place = {name: place for place, name in enumerate(names) if name}
        self._start, self._word = arrays["kin_start"], arrays["kin_word"]
        self._letters, self._lengths = arrays["word_letters"], arrays["word_lengths"]

    def added(
        self, words: Sequence[str], given: Array, found: tuple[Array, Array, Array]
    ) -> tuple[Array, Array, Array]:
        """`found` (starts, ids, costs) with these added to the words that are `given` names, or
        made cheaper where they are among them.
        """
        if not given.any():
            return found
        starts, ids, costs = found
        all_ids, all_costs, sizes, done = [], [], np.diff(starts), 0
        for place in np.flatnonzero(given).tolist():
            start, end = starts[place : place + 2].tolist()
            mine, theirs = self._with(words[place], ids[start:end], costs[start:end])
            all_ids += [ids[done:start], mine]
            all_costs += [costs[done:start], theirs]
            sizes[place], done = len(mine), end
        all_ids.append(ids[done:])
        all_costs.append(costs[done:])
        offsets = np.concatenate([[0], np.cumsum(sizes)])
        return offsets, np.concatenate(all_ids), np.concatenate(all_costs)

    def _with(self, word: str, ids: Array, costs: Array) -> tuple[Array, Array]:
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
