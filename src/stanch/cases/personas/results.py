"""Hand in what `stanch personas link` found: each cluster becomes a question on the queue."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from stanch.cases.cases import known
from stanch.errors import NotFoundError
from stanch.formats.persona_result.cluster import OPERATOR, Cluster
from stanch.formats.persona_result.document import Result
from stanch.members.access.rights import require
from stanch.members.words import new_id, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Role, Scope
from stanch.model.desk.persona_review import State
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import persona_cluster, persona_record, persona_result
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, own, readable, share, this

LISTING: Final = Listing(persona_result, ("created", "title"), ())


def submit(tx: Transaction, caller: Caller, title: str, result: Result) -> dict[str, Any]:
    """Hand in a result for the caller's member; returns its id, how many clusters were queued, and
    how many the result left out. Raises ForbiddenError, UsageError.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    id, title = new_id("psr"), typed("title", title)
    sharing = own(caller, Marking.STRICT)
    said = {
        "manifest": result.manifest, "records": result.records, "clusters": len(result.clusters),
        "left_out": result.left_out,
    }  # fmt: skip
    methods = canonical(list(result.methods)).decode()
    row = {**said, "id": id, "title": title, "methods": methods, "person": caller.person,
           "created": tx.at, **columns(sharing)}  # fmt: skip
    tx.connection.execute(insert(persona_result).values(**row))
    share(tx.connection, persona_result, id, sharing)
    told = {**said, "title": commit_to(tx.connection, title), "methods": list(result.methods)}
    tx.record(caller, "persona.submitted", id, {**told, "marking": sharing.marking.value})
    for each in result.clusters:
        _queue(tx, caller, id, each)
    return {"id": id, "clusters": len(result.clusters), "left_out": result.left_out}


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """The results that the caller may see."""
    require(caller, scope=Scope.READ)
    query = select(persona_result).where(readable(persona_result, caller))
    found = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A result. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    query = select(persona_result).where(this(persona_result, caller, known("result", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no result {id}")
    return _shown(row)


def rank(cluster: Cluster) -> str:
    """A text that sorts as priority does, then as bits do; an operator comes before its farm."""
    priority, bits = strongest(cluster)
    return f"{priority:010d}-{max(bits, 0):015d}-{int(cluster['level'] == OPERATOR)}"


def strongest(cluster: Cluster) -> tuple[int, int]:
    """The highest priority of its records, and the most millionths of a bit that one has."""
    records = cluster["records"]
    priority = max(int(each["priority"]) for each in records)
    return priority, max(int(each["microbits"]) for each in records)


def _queue(tx: Transaction, caller: Caller, result: str, cluster: Cluster) -> None:
    id, sharing = new_id("psc"), own(caller, Marking.STRICT)
    text = canonical(cluster).decode()
    priority, bits = strongest(cluster)
    told = {
        "result": result, "level": cluster["level"], "name": cluster["name"],
        "farm": cluster["farm"], "rank": rank(cluster), "priority": priority,
        "microbits": bits,
        "people": len(cluster["records"]) + cluster["unnamed"], "state": State.QUEUED.value,
        "round": 1,
    }  # fmt: skip
    row = {**told, "id": id, "said": text, "created": tx.at}
    tx.connection.execute(insert(persona_cluster).values(**row, **columns(sharing)))
    share(tx.connection, persona_cluster, id, sharing)
    records = [{"cluster": id, "record": each["record"]} for each in cluster["records"]]
    tx.connection.execute(insert(persona_record), records)
    sealed = commit_to(tx.connection, text)
    tx.record(caller, "persona.queued", id, {**told, "said": sealed})


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "methods": json.loads(row["methods"])}
