"""Identifiers of a confirmed operator under the key of a group: a person offers them, or nobody.

They come as HMACs, made where the applications are. The desk has neither the values nor the key, so
it cannot tell what they stand for; what it holds to is that the operator is confirmed.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from stanch.cases.cases import Shared, known, listed_ids, said_of
from stanch.cases.personas import queue
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.access.rights import require, require_session
from stanch.members.words import new_id, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.people import Caller, Role, Scope
from stanch.model.desk.persona_review import State
from stanch.store.desk.erasure import forget
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import persona_indicator
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, own, readable, share, this

LISTING: Final = Listing(persona_indicator, ("created",), ("cluster", "owner", "group"))
MOST: Final = 5_000  # identifiers of one operator
NONE: Final = "[]"  # of what was taken away
_KIND: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
_HMAC: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewIndicators:
    """Of which cluster, the group's name for its key, (kind, hmac) of each, who may see them."""

    cluster: str
    group: str
    identifiers: tuple[tuple[str, str], ...]
    shared: Shared


def offer(tx: Transaction, caller: Caller, new: NewIndicators) -> str:
    """Keep them as a row that can be shared; returns its id.

    Raises ForbiddenError, NotFoundError, UsageError, RefusedError for what is not confirmed.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    require_session(caller)
    row = queue.found(tx.connection, caller, new.cluster)
    if row["state"] != State.CONFIRMED:
        raise RefusedError(f"{new.cluster} is {row['state']}: only what is confirmed is shared")
    sharing = own(caller, new.shared.marking, listed_ids(tx.connection, new.shared))
    group, listed = typed("group", new.group), canonical(_listed(new.identifiers)).decode()
    id = new_id("psi")
    made = {"id": id, "cluster": new.cluster, "group": group, "identifiers": listed,
            "person": caller.person, "created": tx.at}  # fmt: skip
    tx.connection.execute(insert(persona_indicator).values(**made, **columns(sharing)))
    share(tx.connection, persona_indicator, id, sharing)
    told = {"cluster": new.cluster, "group": group, "identifiers": commit_to(tx.connection, listed)}
    tx.record(caller, "persona.offered", id, {**told, **said_of(new.shared)})
    return id


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Those that the caller may see, of other members too."""
    require(caller, scope=Scope.READ)
    query = select(persona_indicator).where(readable(persona_indicator, caller))
    found = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """Those of one offer. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    query = select(persona_indicator).where(seen_by_id(caller, known("indicators", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no indicators {id}")
    return _shown(row)


def seen_by_id(caller: Caller, id: str) -> ColumnElement[bool]:
    """Those with an id, where the caller may see them."""
    return this(persona_indicator, caller, id)


def offers(connection: Connection, clusters: Iterable[str]) -> list[str]:
    """Ids of what was offered of some clusters and not taken away."""
    here = (
        persona_indicator.c.cluster.in_(list(clusters)),
        persona_indicator.c.identifiers != NONE,
    )
    return sorted(connection.execute(select(persona_indicator.c.id).where(*here)).scalars())


def withdraw(tx: Transaction, caller: Caller | None, ids: Iterable[str]) -> None:
    """Take offers away for good: what they said, in the row and behind the log, and from whom they
    were released to.
    """
    for id in ids:
        forget(tx.connection, [id])
        here = update(persona_indicator).where(persona_indicator.c.id == id).returning(
            persona_indicator.c.owner
        )  # fmt: skip
        marking = Marking.STRICT
        kept = {"identifiers": NONE, "marking": marking.value}
        owner = tx.connection.execute(here.values(**kept)).scalar_one()
        share(tx.connection, persona_indicator, id, Sharing(owner, marking))
        told = {"identifiers": commit_to(tx.connection, NONE), **said_of(Shared(marking))}
        tx.record(caller, "persona.withdrawn", id, told)


def _listed(identifiers: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    pairs = sorted(set(identifiers))
    if not 0 < len(pairs) <= MOST:
        raise UsageError(f"identifiers: from 1 to {MOST:,}")
    for kind, hmac in pairs:
        if not _KIND.fullmatch(kind) or not _HMAC.fullmatch(hmac):
            raise UsageError("identifiers: each is a kind, such as email, and an HMAC in hex")
    return [{"kind": kind, "hmac": hmac} for kind, hmac in pairs]


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "identifiers": json.loads(row["identifiers"])}
