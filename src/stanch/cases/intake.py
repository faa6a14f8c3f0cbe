"""What comes in from outside: kept, compared with what came before, and judged by a person.

Most reports are worth nothing (of 5,443 to one bounty 70 were valid: The Block, 21 April 2025), so
each stands beside the record of who made it, and beside those that say the same.
"""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, insert, null, select, update
from sqlalchemy import case as when

from stanch.cases.cases import Shared, known, listed_ids, said_of, within
from stanch.cases.digests import keyed
from stanch.cases.items import account_of
from stanch.cases.repeats import keep, repeats
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.access.rights import require
from stanch.members.words import chosen, new_id, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import case, intake, reporter
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, named, own, readable, share, this, visible

LISTING: Final = Listing(intake, ("created",), ("kind", "state", "case", "reporter", "digest"))
_MOST: Final = 1000  # accounts or transactions of one report
_LONGEST: Final = 100_000  # characters of a report


class Source(StrEnum):
    """Who reports."""

    VICTIM = "victim"
    BOUNTY = "bounty"
    EXCHANGE = "exchange"
    OTHER = "other"


class Verdict(StrEnum):
    """What a person found of a report."""

    VALID = "valid"
    INVALID = "invalid"
    DUPLICATE = "duplicate"


NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report as it came in. `contact` is who made it; the same contact has one record."""

    kind: str
    contact: str
    text: str
    accounts: Sequence[str]
    transactions: Sequence[str]
    shared: Shared


@dataclass(frozen=True, slots=True)
class Triage:
    """What an analyst made of a report: why; the case it goes to; the report it repeats."""

    verdict: str
    reason: str
    case: str | None = None
    same_as: str | None = None


def receive(tx: Transaction, caller: Caller, new: NewReport) -> dict[str, Any]:
    """Take a report in; returns its id, its reporter's record, and what it seems to repeat.

    Raises ForbiddenError, UsageError for an account that is none: it would be looked for in vain.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    kind = chosen(Source, "kind", [new.kind])
    body = _body(new)
    digest = keyed(tx.connection, "report", _plain(body))
    who = _reporter(tx, new.contact)
    sharing = own(caller, new.shared.marking, listed_ids(tx.connection, new.shared))
    id = new_id("rep")
    text = canonical(body).decode()
    row = {"id": id, "reporter": who.id, "kind": kind, "body": text,
           "digest": digest, "state": NEW, "created": tx.at}  # fmt: skip
    tx.connection.execute(insert(intake).values(**row, **columns(sharing)))
    share(tx.connection, intake, id, sharing)
    keep(tx.connection, id, [*body["accounts"], digest], sharing)
    sealed = commit_to(tx.connection, text)
    said = {"kind": kind, "report": sealed, "reporter": who.id, **said_of(new.shared)}
    tx.record(caller, "report.received", id, said)
    record = _record(tx.connection, caller, who.id)
    return {"id": id, "record": record, "repeats": repeats(tx.connection, caller, row)}


def settle(tx: Transaction, caller: Caller, id: str, triage: Triage) -> None:
    """Say what a report is worth, once. It counts for or against who made it.

    Raises NotFoundError, RefusedError where it is settled, UsageError for a duplicate of nothing.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    verdict = chosen(Verdict, "verdict", [triage.verdict])
    row = _one(tx.connection, caller, id)
    if row.owner != caller.member.id:
        raise RefusedError(f"{id} was received by {row.owner}")
    if row.state != NEW:
        raise RefusedError(f"{id} is settled: {row.state}")
    if (verdict == Verdict.DUPLICATE) != (triage.same_as is not None):
        raise UsageError("same_as: names the report that a duplicate repeats, and only then")
    if triage.same_as is not None and _one(tx.connection, caller, triage.same_as).id == id:
        raise UsageError("same_as: a report does not repeat itself")
    if triage.case is not None:
        within(tx, caller, triage.case)
    reason = typed("reason", triage.reason, 2000)
    said = {"same_as": triage.same_as, "case": triage.case}
    query = update(intake).where(intake.c.id == id)
    tx.connection.execute(query.values(state=verdict, reason=reason, **said))
    _count(tx, row.reporter, verdict)
    sealed = commit_to(tx.connection, reason)
    tx.record(caller, "report.settled", id, {"verdict": verdict, "reason": sealed, **said})


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Reports that the caller may see, each with its reporter's record."""
    require(caller, scope=Scope.READ)
    query = _query(caller).where(readable(intake, caller))
    if "case" in asked.filters:
        query = query.where(named(case, intake.c.case, caller))
    found = page(connection, query, LISTING, asked)
    records = _records(connection, caller, {row["reporter"] for row in found.rows})
    rows = [{**_shown(row), "record": records[row["reporter"]]} for row in found.rows]
    return Page(rows, found.next)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A report, its reporter's record, and the reports it seems to repeat. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    row = _one(connection, caller, id)
    record = _record(connection, caller, row.reporter)
    more = {"record": record, "repeats": repeats(connection, caller, row._mapping)}
    return {**_shown(row._mapping), **more}


