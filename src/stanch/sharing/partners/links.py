"""Links to partners' servers: each is one member's, and what its administrators settle.

The credential lies sealed in the row, so that a copy of the database gives it to nobody; it is
bound to the link and to the place that it is for, and opens for no other.
"""

import json
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.formats.sealed import Seal
from stanch.members.access.rights import require, require_session
from stanch.members.words import is_id, new_id, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Role, Scope
from stanch.sharing.collections import access
from stanch.sharing.collections.access import Reader
from stanch.sharing.partners.words import (
    LONGEST,
    SHORTEST,
    Direction,
    LinkState,
    NewLink,
    Told,
)
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import member, partner
from stanch.store.desk.transaction import Transaction

PURPOSE: Final = "a partner's credential"
LISTING: Final = Listing(partner, ("created", "title", "due"), ("collection", "source", "state"))
_HIDDEN: Final = ("secret", "lease", "leased", "pulled", "pushed")
_SHOWN: Final = tuple(column for column in partner.c if column.name not in _HIDDEN)


def add(tx: Transaction, caller: Caller, new: NewLink, secret: str, seal: Seal) -> str:
    """Add a link; returns its id. It is polled at once, and then every so many seconds.

    An empty `secret` is none: the server lets everybody in. Raises ForbiddenError; UsageError for a
    word that is none; NotFoundError for a collection that is none for the caller; RefusedError
    where the caller may not write in it, or the partner's member may not read what is pushed.
    """
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    require_session(caller)
    title, remote = typed("title", new.title), typed("remote", new.remote)
    collection = typed("collection", new.collection)
    if not SHORTEST <= new.every <= LONGEST:
        raise UsageError(f"every: from {SHORTEST} to {LONGEST:,} seconds")
    here = access.one(tx.connection, Reader(caller.member.id, tx.at), collection)
    _source(tx, caller, new)
    if new.direction != Direction.PUSH and not here.writes:
        raise RefusedError(f"{here.id}: your member may not write in it, so nothing can come in")
    if new.direction != Direction.PULL:
        _readable(tx, new, here.id)
    id = new_id("link")
    sealed = seal.close(secret.encode(), id, new.root) if secret else None
    row = {
        "title": title, "root": new.root, "remote": remote, "collection": here.id,
        "source": new.source, "direction": new.direction.value, "widens": new.widens,
        "every": new.every,
    }  # fmt: skip
    fresh = {"pulled": "", "pushed": "", "told": json.dumps(asdict(Told())), "tries": 0}
    tx.connection.execute(
        insert(partner).values(
            id=id, member=caller.member.id, secret=sealed, state=LinkState.ACTIVE.value,
            created=tx.at, due=tx.at, **row, **fresh,
        )
    )  # fmt: skip
    # Who has nothing to do with it reads the log too: with whom a member is linked is sealed.
    said = commit_to(tx.connection, canonical(row).decode())
    tx.record(caller, "partner.added", id, {"link": said})
    return id


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """The links of the caller's own member."""
    require(caller, scope=Scope.SHARE)
    query = select(*_SHOWN).where(
        partner.c.member == caller.member.id, partner.c.state != LinkState.REMOVED
    )
    found = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A link of the caller's own member, with what its partner refused. Raises NotFoundError."""
    require(caller, scope=Scope.SHARE)
    row = _mine(connection, caller, id)
    refused = json.loads(row["pushed"]).get("refused", {}) if row["pushed"] else {}
    shown = {column.name: row[column.name] for column in _SHOWN}
    return {**_shown(shown), "refused": refused}


def stop(tx: Transaction, caller: Caller, id: str) -> None:
    """Stop a link: nothing comes and goes until it is started again. Raises NotFoundError."""
    _turn(tx, caller, id, LinkState.STOPPED)


def start(tx: Transaction, caller: Caller, id: str) -> None:
    """Start a link that was stopped, from where it was. Raises NotFoundError."""
    _turn(tx, caller, id, LinkState.ACTIVE)


def remove(tx: Transaction, caller: Caller, id: str) -> None:
    """Remove a link, and forget its credential. What came by it stays. Raises NotFoundError."""
    _turn(tx, caller, id, LinkState.REMOVED)
    tx.connection.execute(update(partner).where(partner.c.id == id).values(secret=None))


def ask_now(tx: Transaction, caller: Caller, id: str) -> str:
    """Have a link polled and pushed to at once; gives when it is due, which is now: another time
    says that it was. Raises NotFoundError, RefusedError.
    """
    require(caller, Role.ANALYST, Role.ADMINISTRATOR, scope=Scope.SHARE)
    row = _mine(tx.connection, caller, id)
    if row["state"] != LinkState.ACTIVE:
        raise RefusedError(f"{id} is {row['state']}")
    tx.connection.execute(update(partner).where(partner.c.id == id).values(due=tx.at))
    return tx.at


def _turn(tx: Transaction, caller: Caller, id: str, state: LinkState) -> None:
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    if state == LinkState.ACTIVE:
        require_session(caller)
    row = _mine(tx.connection, caller, id)
    if row["state"] == state:
        return
    values = {"state": state.value, "lease": None, "leased": None, "tries": 0, "due": tx.at}
    tx.connection.execute(update(partner).where(partner.c.id == id).values(**values))
    tx.record(caller, f"partner.{state}", id, {})


def _mine(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    query = select(partner).where(
        partner.c.id == id,
        partner.c.member == caller.member.id,
        partner.c.state != LinkState.REMOVED,
    )
    row = connection.execute(query).mappings().one_or_none() if is_id(id) else None
    if row is None:
        raise NotFoundError(f"no link {id[:80]!r}")
    return dict(row)


def _source(tx: Transaction, caller: Caller, new: NewLink) -> None:
    known = select(member.c.id).where(member.c.id == new.source)
    if not is_id(new.source) or tx.connection.execute(known).first() is None:
        raise UsageError(f"source: no member {new.source[:80]!r}")
    if new.source == caller.member.id:
        raise UsageError("source: is the member at the other end, not your own")


def _readable(tx: Transaction, new: NewLink, collection: str) -> None:
    """What is pushed is what the partner's member could read here by itself, and no more."""
    try:
        reads = access.one(tx.connection, Reader(new.source, tx.at), collection).reads
    except NotFoundError:
        reads = False
    if not reads:
        raise RefusedError(
            f"{collection}: {new.source} does not read it, so nothing could be pushed to them"
        )


def _shown(row: Any) -> dict[str, Any]:
    return {**row, "widens": bool(row["widens"]), "told": json.loads(row["told"])}
