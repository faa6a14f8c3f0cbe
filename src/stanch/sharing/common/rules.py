"""What a party refuses, so that nobody can probe by guessing. Each party has a policy of its own.

Matching tells who asks about each item that it asks for: that is what it is for. The rules make
asking about single items costly and seen: sets of some size that are not of unequal sizes beyond a
bound, each pair of versions once, no version that is nearly the last one, and a pause before
somebody comes with another key, under which versions cannot be compared.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from stanch.errors import RefusedError

LEAST_K: Final = 2
LEAST_MEMBERS: Final = 3  # of a ring
MOST_MEMBERS: Final = 30
GOOD_FOR: Final = timedelta(days=30)  # a file counts so long from its time on
CLOCKS_DIFFER: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Policy:
    """`least` items in a set; `ratio`: so many times as large one set may be as the other;
    `change`: so many items at least between a version and the one of the last run; `pause`: so
    many days between a run and one with another series of the same member.
    """

    least: int = 100
    ratio: int = 20
    change: int = 50
    pause: int = 30


def sizes(policy: Policy, ours: int, theirs: int) -> None:
    """Raise RefusedError where a set is too small, or the two are too unequal."""
    for whose, size in (("your", ours), ("the other", theirs)):
        if size < policy.least:
            raise RefusedError(
                f"{whose} set has {size:,} indicators, and {policy.least:,} are the least: "
                "a short list would be a question about each"
            )
    if max(ours, theirs) > policy.ratio * min(ours, theirs):
        raise RefusedError(
            f"sets of {ours:,} and {theirs:,}: one is more than {policy.ratio} times the other"
        )


def difference(policy: Policy, whose: str, changed: int) -> None:
    """Raise RefusedError where a version differs from the last run's, but in too little."""
    if 0 < changed < policy.change:
        raise RefusedError(
            f"{whose} set differs from that of the last run in {changed:,} indicators, and "
            f"{policy.change:,} are the least: a small difference shows what it is"
        )


def another(policy: Policy, last: datetime, at: datetime) -> None:
    """Raise RefusedError where a member comes with another set, or under another key, too soon
    after the last run: what changed since could not be counted.
    """
    again = last + timedelta(days=policy.pause)
    if at < again:
        raise RefusedError(
            f"the last run was with another set or under another key; from {again:%Y-%m-%d} on "
            f"this one may follow"
        )


def same_key(before: int, now: int, changed: int) -> bool:
    """Whether at least half of the smaller of two versions is in the other, too. Under another
    key nothing would be, whatever name it goes by.
    """
    return before + now - changed >= min(before, now)


def fresh(said: datetime, now: datetime) -> None:
    """Raise RefusedError for a file of long ago, or of a time to come."""
    if said > now + CLOCKS_DIFFER:
        raise RefusedError(f"the file is of {said:%Y-%m-%d %H:%M}, which is still to come")
    if said < now - GOOD_FOR:
        raise RefusedError(f"the file is of {said:%Y-%m-%d} and counted {GOOD_FOR.days} days")


def plan(members: int, k: int) -> None:
    """Raise RefusedError for a ring of too few or many, or a k that is none."""
    if not LEAST_MEMBERS <= members <= MOST_MEMBERS:
        raise RefusedError(
            f"a ring has {LEAST_MEMBERS} to {MOST_MEMBERS} members; two use `stanch common invite`"
        )
    if not LEAST_K <= k <= members:
        raise RefusedError(f"k is {LEAST_K} to {members}: an indicator that one has is its secret")
