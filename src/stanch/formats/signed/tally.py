"""What the statements about an order prove together: whether it is in force, and what is released.

Members are counted, not signatures: two approvers of one member are one concurrence. To release,
people are counted: so many of the authority, so many of other founding members. A refusal is a
notice and takes no signature back. No clock: what ends with time is given as a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stanch.formats.signed.fields import moment, stamp
from stanch.model.desk.orders import Order, OrderKind, Said, Statement


class Proved(StrEnum):
    """How far the statements carry an order."""

    UNSIGNED = "unsigned"  # not even the authority has signed
    PROPOSED = "proposed"
    CONCURRED = "concurred"  # the order's rule is met
    RELEASED = "released"  # and so is the rule to release, for each account


@dataclass(frozen=True, slots=True)
class Tally:
    """What is proved. `members` have signed for the order, each once, in the order of their time.

    `lapses`: when an emergency hold ends, where too few members signed by then. `free`: from when
    on an account is released, cooling time included; accounts that are held are not in it.
    """

    state: Proved
    members: tuple[str, ...]
    lapses: str | None
    free: Mapping[str, str]

    def holds(self, order: Order, account: str, at: str) -> bool:
        """Whether the order holds an account at a time, as far as the statements prove."""
        when = moment(at)
        return (
            self.state in (Proved.CONCURRED, Proved.RELEASED)
            and any(each.account == account for each in order.targets)
            and when < moment(order.expires)
            and (self.lapses is None or when < moment(self.lapses))
            and (account not in self.free or when < moment(self.free[account]))
        )


Timed = tuple[datetime, Statement]


def tally(order: Order, statements: Sequence[Timed]) -> Tally:
    """Count checked statements, each with the time at which it is proved to have been said."""
    said = sorted(statements, key=lambda each: (each[0], each[1].member, each[1].person))
    consents = [each for each in said if each[1].said in (Said.PROPOSE, Said.CONCUR)]
    members = tuple(dict.fromkeys(each.member for _, each in consents))
    began = next((at for at, each in consents if each.said is Said.PROPOSE), None)
    if began is None:
        return Tally(Proved.UNSIGNED, members, None, {})
    lapses = _lapses(order, began, consents)
    needed = 1 if order.kind is OrderKind.EMERGENCY else order.rule.members
    if len(members) < needed:
        return Tally(Proved.PROPOSED, members, None, {})
    free = _free(order, [each for each in said if each[1].said is Said.RELEASE])
    whole = all(each.account in free for each in order.targets)
    return Tally(Proved.RELEASED if whole else Proved.CONCURRED, members, lapses, free)


def _lapses(order: Order, began: datetime, consents: Iterable[Timed]) -> str | None:
    if order.kind is not OrderKind.EMERGENCY or order.rule.lapses_hours is None:
        return None
    end = began + timedelta(hours=order.rule.lapses_hours)
    in_time = {each.member for at, each in consents if at < end}
    return None if len(in_time) >= order.rule.members else stamp(end)


def _free(order: Order, releases: Sequence[Timed]) -> dict[str, str]:
    free = {}
    for account in {each.account: None for each in order.targets}:
        about = [each for each in releases if not each[1].targets or account in each[1].targets]
        if (done := _complete(order, about)) is not None:
            free[account] = stamp(done + timedelta(hours=order.rule.cooling_hours))
    return free


def _complete(order: Order, releases: Iterable[Timed]) -> datetime | None:
    """When the last needed hand was given, None while one is missing."""
    own: set[str] = set()
    others: set[str] = set()
    for at, statement in releases:
        (own if statement.member == order.authority else others).add(statement.person)
        if len(own) >= order.rule.own and len(others) >= order.rule.others:
            return at
    return None
