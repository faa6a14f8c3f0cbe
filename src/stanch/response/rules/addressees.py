"""Which members an order goes to, and whom a marking reaches."""

from collections.abc import Iterable
from typing import Final

from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.orders import Order, OrderKind
from stanch.model.desk.people import Member, MemberKind

_HOLDERS: Final = frozenset({MemberKind.EXCHANGE, MemberKind.ISSUER})
_EVERY_MEMBER: Final = frozenset({Marking.CLEAR, Marking.GREEN})
_LISTED: Final = frozenset({Marking.AMBER, Marking.STRICT})


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


def reaches(sharing: Sharing, member: str) -> bool:
    """Whether a marking lets a member as a whole see; TLP:RED never does, not its owner either."""
    if sharing.marking in _EVERY_MEMBER:
        return True
    if sharing.marking not in _LISTED:
        return False
    return member == sharing.owner or member in sharing.members
