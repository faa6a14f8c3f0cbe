"""Common threats as one who holds them sees them; for everybody else there are none."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, func, select

from stanch.cases.cases import known
from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import common_answer, common_holder, common_opening, common_threat
from stanch.store.desk.visible import readable, this

LISTING: Final = Listing(common_threat, ("created",), ("run",))

Row = Mapping[str, Any]


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """The threats that the caller's member holds."""
    require(caller, scope=Scope.READ)
    query = select(common_threat).where(readable(common_threat, caller))
    found = page(connection, query, LISTING, asked)
    return Page(_shown(connection, caller, found.rows), found.next)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A threat with who holds it, what each answered, and what was opened. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    query = select(common_threat).where(this(common_threat, caller, known("threat", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no threat {id}")
    (found,) = _shown(connection, caller, [dict(row)])
    own = newest(connection, [id]).get((id, caller.member.id))
    return {
        **found,
        "offered": json.loads(own["said"]) if own else None,
        "opened": _openings(connection, caller, id),
    }


def asked(connection: Connection, caller: Caller) -> int:
    """How many threats wait for an answer of the caller's member: none yet, or `later`."""
    require(caller, scope=Scope.READ)
    query = select(common_threat.c.id).where(
        readable(common_threat, caller), common_threat.c.met.is_not(None)
    )
    ids = list(connection.execute(query).scalars())
    said = newest(connection, ids, caller.member.id)
    settled = {id for (id, _), row in said.items() if row["answer"] in ("yes", "no")}
    return len(set(ids) - settled)


def newest(
    connection: Connection, ids: Iterable[str], of: str | None = None
) -> dict[tuple[str, str], Row]:
    """The answer that counts, by threat and member: of all members, or of one."""
    place = func.row_number().over(
        partition_by=(common_answer.c.threat, common_answer.c.member),
        order_by=common_answer.c.n.desc(),
    )
    ranked = select(common_answer, place.label("place")).where(
        common_answer.c.threat.in_(list(ids))
    )
    if of is not None:
        ranked = ranked.where(common_answer.c.member == of)
    inner = ranked.subquery()
    rows = connection.execute(select(inner).where(inner.c.place == 1)).mappings()
    return {(row["threat"], row["member"]): dict(row) for row in rows}


def _shown(connection: Connection, caller: Caller, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows with their holders: each holder's word, and nothing of what it would share."""
    rows = list(rows)
    ids = [row["id"] for row in rows]
    query = select(common_holder).where(common_holder.c.threat.in_(ids))
    said = newest(connection, ids)
    holders: dict[str, list[dict[str, Any]]] = {id: [] for id in ids}
    for each in connection.execute(query.order_by(common_holder.c.n)).mappings():
        word = said.get((each["threat"], each["member"]))
        answer = word["answer"] if word else None
        holders[each["threat"]].append(
            {"member": each["member"], "since": each["created"], "answer": answer}
        )
    return [
        {**row, "members": json.loads(row["members"]), "holders": holders[row["id"]],
         "state": "waiting" if row["met"] is None else "common",
         "answer": next(each["answer"] for each in holders[row["id"]]
                        if each["member"] == caller.member.id)}
        for row in rows
    ]  # fmt: skip


def _openings(connection: Connection, caller: Caller, id: str) -> list[dict[str, Any]]:
    """What was opened by the caller's member or to it; why not, is told to who offered it alone."""
    query = (
        select(common_opening, common_answer.c.member.label("of"))
        .join(common_answer, common_answer.c.id == common_opening.c.answer)
        .where(common_answer.c.threat == id)
        .order_by(common_opening.c.created, common_opening.c.row, common_opening.c.to)
    )
    own = caller.member.id
    return [
        {"row": row["row"], "of": row["of"], "to": row["to"], "problem": row["problem"],
         "at": row["created"]}
        for row in connection.execute(query).mappings()
        if row["of"] == own or (row["to"] == own and row["problem"] is None)
    ]  # fmt: skip
