"""What comes in from outside: kept, compared with what came before, and judged by a person.

Most reports are worth nothing (of 5,443 to one bounty 70 were valid: The Block, 21 April 2025), so
each stands beside the record of who made it, and beside those that say the same.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from stanch.cases.cases import Shared, listed_ids, said_of, within
from stanch.cases.items import account_of
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.access.rights import require
from stanch.members.words import chosen, new_id, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import intake, reporter
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, own, share, visible

LISTING: Final = Listing(intake, ("created",), ("kind", "state", "case", "reporter", "digest"))
_MOST: Final = 1000  # accounts or transactions of one report


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
    digest = _digest(body)
    who = _reporter(tx, new.contact)
    sharing = own(caller, new.shared.marking, listed_ids(tx.connection, new.shared))
    id = new_id("rep")
    row = {"id": id, "reporter": who.id, "kind": kind, "body": canonical(body).decode(),
           "digest": digest, "state": NEW, "created": tx.at}  # fmt: skip
    tx.connection.execute(insert(intake).values(**row, **columns(sharing)))
    share(tx.connection, intake, id, sharing)
    said = {"kind": kind, "digest": digest, "reporter": who.id, **said_of(new.shared)}
    tx.record(caller, "report.received", id, said)
    return {"id": id, "record": _record(who), "repeats": _repeats(tx.connection, caller, id)}


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
    said = {"reason": typed("reason", triage.reason, 2000), "same_as": triage.same_as,
            "case": triage.case}  # fmt: skip
    query = update(intake).where(intake.c.id == id).values(state=verdict, **said)
    tx.connection.execute(query)
    _count(tx, row.reporter, verdict)
    tx.record(caller, "report.settled", id, {"verdict": verdict, **said})


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Reports that the caller may see."""
    require(caller, scope=Scope.READ)
    found = page(connection, select(intake).where(visible(intake, caller)), LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A report, its reporter's record, and the reports it seems to repeat. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    row = _one(connection, caller, id)
    who = connection.execute(select(reporter).where(reporter.c.id == row.reporter)).one()
    more = {"record": _record(who), "repeats": _repeats(connection, caller, id)}
    return {**_shown(row._mapping), **more}


def _one(connection: Connection, caller: Caller, id: str) -> Row[Any]:
    query = select(intake).where(intake.c.id == id, visible(intake, caller))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no report {id}")
    return row


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "body": json.loads(row["body"])}


def _record(row: Row[Any]) -> dict[str, Any]:
    return {"reporter": row.id, "valid": row.valid, "invalid": row.invalid}


def _repeats(connection: Connection, caller: Caller, id: str) -> list[str]:
    """Earlier reports that say the same, word for word or about the same accounts."""
    row = _one(connection, caller, id)
    earlier = select(intake).where(visible(intake, caller), intake.c.id != id)
    accounts = set(json.loads(row.body)["accounts"])
    found = []
    for other in connection.execute(earlier.where(intake.c.created <= row.created)):
        same = other.digest == row.digest
        if same or accounts & set(json.loads(other.body)["accounts"]):
            found.append(str(other.id))
    return sorted(found)


def _body(new: NewReport) -> dict[str, Any]:
    for name, texts in (("accounts", new.accounts), ("transactions", new.transactions)):
        if len(texts) > _MOST:
            raise UsageError(f"{name}: more than {_MOST}")
    lines = [typed("text", line, 20_000) for line in new.text.splitlines() if line.strip()]
    return {
        "text": "\n".join(lines),
        "accounts": sorted({account_of(text) for text in new.accounts}),
        "transactions": sorted({typed("transaction", text) for text in new.transactions}),
    }


def _digest(body: Mapping[str, Any]) -> str:
    """Of what a report says, whatever its blanks and its case."""
    plain = {**body, "text": " ".join(body["text"].casefold().split())}
    return f"sha256:{hashlib.sha256(canonical(plain)).hexdigest()}"


def _reporter(tx: Transaction, contact: str) -> Row[Any]:
    """The record of who reports. Who it is stands where it can be erased, found by a digest that
    is keyed with this desk's own id.
    """
    contact = typed("contact", contact)
    key = hashlib.sha256(f"reporter\0{contact.casefold()}".encode()).hexdigest()
    query = select(reporter).where(reporter.c.contact == key)
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        new = {"id": new_id("rpr"), "contact": key, "valid": 0, "invalid": 0, "created": tx.at}
        tx.connection.execute(insert(reporter).values(**new))
        tx.record(
            None, "reporter.known", str(new["id"]), {"who": commit_to(tx.connection, contact)}
        )
        row = tx.connection.execute(query).one()
    return row


def _count(tx: Transaction, who: str, verdict: str) -> None:
    """A duplicate says neither for nor against who made it."""
    if verdict != Verdict.DUPLICATE:
        column = reporter.c.valid if verdict == Verdict.VALID else reporter.c.invalid
        query = update(reporter).where(reporter.c.id == who).values({column: column + 1})
        tx.connection.execute(query)
