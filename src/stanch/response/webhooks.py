"""Where a member is told by webhook. Two of its administrators set the address, one after another.

A single stolen account must not turn a member's orders to another house; until the second agrees,
the old address stays. An administrator can add a second one, give somebody old the role, or come in
as another by a link: so whoever agrees has been there for a day, with that role and that way in. In
this time the others of the house see what was done in the log.
"""

from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from stanch.errors import NotFoundError, RefusedError
from stanch.formats.outbound.address import Reach, destination
from stanch.members.access.rights import require, require_session
from stanch.members.times import moved
from stanch.members.words import new_id
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import log, webhook
from stanch.store.desk.transaction import Transaction

PROPOSED: Final = "proposed"
ACTIVE: Final = "active"
REPLACED: Final = "replaced"
SETTLED: Final = 24  # hours
_LET_IN: Final = ("person.added", "person.roles", "link.made")


def propose(tx: Transaction, caller: Caller, url: str, reach: Reach) -> str:
    """Propose an address for the caller's member; returns its id. An earlier proposal is over.

    Raises ForbiddenError, RefusedError for an address where nothing may be sent.
    """
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    require_session(caller)
    to = destination(url, reach).url
    mine = (webhook.c.member == caller.member.id, webhook.c.state == PROPOSED)
    tx.connection.execute(update(webhook).where(*mine).values(state=REPLACED, changed=tx.at))
    id = new_id("hook")
    row = {"member": caller.member.id, "url": to, "state": PROPOSED, "proposed_by": caller.person}
    tx.connection.execute(insert(webhook).values(id=id, created=tx.at, **row))
    tx.record(caller, "webhook.proposed", id, {"url": commit_to(tx.connection, to)})
    return id


def agree(tx: Transaction, caller: Caller, id: str, settled: int = SETTLED) -> None:
    """Agree to an address that another administrator of the same member proposed: it is used now.

    Raises ForbiddenError, NotFoundError, RefusedError for one's own proposal, and for who was
    added, given a role or a link within the last `settled` hours.
    """
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    require_session(caller)
    mine = (webhook.c.id == id, webhook.c.member == caller.member.id)
    row = tx.connection.execute(select(webhook).where(*mine)).one_or_none()
    if row is None:
        raise NotFoundError(f"no webhook {id}")
    if row.state != PROPOSED:
        raise RefusedError(f"{id} is {row.state}")
    if row.proposed_by == caller.person:
        raise RefusedError("another administrator agrees: two people change where orders go")
    if _just_let_in(tx, caller.person, settled):
        raise RefusedError(
            f"whoever agrees has had their account, roles and link for {settled} hours: one "
            "administrator must not make the second"
        )
    old = (webhook.c.member == caller.member.id, webhook.c.state == ACTIVE)
    tx.connection.execute(update(webhook).where(*old).values(state=REPLACED, changed=tx.at))
    now = {"state": ACTIVE, "agreed_by": caller.person, "changed": tx.at}
    tx.connection.execute(update(webhook).where(webhook.c.id == id).values(**now))
    tx.record(caller, "webhook.agreed", id, {})


def _just_let_in(tx: Transaction, person: str, settled: int) -> bool:
    since = log.c.at > moved(tx.at, hours=-settled)
    query = select(log.c.n).where(log.c.subject == person, log.c.verb.in_(_LET_IN), since)
    return tx.connection.execute(query.limit(1)).first() is not None


def listed(connection: Connection, caller: Caller) -> list[dict[str, Any]]:
    """The addresses of the caller's own member, the newest first."""
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    query = select(webhook).where(webhook.c.member == caller.member.id)
    rows = connection.execute(query.order_by(webhook.c.created.desc(), webhook.c.id)).mappings()
    return [dict(row) for row in rows]


def active(connection: Connection, member: str) -> str | None:
    """The address in use of a member, for callers within the house."""
    here = (webhook.c.member == member, webhook.c.state == ACTIVE)
    found = connection.execute(select(webhook.c.url).where(*here)).scalar()
    return None if found is None else str(found)
