"""Who shares values: all pairs of records compared, one by one; and what pieces count for.

The twin of `personas.evidence.shared` and of the sums of `personas.linking.score`.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations


def shared(rows: Sequence[tuple[int, int]], most: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each two records that share a value of at most `most` holders: how many, and the fewest
    holders of one.
    """
    held: dict[int, set[int]] = {}
    holders: dict[int, set[int]] = {}
    for record, key in rows:
        held.setdefault(record, set()).add(key)
        holders.setdefault(key, set()).add(record)
    found = {}
    for a, b in combinations(sorted(held), 2):
        both = [key for key in held[a] & held[b] if len(holders[key]) <= most]
        if both:
            found[a, b] = (len(both), min(len(holders[key]) for key in both))
    return found


def counted(
    pieces: Mapping[str, tuple[int, str, str]], level: str, farm_most: int
) -> dict[str, int]:
    """What pieces (full microbits, group, level) count for at a level."""
    said = {}
    left = farm_most
    for name in sorted(pieces, key=lambda each: (-pieces[each][0], each)):
        full, group, of = pieces[name]
        stronger = [
            each
            for each in pieces
            if pieces[each][1] == group and (-pieces[each][0], each) < (-full, name)
        ]
        bits = full
        for _ in stronger:
            bits //= 2
        if level == "operator" and of == "farm":
            bits = min(bits, left)
            left -= bits
        said[name] = bits
    return said
