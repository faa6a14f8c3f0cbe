"""What came from a partner and was not taken in, byte for byte, with the reason; and what an
analyst of the member that keeps the link decides about it.

A thing is laid aside once: what was dropped and comes again stays dropped.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update

from stanch.errors import NotFoundError, RefusedError, UnreachableError
from stanch.members.access.rights import require
from stanch.members.words import is_id, new_id
from stanch.model.desk.people import Caller, Role, Scope
from stanch.sharing.partners.words import HeldState
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import partner, quarantine
from stanch.store.desk.transaction import Transaction

MOST: Final = 10_000  # things that lie aside for one link: after that somebody has to look
LISTING: Final = Listing(quarantine, ("created",), ("partner", "state", "object"))
_REASON: Final = 500
_OBJECT: Final = 300
_SHOWN: Final = tuple(column for column in quarantine.c if column.name not in ("bytes", "digest"))


@dataclass(frozen=True, slots=True)
class Aside:
    """Something to be laid aside: its id where it has one, why, and its bytes, or where these are
    not to be kept their SHA-256 in hex.
    """

    object: str
    reason: str
    raw: bytes
    digest: str = ""


def lay_aside(tx: Transaction, link: str, collection: str, things: Iterable[Aside]) -> int:
    """Lay things aside; how many were not there before.

    Raises UnreachableError where too many lie there: the link fails until somebody has looked.
    """
    found = {each.digest or hashlib.sha256(each.raw).hexdigest(): each for each in things}
    if not found:
        return 0
    query = select(quarantine.c.digest).where(
        quarantine.c.partner == link, quarantine.c.digest.in_(found)
    )
    known = set(tx.connection.execute(query).scalars())
    rows = [
        {
            "id": new_id("held"), "partner": link, "collection": collection,
            "object": each.object[:_OBJECT], "reason": each.reason[:_REASON], "digest": digest,
            "bytes": each.raw, "state": HeldState.HELD.value, "created": tx.at,
        }
        for digest, each in found.items() if digest not in known
    ]  # fmt: skip
    if rows:
        _room(tx, link, len(rows))
        tx.connection.execute(insert(quarantine), rows)
        digests = " ".join(sorted(str(each["digest"]) for each in rows))
        tx.record(None, "quarantine.held", link, {"things": commit_to(tx.connection, digests)})
    return len(rows)


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """What lies aside for the caller's own member, without the bytes."""
    require(caller, scope=Scope.SHARE)
    query = select(*_SHOWN, func.length(quarantine.c.bytes).label("size"))
    return page(connection, query.where(_own(caller)), LISTING, asked)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """One thing with its bytes. Raises NotFoundError."""
    require(caller, scope=Scope.SHARE)
    query = select(quarantine).where(quarantine.c.id == id, _own(caller))
    row = connection.execute(query).mappings().one_or_none() if is_id(id) else None
    if row is None:
        raise NotFoundError(f"nothing lies aside as {id[:80]!r}")
    return {**row, "bytes": bytes(row["bytes"]), "size": len(row["bytes"])}


def held(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    """One thing that is to be decided about.

    Raises ForbiddenError, NotFoundError, RefusedError where somebody has decided.
    """
    require(caller, Role.ANALYST, scope=Scope.SHARE)
    row = one(tx.connection, caller, id)
    if row["state"] != HeldState.HELD:
        raise RefusedError(f"{id} was {row['state']} at {row['settled']}")
    return row


def settle(tx: Transaction, caller: Caller, id: str, state: HeldState) -> None:
    """Write what somebody decided about a thing that is `held`."""
    values = {"state": state.value, "person": caller.person, "settled": tx.at}
    tx.connection.execute(update(quarantine).where(quarantine.c.id == id).values(**values))
    tx.record(caller, f"quarantine.{state}", id, {})


def _own(caller: Caller) -> Any:
    mine = select(partner.c.id).where(partner.c.member == caller.member.id)
    return quarantine.c.partner.in_(mine)


def _room(tx: Transaction, link: str, more: int) -> None:
    here = (quarantine.c.partner == link, quarantine.c.state == HeldState.HELD)
    query = select(func.count()).select_from(quarantine).where(*here)
    if tx.connection.execute(query).scalar_one() + more > MOST:
        raise UnreachableError(
            f"its quarantine is full: {MOST:,} things wait for somebody to take or drop them"
        )
