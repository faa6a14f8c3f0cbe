"""Which asset on one side of a bridge is which on the other, learned from amounts.

An amount that occurs once on each side, the deposit before the withdrawal, speaks for its two
assets being one. What speaks for an asset most is taken; a single voice decides only where nothing
speaks for anything else. Amounts that are round speak too: they are rarely alone.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from stanch.ledger.bridges.ends import End


def same_assets(deposits: Sequence[End], withdrawals: Sequence[End]) -> dict[str, str]:
    """The asset on the far side of each asset that was deposited, where it can be told."""
    voices: Counter[tuple[str, str]] = Counter()
    left, right = _alone(deposits), _alone(withdrawals)
    for amount in left.keys() & right.keys():
        if left[amount].time < right[amount].time:
            voices[left[amount].asset, right[amount].asset] += 1
    found: dict[str, tuple[int, str]] = {}
    for (ours, theirs), count in sorted(voices.items()):
        if count > found.get(ours, (0, ""))[0]:
            found[ours] = (count, theirs)
    return {ours: theirs for ours, (_, theirs) in found.items()}


def _alone(ends: Sequence[End]) -> dict[int, End]:
    """The ends whose amount no other end of that side has, by amount."""
    by_amount: defaultdict[int, list[End]] = defaultdict(list)
    for each in ends:
        by_amount[each.amount].append(each)
    return {amount: held[0] for amount, held in by_amount.items() if len(held) == 1}