def _one(connection: Connection, caller: Caller, id: str) -> Row[Any]:
    query = _query(caller).where(this(intake, caller, known("report", id)))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no report {id}")
    return row


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "body": json.loads(row["body"])}


def _query(caller: Caller) -> Select[Any]:
    """Reports; what they name of others only where the caller may see that too."""
    shown = {
        "case": named(case, intake.c.case, caller),
        "same_as": named(intake, intake.c.same_as, caller),
    }
    columns = [
        when((shown[column.name], column), else_=null()).label(column.name)
        if column.name in shown
        else column
        for column in intake.c
    ]
    return select(*columns)


def _record(connection: Connection, caller: Caller, who: str) -> dict[str, Any]:
    return _records(connection, caller, {who})[who]


def _records(connection: Connection, caller: Caller, who: Set[str]) -> dict[str, dict[str, Any]]:
    """What became of each reporter's reports, of those that the caller may see."""
    counted = (Verdict.VALID, Verdict.INVALID)
    query = (
        select(intake.c.reporter, intake.c.state, func.count().label("many"))
        .where(intake.c.reporter.in_(who), intake.c.state.in_(counted), visible(intake, caller))
        .group_by(intake.c.reporter, intake.c.state)
    )
    records: dict[str, dict[str, Any]] = {
        each: {"reporter": each, **{verdict.value: 0 for verdict in counted}} for each in who
    }
    for row in connection.execute(query):
        records[row.reporter][row.state] = row.many
    return records


def _body(new: NewReport) -> dict[str, Any]:
    for name, texts in (("accounts", new.accounts), ("transactions", new.transactions)):
        if len(texts) > _MOST:
            raise UsageError(f"{name}: more than {_MOST}")
    if len(new.text) > _LONGEST:
        raise UsageError(f"text: longer than {_LONGEST:,} characters")
    lines = [typed("text", line, 20_000) for line in new.text.splitlines() if line.strip()]
    return {
        "text": "\n".join(lines),
        "accounts": sorted({account_of(text) for text in new.accounts}),
        "transactions": sorted({typed("transaction", text) for text in new.transactions}),
    }


def _plain(body: Mapping[str, Any]) -> str:
    """What a report says, whatever its blanks and its case."""
    plain = {**body, "text": " ".join(body["text"].casefold().split())}
    return canonical(plain).decode()


def _reporter(tx: Transaction, contact: str) -> Row[Any]:
    """The record of who reports. Who it is stands where it can be erased, found by a digest that
    is keyed with a secret of this desk.
    """
    contact = typed("contact", contact)
    key = keyed(tx.connection, "reporter", contact.casefold())
    query = select(reporter).where(reporter.c.contact == key)
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        new = {"id": new_id("rpr"), "contact": key, "valid": 0, "invalid": 0, "created": tx.at}
        tx.connection.execute(insert(reporter).values(**new))
        row = tx.connection.execute(query).one()
    # Each time: the log's length is known to all, and would tell whether anybody heard of them yet.
    tx.record(None, "reporter.known", row.id, {"who": commit_to(tx.connection, contact)})
    return row


def _count(tx: Transaction, who: str, verdict: str) -> None:
    """What the whole desk found. A duplicate says neither for nor against who made it."""
    if verdict != Verdict.DUPLICATE:
        column = reporter.c.valid if verdict == Verdict.VALID else reporter.c.invalid
        query = update(reporter).where(reporter.c.id == who).values({column: column + 1})
        tx.connection.execute(query)
