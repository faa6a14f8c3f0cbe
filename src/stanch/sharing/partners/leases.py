"""Which worker polls which link: one at a time, for a while that it renews with each page.

A worker that died is forgotten when its time is over, and another goes on from the last page that
was written.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Select, or_, select, update

from stanch.members.times import moved
from stanch.sharing.partners.words import Direction, LinkState, Told
from stanch.store.desk.tables import partner
from stanch.store.desk.transaction import Transaction

LEASE: Final = 600  # seconds: one answer may take 300
_WIDEST: Final = 6 * 3600  # seconds between two tries of a partner that does not answer


@dataclass(frozen=True, slots=True)
class Leased:
    """A link that is to be polled, by who holds the lease."""

    id: str
    member: str
    source: str
    root: str
    remote: str
    collection: str
    direction: Direction
    widens: bool
    pulled: str
    pushed: str
    lease: str
    seconds: int  # that the lease holds each time
    secret: bytes | None = field(repr=False)  # sealed; None: the server lets everybody in


def any_due(connection: Connection, now: str) -> bool:
    """Whether a link is due: asked often, and without the lock of the log."""
    return connection.execute(_waiting(now, None).limit(1)).first() is not None


def take(tx: Transaction, lease: int = LEASE, link: str | None = None) -> Leased | None:
    """Take a link that is due (or `link`, due or not) and that nobody holds; None where there is
    none.
    """
    query = _waiting(tx.at, link)
    row = tx.connection.execute(query.order_by(partner.c.due).limit(1)).one_or_none()
    if row is None:
        return None
    token = secrets.token_hex(8)
    values = {"lease": token, "leased": moved(tx.at, seconds=lease)}
    tx.connection.execute(update(partner).where(partner.c.id == row.id).values(**values))
    return Leased(
        row.id, row.member, row.source, row.root, row.remote, row.collection,
        Direction(row.direction), bool(row.widens), row.pulled, row.pushed, token, lease,
        row.secret,
    )  # fmt: skip


def keep(tx: Transaction, link: Leased, said: Told, **columns: str) -> bool:
    """Write how far a link has come, and hold it for another while. False where the lease is over:
    then nothing of this page may be written.
    """
    if not holds(tx.connection, link):
        return False
    row = tx.connection.execute(select(partner.c.told).where(partner.c.id == link.id)).one()
    told = Told(**json.loads(row.told)) + said
    values: dict[str, Any] = {
        "told": json.dumps(asdict(told)), "leased": moved(tx.at, seconds=link.seconds), **columns
    }  # fmt: skip
    tx.connection.execute(update(partner).where(partner.c.id == link.id).values(**values))
    return True


def holds(connection: Connection, link: Leased) -> bool:
    """Whether the link is still this lease's."""
    query = select(partner.c.id).where(partner.c.id == link.id, partner.c.lease == link.lease)
    return connection.execute(query).first() is not None


def give_back(tx: Transaction, link: Leased, failure: str | None, through: bool = True) -> None:
    """End a lease: the link is due again after its time, or after a longer one where it failed;
    at once where there was more than one turn could bring (`through` is false).
    """
    if not holds(tx.connection, link):
        return
    row = tx.connection.execute(select(partner).where(partner.c.id == link.id)).one()
    tries = row.tries + 1 if failure else 0
    widest = max(row.every, _WIDEST)
    wait = min(row.every * 2 ** min(tries, 12), widest) if failure else row.every
    values: dict[str, Any] = {
        "lease": None, "leased": None, "failure": failure, "tries": tries,
        "due": tx.at if not through and not failure else moved(tx.at, seconds=wait),
    }  # fmt: skip
    if not failure and through:
        values["ended"] = tx.at
    tx.connection.execute(update(partner).where(partner.c.id == link.id).values(**values))


def _waiting(now: str, link: str | None) -> Select[Any]:
    free = or_(partner.c.leased.is_(None), partner.c.leased < now)
    which = partner.c.due <= now if link is None else partner.c.id == link
    return select(partner).where(partner.c.state == LinkState.ACTIVE, free, which)
