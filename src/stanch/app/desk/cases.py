"""Cases, what lies in them, judgements and reports from outside: each use case one transaction."""

from typing import Any

from stanch.app.desk.desk import Desk
from stanch.app.desk.shares import keep_up
from stanch.cases import cases, deconfliction, files, intake, items, judgements, traces
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport, Triage
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.cases.traces import Passed
from stanch.errors import UsageError
from stanch.formats import trace_accounts
from stanch.model.desk.people import Caller
from stanch.store.desk.page import Asked, Page


def open_case(
    desk: Desk, caller: Caller, title: str, shared: Shared, reported: str | None = None
) -> str:
    """Open a case; returns its id. Raises ForbiddenError, UsageError."""
    with desk.database.write() as tx:
        return cases.open_case(tx, caller, title, shared, reported)


def listed(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Cases that the caller may see."""
    with desk.database.read() as connection:
        return cases.listed(connection, caller, asked)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A case. Raises NotFoundError."""
    with desk.database.read() as connection:
        return cases.one(connection, caller, id)


def close(desk: Desk, caller: Caller, id: str, reason: str) -> None:
    """Close a case. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        cases.close(tx, caller, id, reason)


def reshare(desk: Desk, caller: Caller, id: str, shared: Shared) -> None:
    """Give a case another marking or release list; what of it lies in collections keeps up with
    that. Raises NotFoundError, RefusedError.
    """
    with desk.database.write() as tx:
        cases.reshare(tx, caller, id, shared)
        keep_up(tx, caller, id)


def listed_items(desk: Desk, caller: Caller, case: str, asked: Asked) -> Page:
    """What of a case the caller may see. Raises NotFoundError."""
    with desk.database.read() as connection:
        return items.listed(connection, caller, case, asked)


def item(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """One thing in a case. Raises NotFoundError."""
    with desk.database.read() as connection:
        return items.read(connection, caller, id)


def add_item(desk: Desk, caller: Caller, new: NewItem) -> str:
    """Add to a case; returns the item's id. Raises UsageError for a trace: without its accounts it
    would take the place of one that has them in what is screened.
    """
    if new.kind == "trace":
        raise UsageError("a trace comes with its accounts.csv: POST /v1/cases/{case}/traces")
    with desk.database.write() as tx:
        return items.add(tx, caller, new)


def keep_file(desk: Desk, caller: Caller, new: NewItem, name: str, content: bytes) -> str:
    """Keep a file in a case; returns the item's id."""
    with desk.database.write() as tx:
        return files.keep(tx, caller, new, name, content)


def attach_trace(desk: Desk, caller: Caller, new: NewItem, content: bytes) -> str:
    """Put a trace into a case, with the accounts of its accounts.csv; returns the item's id.

    Raises InputError for a row that is none, NotFoundError, UsageError: nothing is kept then.
    """
    rows = (
        Passed(each.incident, each.account, each.asset, each.hop, each.amount)
        for each in trace_accounts.parse(content)
    )
    with desk.database.write() as tx:
        return traces.attach(tx, caller, new, rows)


def read_file(desk: Desk, caller: Caller, item: str) -> tuple[str, bytes]:
    """The name and the bytes of a file. Raises NotFoundError."""
    with desk.database.read() as connection:
        return files.read(connection, caller, item)


def own_files(desk: Desk, caller: Caller, most: int) -> list[dict[str, str]]:
    """Files of the caller's own member, the newest first: item, name, title of the case."""
    with desk.database.read() as connection:
        return files.own(connection, caller, most)


def listed_judgements(desk: Desk, caller: Caller, case: str, asked: Asked) -> Page:
    """Judgements on a case that the caller may see. Raises NotFoundError."""
    with desk.database.read() as connection:
        return judgements.listed(connection, caller, case, asked)


def judge(desk: Desk, caller: Caller, new: NewJudgement) -> str:
    """Add a judgement; returns its id."""
    with desk.database.write() as tx:
        return judgements.judge(tx, caller, new)


def overlaps(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """What others have on accounts that the caller's member works on too."""
    with desk.database.read() as connection:
        return deconfliction.overlaps(connection, caller, asked)


def listed_reports(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Reports from outside that the caller may see."""
    with desk.database.read() as connection:
        return intake.listed(connection, caller, asked)


def report(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A report, with its reporter's record. Raises NotFoundError."""
    with desk.database.read() as connection:
        return intake.one(connection, caller, id)


def receive(desk: Desk, caller: Caller, new: NewReport) -> dict[str, Any]:
    """Take a report in; returns its id, its reporter's record, and what it seems to repeat."""
    with desk.database.write() as tx:
        return intake.receive(tx, caller, new)


def settle(desk: Desk, caller: Caller, id: str, triage: Triage) -> None:
    """Say what a report is worth. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        intake.settle(tx, caller, id, triage)
