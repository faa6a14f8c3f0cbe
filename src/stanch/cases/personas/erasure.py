"""Forget a record, as the law or its date of retention asks: in every cluster that names it.

The cluster loses the record and all that tied it. Where nothing was decided yet the others are read
anew, since what was read is not what stands there now; a decision stays, with its reasons. What was
offered to a group cannot be told apart by record, so all offers of such a cluster are taken away.
"""

import json
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, true, update

from stanch.cases.personas import indicators
from stanch.cases.personas.results import rank, strongest
from stanch.errors import NotFoundError
from stanch.formats.persona_result.cluster import without
from stanch.members.access.rights import require, require_session
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Role, Scope
from stanch.model.desk.persona_review import DECIDED, State
from stanch.store.desk.erasure import forget
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import persona_cluster, persona_record
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import visible


def holding(tx: Transaction, caller: Caller | None, record: str) -> list[Any]:
    """Clusters of the caller's member that name a record; None is the desk itself: of everybody.

    Raises ForbiddenError, NotFoundError where there is none.
    """
    mine: ColumnElement[bool] = true()
    if caller is not None:
        require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
        require_session(caller)
        here = persona_cluster.c.owner == caller.member.id
        mine = and_(here, visible(persona_cluster, caller))
    query = select(persona_cluster).join(
        persona_record, persona_record.c.cluster == persona_cluster.c.id
    )
    query = query.where(persona_record.c.record == record, mine).order_by(persona_cluster.c.id)
    rows = tx.connection.execute(query).mappings().all()
    if not rows:
        raise NotFoundError("no cluster names that record")
    return list(rows)


def erase_record(tx: Transaction, caller: Caller | None, record: str) -> dict[str, Any]:
    """Forget it; returns the clusters that named it and the offers that were taken away. Raises as
    `holding`.
    """
    rows = holding(tx, caller, record)
    ids = [row["id"] for row in rows]
    gone = indicators.offers(tx.connection, ids)
    indicators.withdraw(tx, caller, gone)
    for row in rows:
        _without(tx, caller, row, record)
    return {"clusters": ids, "indicators": gone}


def _without(tx: Transaction, caller: Caller | None, row: Any, record: str) -> None:
    here = (persona_record.c.cluster == row["id"], persona_record.c.record == record)
    tx.connection.execute(delete(persona_record).where(*here))
    forget(tx.connection, [row["id"]])  # what was queued; reasons stand under words of their own
    cluster = without(json.loads(row["said"]), record)
    text = canonical(cluster).decode()
    now: dict[str, Any] = {"people": len(cluster["records"]) + cluster["unnamed"]}
    if row["state"] not in DECIDED.values():
        state = State.QUEUED if now["people"] > 1 else State.GONE
        now |= {"state": state.value, "round": row["round"] + 1}
    if cluster["records"]:
        now["priority"], now["microbits"] = strongest(cluster)
        now["rank"] = rank(cluster)
    told = {**now, "said": commit_to(tx.connection, text)}
    change = update(persona_cluster).where(persona_cluster.c.id == row["id"])
    tx.connection.execute(change.values(said=text, **now))
    tx.record(caller, "persona.erased", row["id"], told)
