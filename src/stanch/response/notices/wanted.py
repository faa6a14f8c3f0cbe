"""What of the feed is worth an e-mail, and to whom: as conditions, counted in the database.

The feed is a whole member's; an e-mail is one person's. So of an order in red only those are told
who may see it, and nobody of what their own house has done.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from stanch.model.desk.marking import Marking
from stanch.model.desk.people import MemberKind
from stanch.store.desk.tables import delivery, feed, mail, member, notice, order, person, release

ASKED: Final = "common.asked"  # whether to share more of a common threat
# Told to those alone who have to do something, or to all who may sign.
_ALWAYS: Final = (
    "order.answered",
    "order.release_proposed",
    "order.release_due",
    "order.hand_fell",
    "delivery.late",
    "review.asked",
    "review.answered",
    ASKED,
)
_OF_OTHERS: Final = ("order.proposed",)  # one's own needs no concurrence of one's own
# For who must obey, and who asked for it; other governments read it when they come by.
_HELD: Final = ("order.in_force", "order.released", "order.lapsed", "order.expired")


def gathered(told_before: str, waiting_since: str) -> Select[Any]:
    """Who is to be told now, of how much, since when and up to which place of their feed.

    Those who were last told by `told_before`, of whose things the oldest came by `waiting_since`,
    and who have no notice on its way.
    """
    rows = (
        notice.join(person, person.c.id == notice.c.person)
        .join(member, member.c.id == person.c.member)
        .join(feed, and_(feed.c.member == member.c.id, feed.c.n > notice.c.seen))
        .outerjoin(order, order.c.id == feed.c.subject)
    )
    under_way = exists().where(mail.c.person == notice.c.person)
    return (
        select(
            notice.c.person,
            func.count().label("count"),
            func.min(feed.c.created).label("since"),
            func.max(feed.c.n).label("upto"),
        )
        .select_from(rows)
        .where(notice.c.wanted, notice.c.verified.is_not(None), person.c.active, ~under_way)
        .where(or_(notice.c.told.is_(None), notice.c.told <= told_before))
        .where(_attention(), _shown())
        .group_by(notice.c.person)
        .having(func.min(feed.c.created) <= waiting_since)
    )


def _attention() -> ColumnElement[bool]:
    own = order.c.owner == feed.c.member
    addressed = exists().where(delivery.c.order == order.c.id, delivery.c.member == feed.c.member)
    return or_(
        feed.c.kind.in_(_ALWAYS),
        and_(feed.c.kind.in_(_OF_OTHERS), ~own),
        and_(feed.c.kind.in_(_HELD), or_(own, addressed)),
    )


def _shown() -> ColumnElement[bool]:
    """As `response.seen`: to an addressee an order in red is an order as any."""
    listed = exists().where(
        release.c.kind == order.name, release.c.row == order.c.id, release.c.to == notice.c.person
    )
    government = member.c.kind == MemberKind.GOVERNMENT
    return or_(order.c.id.is_(None), order.c.marking != Marking.RED, ~government, listed)
