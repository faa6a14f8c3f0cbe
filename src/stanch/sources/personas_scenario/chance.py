"""Chance as a function of a seed, a name and numbers: nothing is drawn in an order.

Any value can be made where it is needed, for a million rows at once or for one, and is the same:
SplitMix64's finaliser (Steele, Lea, Flood 2014) over 64-bit integers, which every machine rounds
alike because nothing is rounded.
"""

from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
Int = npt.NDArray[np.int64]
Flag = npt.NDArray[np.bool_]

_ADD: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)


def mixed(values: U64) -> U64:
    """Each word as another word, one to one, without a pattern."""
    words = values + _ADD
    words = (words ^ (words >> np.uint64(30))) * _FIRST
    words = (words ^ (words >> np.uint64(27))) * _SECOND
    return np.asarray(words ^ (words >> np.uint64(31)), np.uint64)


class Chance:
    """Words, numbers and yes or no, by the name of what is asked and numbers of whom."""

    def __init__(self, seed: int) -> None:
        """Everything of one `seed`."""
        self._seed = seed

    def words(self, name: str, *numbers: Int | U64) -> U64:
        """64 random bits for each row of `numbers`, arrays of one length."""
        text = f"{self._seed}:{name}".encode()
        start = int.from_bytes(blake2b(text, digest_size=8).digest(), "little")
        word = np.full(1, start, np.uint64)
        for each in numbers:
            word = mixed(word ^ mixed(np.asarray(each).astype(np.uint64)))
        return word

    def below(self, name: str, count: int | Int, *numbers: Int | U64) -> Int:
        """Integers in [0, count), each as likely; `count` is below 2^32."""
        high = self.words(name, *numbers) >> np.uint64(32)
        return ((high * np.asarray(count).astype(np.uint64)) >> np.uint64(32)).astype(np.int64)

    def happens(
        self, name: str, share: float | npt.NDArray[np.float64], *numbers: Int | U64
    ) -> Flag:
        """True for a `share` of the rows, one share or one for each row."""
        uniform = (self.words(name, *numbers) >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return np.asarray(uniform < share)

    def weighted(self, name: str, weights: Int, *numbers: Int | U64) -> Int:
        """Indices into `weights`, whole numbers, each as likely as its weight."""
        ends = np.cumsum(weights)
        drawn = self.below(name, int(ends[-1]), *numbers)
        return np.searchsorted(ends, drawn, side="right").astype(np.int64)
