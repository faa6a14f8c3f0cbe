"""Where two holders said yes to each other, what each offered is opened to the other.

It is done by what shares a case or an item, in the name of the person who offered it: where that
person may not share it any more, it stays closed, and who offered it is told why.
"""

import json
from collections.abc import Mapping
from itertools import permutations
from typing import Any

from sqlalchemy import delete, insert, select

from stanch.cases import cases, items
from stanch.cases.cases import Shared
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.members.rows import active_people, as_caller
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.sharing.threats.records import newest
from stanch.store.desk.tables import case, case_item, common_opening, person
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import EVERYBODY, shared_with

Row = Mapping[str, Any]


def open_agreed(tx: Transaction, caller: Caller, id: str) -> list[str]:
    """Open what is agreed about a threat and not open yet; the log says who brought it about.
    Returns the rows that somebody sees now who did not.
    """
    opened = []
    said = {member: row for (_, member), row in newest(tx.connection, [id]).items()}
    for one, other in permutations(sorted(said), 2):
        if _agrees(said[one], other) and _agrees(said[other], one):
            for row in sorted(json.loads(said[one]["said"])["offers"]):  # cases before their items
                if _open(tx, caller, said[one], (row, other)):
                    opened.append(row)
    return opened


def _agrees(row: Row, with_: str) -> bool:
    return row["answer"] == "yes" and with_ in json.loads(row["said"])["to"]


def _open(tx: Transaction, caller: Caller, answer: Row, what: tuple[str, str]) -> bool:
    row, to = what
    here = (
        common_opening.c.answer == answer["id"],
        common_opening.c.row == row,
        common_opening.c.to == to,
    )
    before = tx.connection.execute(select(common_opening.c.problem).where(*here)).one_or_none()
    if before is not None and before.problem is None:
        return False
    problem = None
    try:
        _widen(tx, _offered_by(tx, answer), row, to)
    except (ForbiddenError, NotFoundError, RefusedError, UsageError) as error:
        problem = str(error)
    tx.connection.execute(delete(common_opening).where(*here))
    new = {"answer": answer["id"], "row": row, "to": to, "problem": problem, "created": tx.at}
    tx.connection.execute(insert(common_opening).values(**new))
    if problem is None:
        tx.record(caller, "common.opened", answer["id"], {"row": row, "to": to})
    return problem is None


def _offered_by(tx: Transaction, answer: Row) -> Caller:
    """Who offered, with the roles they have now. Raises ForbiddenError where they left."""
    row = tx.connection.execute(
        active_people().where(person.c.id == answer["person"])
    ).one_or_none()
    if row is None:
        raise ForbiddenError("who offered it is here no more: somebody else of you answers anew")
    return as_caller(row)


def _widen(tx: Transaction, by: Caller, row: str, to: str) -> None:
    """Put a member on the release list of a case or an item, by the use case of its owner."""
    of_case = row.startswith("case-")
    found = cases.mine(tx, by, row) if of_case else items.mine(tx, by, row)
    marking = Marking(found["marking"])
    if marking in EVERYBODY:
        return  # every member sees it as it is
    if marking == Marking.RED:
        raise RefusedError(f"{row} is {Marking.RED} now, for people alone")
    listed = shared_with(tx.connection, case if of_case else case_item, row)
    if to in listed:
        return
    shared = Shared(marking, tuple(sorted({*listed, to})))
    (cases.reshare if of_case else items.reshare)(tx, by, row, shared)
