"""What private matching must come to, said with plain sets that nobody in truth has together."""

from collections import Counter
from collections.abc import Mapping


def both(one: set[str], other: set[str]) -> set[str]:
    return one & other


def at_least(sets: Mapping[str, set[str]], k: int) -> dict[str, set[str]]:
    """For each member those of its own items that at least k members hold."""
    holders = Counter(item for each in sets.values() for item in each)
    return {member: {item for item in each if holders[item] >= k} for member, each in sets.items()}
