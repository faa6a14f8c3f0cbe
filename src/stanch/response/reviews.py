"""Somebody says that they were blocked wrongly; the authority must answer, with reasons, in time.

An addressee hands it in for its customer, or a government for whoever came to it. Who it is and
what they say stands where it can be erased. To uphold it frees nothing by itself: that is a
release, with all its hands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from stanch.errors import NotFoundError, RefusedError
from stanch.members.access.rights import require, require_session
from stanch.members.times import moved
from stanch.members.words import new_id, typed
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.people import Caller, MemberKind, Role, Scope
from stanch.model.desk.states import OrderState
from stanch.response import feed
from stanch.response.seen import found, seen
from stanch.store.desk.erasure import forget
from stanch.store.desk.log import commit_to, reveal
from stanch.store.desk.tables import order, review
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, readable, share, shared_with, this, within

# A week: as long as a release may cool at most (`rules.floor`), so that neither waits on the other.
ANSWERED_IN: Final = 7  # days
_LONGEST: Final = 10_000  # characters
_BEGUN: Final = (OrderState.IN_FORCE, OrderState.RELEASED, OrderState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many reviews were asked for, answered, upheld, and not answered in time."""

    asked: int
    answered: int
    upheld: int
    overdue: int


def ask(tx: Transaction, caller: Caller, order_id: str, requester: str, says: str) -> str:
    """Ask for a review of an order that began to hold; returns its id. The authority is told.

    Raises ForbiddenError, NotFoundError, UsageError, RefusedError for one that never held.
    """
    scope = Scope.ORDERS if caller.member.kind is MemberKind.GOVERNMENT else Scope.REPLIES
    require(caller, Role.ANALYST, Role.APPROVER, scope=scope)
    at = found(tx.connection, caller, order_id)
    if at.state not in _BEGUN:
        raise RefusedError(f"an order that is {at.state} blocks nobody")
    who = commit_to(tx.connection, typed("requester", requester, 2000))
    what = commit_to(tx.connection, typed("says", says, _LONGEST))
    id, due = new_id("rev"), moved(tx.at, days=ANSWERED_IN)
    kept = {"order": order_id, "asked_by": caller.member.id, "requester": who, "says": what}
    sharing = _sharing(tx.connection, at)
    made = {"id": id, **kept, "due": due, "person": caller.person, "created": tx.at}
    tx.connection.execute(insert(review).values(**made, **columns(sharing)))
    share(tx.connection, review, id, sharing, also=caller.member.id)
    _next_due(tx, order_id)
    tx.record(caller, "review.asked", id, {**kept, "due": due})
    told = {"review": id, "member": caller.member.id, "due": due}
    feed.tell_owner(tx, order_id, "review.asked", told)
    return id


def answer(tx: Transaction, caller: Caller, id: str, upheld: bool, reason: str) -> None:
    """Answer a review, once. An analyst or approver of the authority, who did not ask for it.

    Raises ForbiddenError, NotFoundError, RefusedError, UsageError for want of a reason.
    """
    require(caller, Role.ANALYST, Role.APPROVER, scope=Scope.ORDERS)
    row = _one(tx.connection, caller, id)
    if row.owner != caller.member.id:
        raise RefusedError(f"{id} is for {row.owner} to answer")
    if row.person == caller.person:
        raise RefusedError("another person answers than the one who asked")
    if row.answered is not None:
        raise RefusedError(f"{id} was answered at {row.answered}")
    why = commit_to(tx.connection, typed("reason", reason, _LONGEST))
    now = {"answered": tx.at, "answer": why, "upheld": upheld}
    tx.connection.execute(update(review).where(review.c.id == id).values(**now))
    _next_due(tx, row.order)
    tx.record(caller, "review.answered", id, {"order": row.order, "upheld": upheld, "answer": why})
    if row.asked_by != row.owner:
        told = {"order": row.order, "review": id, "upheld": upheld}
        feed.tell(tx, row.asked_by, "review.answered", row.order, told)


def erase(tx: Transaction, caller: Caller | None, id: str) -> int:
    """Erase who asked for a review, what they said and what they were answered; returns how many
    texts went. An administrator of the authority or of who handed it in; None is the desk itself.

    Raises ForbiddenError, NotFoundError, RefusedError before it is answered: nobody's complaint is
    made to go away.
    """
    if caller is not None:
        require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
        require_session(caller)
        if _one(tx.connection, caller, id).answered is None:
            raise RefusedError(f"{id} is to be answered first")
    elif tx.connection.execute(select(review.c.id).where(review.c.id == id)).first() is None:
        raise NotFoundError(f"no review {id}")
    gone = forget(tx.connection, [id])
    tx.record(caller, "review.erased", id, {"texts": gone})
    return gone


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A review with what was said, as far as that was not erased. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    return _shown(connection, _one(connection, caller, id)._mapping)


def listed(connection: Connection, caller: Caller, order_id: str) -> list[dict[str, Any]]:
    """The reviews of an order that the caller may see, the oldest first. Raises NotFoundError."""
    found(connection, caller, order_id)
    query = select(review).where(within(review, caller, order_id), _seen(caller))
    rows = connection.execute(query.order_by(review.c.created, review.c.id)).mappings().all()
    return [_shown(connection, row) for row in rows]


def counted(connection: Connection, caller: Caller, now: str) -> Counted:
    """How many there are of those that the caller may see."""
    require(caller, scope=Scope.READ)
    open_late = and_(review.c.answered.is_(None), review.c.due <= now)
    numbers = (
        func.count(),
        func.count(review.c.answered),
        func.count().filter(review.c.upheld),
        func.count().filter(or_(open_late, review.c.answered > review.c.due)),
    )
    query = select(*numbers).select_from(review).where(readable(review, caller), _seen(caller))
    return Counted(*map(int, connection.execute(query).one()))


def _seen(caller: Caller) -> ColumnElement[bool]:
    """The authority and who asked; of a review of an order in red, the people on its list."""
    mine = or_(review.c.asked_by == caller.member.id, review.c.owner == caller.member.id)
    if caller.member.kind is not MemberKind.GOVERNMENT:
        return review.c.asked_by == caller.member.id
    here = select(order.c.id).where(order.c.id == review.c.order, seen(caller)).exists()
    return and_(mine, here)


def _one(connection: Connection, caller: Caller, id: str) -> Row[Any]:
    query = select(review).where(this(review, caller, id), _seen(caller))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no review {id}")
    return row


def _sharing(connection: Connection, at: Row[Any]) -> Sharing:
    if at.marking != Marking.RED:
        return Sharing(at.owner, Marking.STRICT)
    return Sharing(at.owner, Marking.RED, people=frozenset(shared_with(connection, order, at.id)))


def _next_due(tx: Transaction, order_id: str) -> None:
    """The order's row says by when the next of its reviews must be answered."""
    waits = (review.c.order == order_id, review.c.answered.is_(None))
    due = tx.connection.execute(select(func.min(review.c.due)).where(*waits)).scalar()
    tx.connection.execute(update(order).where(order.c.id == order_id).values(review_due=due))


def _shown(connection: Connection, row: Mapping[Any, Any]) -> dict[str, Any]:
    said = {
        name: None if row[name] is None else reveal(connection, row[name])
        for name in ("requester", "says", "answer")
    }
    return {**row, **said}
