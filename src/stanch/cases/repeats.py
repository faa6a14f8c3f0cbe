"""Which reports say the same: word for word, or about the same accounts.

Both are looked up by an index, the accounts in `intake_account`, which has those of each report's
body once more: a report is taken in while every other writer waits. Where a reporter's words are
erased the accounts stay, there as in the body.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, insert, select, union

from stanch.model.desk.people import Caller
from stanch.store.desk.faults import Fault
from stanch.store.desk.tables import intake, intake_account
from stanch.store.desk.visible import visible

_RUN: Final = 200  # reports that are in memory at once


def keep(connection: Connection, id: str, accounts: Iterable[str]) -> None:
    """Write down which accounts a new report names, each once."""
    rows = [{"report": id, "account": account} for account in accounts]
    if rows:
        connection.execute(insert(intake_account), rows)


def repeats(connection: Connection, caller: Caller, report: Mapping[Any, Any]) -> list[str]:
    """Ids of what of other reports, no later than this one, says the same and may be seen.

    `report` is a row of `intake`: of it `id`, `digest` and `created`.
    """
    named = select(intake_account.c.account).where(intake_account.c.report == report["id"])
    same = union(
        select(intake.c.id).where(intake.c.digest == report["digest"]),
        select(intake_account.c.report).where(intake_account.c.account.in_(named)),
    )
    query = select(intake.c.id).where(
        intake.c.id.in_(same),
        visible(intake, caller),
        intake.c.id != report["id"],
        intake.c.created <= report["created"],
    )
    return sorted(connection.execute(query).scalars())


def check(connection: Connection) -> Iterator[Fault]:
    """Reports that are looked up under other accounts than their body names."""
    query = select(intake.c.id, intake.c.body).order_by(intake.c.id).limit(_RUN)
    after = ""
    while rows := connection.execute(query.where(intake.c.id > after)).all():
        after = rows[-1].id
        found: dict[str, set[str]] = {row.id: set() for row in rows}
        kept = select(intake_account).where(intake_account.c.report.in_(found))
        for each in connection.execute(kept):
            found[each.report].add(each.account)
        for row in rows:
            if _accounts(row.body) not in (None, found[row.id]):
                yield Fault("record", f"{row.id} is looked up under other accounts than it names")


def _accounts(body: str) -> set[str] | None:
    """None where the body is none: that it is another than the log's is said elsewhere."""
    try:
        return set(json.loads(body)["accounts"])
    except (ValueError, KeyError, TypeError):
        return None
