"""Which of several tags on one account becomes its label.

In this order: a tag that tells a function goes before one that only names the account; the
user's own word before others; the higher confidence; a token contract, then any service, then
`none`; the lower source rank; the name, and then all else that a tag says, so that the outcome
does not hang on the order of the files' rows.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from stanch.attribution.words import Meaning
from stanch.model.tables import OWN_RANKS

# Why a tag lost, by the part of its standing in which it first falls behind.
WHY: Final = (
    "tells no category",
    "the user's own word goes first",
    "lower confidence",
    "a more telling category goes first",
    "lower source rank",
    "another name goes first",
    "says the same",
)

_TOKEN, _SERVICE, _NONE = range(3)
_TELLING: Final = {"token": _TOKEN, "none": _NONE}


class Standing(NamedTuple):
    """The place of a tag among others on the same account; the least wins."""

    silent: bool
    foreign: bool
    doubt: float
    telling: int
    rank: int
    name: tuple[bool, str]
    rest: tuple[str, ...]


def standing(tag: dict[str, Any], meaning: Meaning) -> Standing:
    """Where a tag (a row of TAGS) with that meaning stands."""
    rest = (tag["source"], tag["entity"], tag["terms"], tag["flags"], meaning.category)
    times = (tag["valid_from"], tag["valid_to"])
    return Standing(
        silent=meaning.category is None,
        foreign=tag["rank"] >= OWN_RANKS,
        doubt=1.0 - tag["confidence"],
        telling=_TELLING.get(meaning.category or "none", _SERVICE),
        rank=tag["rank"],
        name=(not tag["name"], tag["name"]),
        rest=tuple(map(str, (*rest, *times))),
    )


def why_lost(loser: Standing, winner: Standing) -> str:
    """The first reason for which `loser` stands behind `winner`."""
    return WHY[_first_difference(loser, winner)]


def _first_difference(one: Sequence[object], other: Sequence[object]) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=True)):
        if left != right:
            return place
    return len(WHY) - 1
