"""Which reports say the same: word for word, or about the same accounts.

Both are looked up in `intake_account`, which has the accounts of each report's body once more, and
its digest: a report is taken in while every other writer waits. There they stand by who may look,
so that what others keep to themselves takes no time. Where a reporter's words are
erased the accounts stay, there as in the body.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, union

from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.people import Caller
from stanch.store.desk.faults import Fault
from stanch.store.desk.tables import intake, intake_account, release
from stanch.store.desk.visible import ALL, EVERYBODY, visible

_RUN: Final = 200  # reports that are in memory at once


def keep(connection: Connection, id: str, says: Iterable[str], sharing: Sharing) -> None:
    """Write down what is looked up of a new report: the accounts that it names, and its digest."""
    to = "" if sharing.marking == Marking.RED else sharing.owner
    to = ALL if sharing.marking in EVERYBODY else to
    rows = [{"report": id, "account": each, "open_to": to} for each in dict.fromkeys(says)]
    connection.execute(insert(intake_account), rows)


def forget_words(connection: Connection, id: str) -> None:
    """A report's words are to be erased: it is found by them no more."""
    words = select(intake.c.digest).where(intake.c.id == id).scalar_subquery()
    here = intake_account.c.report == id, intake_account.c.account == words
    connection.execute(delete(intake_account).where(*here))


def repeats(connection: Connection, caller: Caller, report: Mapping[Any, Any]) -> list[str]:
    """Ids of what of other reports, no later than this one, says the same and may be seen.

    `report` is a row of `intake`: of it `id` and `created`.
    """
    says = select(intake_account.c.account).where(intake_account.c.report == report["id"])
    same = select(intake_account.c.report).where(intake_account.c.account.in_(says))
    listed = select(release.c.row).where(
        release.c.kind == intake.name, release.c.to.in_((caller.member.id, caller.person))
    )
    found = union(
        same.where(intake_account.c.open_to.in_((caller.member.id, ALL))),
        same.where(intake_account.c.report.in_(listed)),
    )
    query = select(intake.c.id).where(
        intake.c.id.in_(found),
        visible(intake, caller),
        intake.c.id != report["id"],
        intake.c.created <= report["created"],
    )
    return sorted(connection.execute(query).scalars())


def check(connection: Connection) -> Iterator[Fault]:
    """Reports that are looked up under other accounts than their body names."""
    query = select(intake.c.id, intake.c.body, intake.c.digest).order_by(intake.c.id).limit(_RUN)
    after = ""
    while rows := connection.execute(query.where(intake.c.id > after)).all():
        after = rows[-1].id
        found: dict[str, set[str]] = {row.id: set() for row in rows}
        kept = select(intake_account).where(intake_account.c.report.in_(found))
        for each in connection.execute(kept):
            found[each.report].add(each.account)
        for row in rows:
            if _accounts(row.body) not in (None, found[row.id] - {row.digest}):
                yield Fault("record", f"{row.id} is looked up under other accounts than it names")


def _accounts(body: str) -> set[str] | None:
    """None where the body is none: that it is another than the log's is said elsewhere."""
    try:
        return set(json.loads(body)["accounts"])
    except (ValueError, KeyError, TypeError):
        return None
