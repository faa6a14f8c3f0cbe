"""Which members an order goes to, and which parts of it each of them may have."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.orders import Order, OrderKind
from stanch.model.desk.people import Member, MemberKind

_HOLDERS: Final = frozenset({MemberKind.EXCHANGE, MemberKind.ISSUER})
_EVERY_MEMBER: Final = frozenset({Marking.CLEAR, Marking.GREEN})
_LISTED: Final = frozenset({Marking.AMBER, Marking.STRICT})


class Part(StrEnum):
    """What there is to an order."""

    DOCUMENT = "document"  # targets, legal reference, and the hashes of what it rests on
    CASE = "case"
    TRACE = "trace"
    EVIDENCE = "evidence"


def addressed(order: Order, members: Iterable[Member]) -> tuple[str, ...]:
    """The ids of the members that an order goes to, sorted; `members` are all of the desk.

    Those named; or each exchange and issuer in the countries named; or each of all countries. An
    order of kind issuer goes to issuers only. Raises RefusedError where a name or a country leads
    to nobody who can act, for an order that reaches fewer than it says is noticed too late.
    """
    wanted = order.addressees
    kinds = frozenset({MemberKind.ISSUER}) if order.kind is OrderKind.ISSUER else _HOLDERS
    able = {member.id: member for member in members if member.kind in kinds}
    who = "issuer" if order.kind is OrderKind.ISSUER else "exchange or issuer"
    if wanted.members and wanted.countries:
        raise RefusedError("an order is addressed to members or to countries, not to both")
    for id in wanted.members:
        if id not in able:
            raise RefusedError(f"{id!r} is no {who} at this desk")
    there = {member.country for member in able.values()}
    for country in wanted.countries:
        if country not in there:
            raise RefusedError(f"there is no {who} in {country!r} at this desk")
    if wanted.members:
        return tuple(sorted(set(wanted.members)))
    reached = tuple(
        sorted(
            id
            for id, member in able.items()
            if not wanted.countries or member.country in wanted.countries
        )
    )
    if not reached:
        raise RefusedError(f"there is no {who} at this desk")
    return reached


def for_addressee(order: Order, member: str, case: Sharing) -> frozenset[Part]:
    """What an addressee may have: always the order's document, whatever the markings say.

    Without the document nobody could obey it or verify its signatures. What it rests on (the case
    with `case` as its marking, its trace, its evidence) follows only where both the order's and
    the case's marking reach that member; the document holds no more than its names and hashes.
    """
    rests = reaches(order.sharing, member) and reaches(case, member)
    return frozenset(Part) if rests else frozenset({Part.DOCUMENT})


def reaches(sharing: Sharing, member: str) -> bool:
    """Whether a marking lets a member as a whole see; TLP:RED never does, not its owner either."""
    if sharing.marking in _EVERY_MEMBER:
        return True
    if sharing.marking not in _LISTED:
        return False
    return member == sharing.owner or member in sharing.members
