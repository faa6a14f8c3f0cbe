"""Who shares something: crowds of people drawn from a set, such as homes, halls and agencies."""

from dataclasses import dataclass

import numpy as np

from stanch.sources.personas_scenario.chance import Chance, Int


@dataclass(frozen=True, slots=True)
class Crowds:
    """`member` are people; `crowd` numbers the crowd of each, from 0."""

    member: Int
    crowd: Int


def crowds(chance: Chance, name: str, people: Int, share: float, sizes: tuple[int, ...]) -> Crowds:
    """A `share` of `people` in crowds of one of `sizes`, each size as likely."""
    shuffled = people[np.argsort(chance.words(name, people), kind="stable")]
    count = min(len(people), round(share * len(people)))
    enough = np.arange(count // min(sizes) + 1)
    size = np.array(sizes)[chance.below(f"{name}:size", len(sizes), enough)]
    return Crowds(shuffled[:count], np.repeat(enough, size)[:count])


def sizes_to(total: int, drawn: Int) -> Int:
    """The first of the `drawn` sizes that add up to `total`, the last one cut to fit."""
    ends = np.cumsum(drawn)
    count = int(np.searchsorted(ends, total)) + 1 if total else 0
    sizes = drawn[:count].copy()
    if count:
        sizes[-1] -= int(ends[count - 1]) - total
    return sizes
