"""From chances to bits: one formula for every weight, in integers of millionths."""

import math
from typing import Final

BIT: Final = 1_000_000
# A piece of evidence that ties two personas of one operator is seen in one of four such pairs: so
# its absence says little, and its presence is worth two bits less than its rarity among strangers.
SEEN: Final = 2  # bits
# One pair of records in one person's hands for so many records: applications of which one in five
# is somebody's second one. It sets where a sum of bits begins, and so the bar.
RECORDS_PER_PAIR: Final = 10
CERTAIN: Final = 19  # to one: a link is made where nineteen in twenty such would be right


def microbits(bits: float) -> int:
    """Bits in millionths, to the nearest one."""
    return round(bits * BIT)


def bar(people: int) -> int:
    """Microbits from which two of so many records are taken for linked.

    The chance that two records drawn at random belong together is 2 / (RECORDS_PER_PAIR * people);
    the bar is what brings that to CERTAIN to one.
    """
    return microbits(math.log2(max(people, 2) * RECORDS_PER_PAIR / 2 * CERTAIN))


def rate(strangers: float, pairs: int, stated: int) -> float:
    """The chance that two strangers share it: what was stated (one in 2^stated, with the weight of
    one such case) and `strangers` that did among `pairs`.
    """
    return (strangers + 1) / (pairs + 2.0**stated)


def worth(chance: float) -> int:
    """Microbits of evidence that strangers share with such a chance; never below nothing."""
    return max(0, microbits(-math.log2(chance) - SEEN))


def tail(n: int, mean: float) -> float:
    """The chance of n or more of a Poisson variable, n from 1 on."""
    term = math.exp(-mean) * mean**n / math.factorial(n)
    total, k = 0.0, n
    while term > total * 1e-17 and k < n + 200:
        total += term
        k += 1
        term *= mean / k
    return total


def normal_tail(deviations: float) -> float:
    """The chance of a normal variable so many standard deviations below its mean, or further."""
    return math.erfc(-deviations / math.sqrt(2)) / 2
