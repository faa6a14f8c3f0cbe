"""How a question about personas is settled: two people read, a decision follows, both give reasons.

A score puts a question on the queue and settles none.
"""

from collections.abc import Mapping
from enum import StrEnum


class Verdict(StrEnum):
    """What a reader holds of a cluster."""

    SAME = "same"  # one operator, or one farm, as the question says
    DIFFERENT = "different"
    UNCLEAR = "unclear"  # cannot tell


class Act(StrEnum):
    """What a word does."""

    READ = "read"
    DECIDE = "decide"
    TAKE_BACK = "take_back"


class State(StrEnum):
    """Where a question stands."""

    QUEUED = "queued"  # nobody has read it
    READ = "read"  # one person has
    AGREED = "agreed"  # two or more have, and say the same: it can be decided
    DIFFER = "differ"  # they do not
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    UNDECIDED = "undecided"  # decided: nobody can tell
    GONE = "gone"  # what was left of it after an erasure is no question


DECIDED: Mapping[Verdict, State] = {
    Verdict.SAME: State.CONFIRMED,
    Verdict.DIFFERENT: State.DISMISSED,
    Verdict.UNCLEAR: State.UNDECIDED,
}


def state_of(verdicts: Mapping[str, str]) -> State:
    """Where the readers have brought it, by the last verdict of each person who still is one.

    >>> state_of({"per-a": "same"}), state_of({"per-a": "same", "per-b": "same"})
    (<State.READ: 'read'>, <State.AGREED: 'agreed'>)
    >>> state_of({"per-a": "same", "per-b": "same", "per-c": "unclear"})
    <State.DIFFER: 'differ'>
    """
    if len(verdicts) < 2:
        return State.READ if verdicts else State.QUEUED
    return State.AGREED if len(set(verdicts.values())) == 1 else State.DIFFER
