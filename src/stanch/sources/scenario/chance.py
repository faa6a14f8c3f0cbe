"""Seeded chance without a transcendental function, so that machines agree to the last bit."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

_Option = TypeVar("_Option")

_BLOCK = 4_096


class Chance:
    """Draws from PCG64 for a story told step by step; uniform numbers are drawn in blocks.

    Skewed draws multiply uniform numbers, which IEEE 754 rounds the same way everywhere;
    `pow` and `log` differ between processors.
    """

    def __init__(self, seed: int) -> None:
        """Start the stream that belongs to `seed`."""
        self._generator = np.random.Generator(np.random.PCG64(seed))
        self._drawn: list[float] = []

    def uniform(self) -> float:
        """A number in [0, 1)."""
        if not self._drawn:
            self._drawn = self._generator.random(_BLOCK).tolist()
        return self._drawn.pop()

    def below(self, count: int) -> int:
        """An integer in [0, count), each as likely."""
        return int(self.uniform() * count)

    def between(self, low: int, high: int) -> int:
        """An integer in [low, high], each as likely (to 53 bits)."""
        return low + int(self.uniform() * (high - low + 1))

    def ranked(self, count: int) -> int:
        """A rank in [0, count) with probability falling as rank^(-2/3), low ranks first.

        Degrees drawn so follow a power law with exponent 2.5, as in payment networks.
        """
        value = self.uniform()
        return int(value * value * value * count)

    def amount(self, low: int, high: int) -> int:
        """A human amount in [10^low, 10^high): two or three digits and zeros, any magnitude.

        Every power of ten is as likely, so that large sums are rare and small ones many.
        """
        exponent = self.between(low, high - 1)
        digits = self.between(100, 999) if self.below(3) else 10 * self.between(10, 99)
        return int(digits * 10**exponent // 100)

    def chosen(self, options: Sequence[_Option]) -> _Option:
        """One of `options`, each as likely."""
        return options[self.below(len(options))]
