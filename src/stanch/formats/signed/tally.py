"""What the statements about an order prove together: whether it is in force, and what is released.

Members are counted, not signatures: two approvers of one member are one concurrence. To release,
so many people of the authority are counted, and one of each other founding member. Who refuses
takes back what they gave. No clock: what begins or ends with time is given as a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stanch.formats.signed.course import Course, Fallen, Heard
from stanch.formats.signed.fields import moment, stamp
from stanch.model.desk.orders import Order


class Proved(StrEnum):
    """How far the statements carry an order."""

    UNSIGNED = "unsigned"  # not even the authority has signed
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"  # by its authority, before it was in force
    CONCURRED = "concurred"  # the order's rule is met
    RELEASED = "released"  # and so is the rule to release, for each account


@dataclass(frozen=True, slots=True)
class Tally:
    """What is proved. `members` have signed for the order, each once, in the order of their time.

    `since`: from when on the order holds. `lapses`: when an emergency hold ends, where too few
    members signed by then. `free`: from when on an account is released, cooling time included;
    accounts that are held are not in it.
    """

    state: Proved
    members: tuple[str, ...]
    since: str | None
    lapses: str | None
    free: Mapping[str, str]

    def holds(self, order: Order, account: str, at: str) -> bool:
        """Whether the order holds an account at a time, as far as the statements prove."""
        when = moment(at)
        return (
            self.since is not None
            and moment(self.since) <= when < moment(self.lapses or order.expires)
            and any(each.account == account for each in order.targets)
            and (account not in self.free or when < moment(self.free[account]))
        )


def tally(order: Order, happened: Iterable[Heard | Fallen]) -> Tally:
    """Tell an order's course from checked statements and dropped keys, in their order."""
    course = Course(order)
    course.happen(happened)
    course.pass_time()
    return Tally(
        _proved(course),
        tuple(hand.statement.member for hand in course.hands),
        _maybe(course.since),
        _maybe(course.lapses),
        {account: stamp(at) for account, at in course.free.items()},
    )


def _proved(course: Course) -> Proved:
    if course.withdrawn:
        return Proved.WITHDRAWN
    if course.since is None:
        return Proved.PROPOSED if course.proposed else Proved.UNSIGNED
    whole = all(each.account in course.free for each in course.order.targets)
    return Proved.RELEASED if whole else Proved.CONCURRED


def _maybe(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
