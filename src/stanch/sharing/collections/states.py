"""Which of an object's rows is the newest, and for whom: kept with each row, told from all of them.

Of two rows of one version, which only readers of both could tell apart, the one that was added
first counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

NEWEST: Final = 0  # for whoever sees it
OLDER_FOR_SOME: Final = 1  # a newer one is there for another audience
OLDER: Final = 2  # a newer one is there for the same audience
DELETED: Final = 3


@dataclass(slots=True)
class Lying:
    """A row of an object. `seq` is None before it is written."""

    seq: int | None
    id: str
    version: str
    owner: str
    audience: int
    added: str
    digest: str
    state: int
    contested: bool = False


def settled(rows: Iterable[Lying]) -> list[Lying]:
    """Give the rows of one object their states; returns those that were given another one."""
    changed, audiences, before = [], set[int](), ""
    live = [each for each in rows if each.state != DELETED]
    live.sort(key=lambda each: each.added)
    live.sort(key=lambda each: each.version, reverse=True)  # stable: of one version, the first
    for each in live:
        state = OLDER if each.audience in audiences else OLDER_FOR_SOME if audiences else NEWEST
        contested = each.version == before
        if (each.state, each.contested) != (state, contested):
            each.state, each.contested = state, contested
            changed.append(each)
        audiences.add(each.audience)
        before = each.version
    return changed
