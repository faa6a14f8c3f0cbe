"""Erase who reported and in what words; accounts, transactions and verdicts stay.

A member erases what came in at its own house, in red too, which the law asks of it. The contact
itself goes with the last member's words; nobody is told whether others still hold some.
"""

import json

from sqlalchemy import ColumnElement, exists, select, true, update

from stanch.cases.cases import known
from stanch.cases.digests import STRUCK, struck
from stanch.cases.repeats import forget_words
from stanch.errors import NotFoundError
from stanch.members.access.rights import require, require_session
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.erasure import forget
from stanch.store.desk.tables import intake, reporter
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import visible


def erase_reporter(tx: Transaction, caller: Caller | None, id: str) -> None:
    """Erase what a reporter said to the caller's member. None is the desk itself: to everybody.

    Raises ForbiddenError, NotFoundError where the caller sees no report of theirs.
    """
    mine = _mine(tx, caller, known("reporter", id))
    reports = tx.connection.execute(
        select(intake.c.id, intake.c.body).where(intake.c.reporter == id, mine)
    ).all()
    gone = forget(tx.connection, [row.id for row in reports])
    for row in reports:
        _without_words(tx, row.id, row.body)
    left = exists().where(intake.c.reporter == id, intake.c.digest.not_like(f"{STRUCK}%"))
    if not tx.connection.execute(select(left)).scalar_one():
        gone += forget(tx.connection, [id])
        query = update(reporter).where(reporter.c.id == id)
        tx.connection.execute(query.values(contact=struck()))
    tx.record(caller, "reporter.erased", id, {"texts": gone})


def _mine(tx: Transaction, caller: Caller | None, id: str) -> ColumnElement[bool]:
    if caller is None:
        there = select(reporter.c.id).where(reporter.c.id == id)
        mine: ColumnElement[bool] = true()
    else:
        require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
        require_session(caller)
        mine = intake.c.owner == caller.member.id
        there = select(intake.c.id).where(intake.c.reporter == id, mine, visible(intake, caller))
    if tx.connection.execute(there).first() is None:
        raise NotFoundError(f"no reporter {id}")
    return mine


def _without_words(tx: Transaction, id: str, said: str) -> None:
    body = {**json.loads(said), "text": "", "erased": True}
    kept = {"body": canonical(body).decode(), "digest": struck()}
    forget_words(tx.connection, id)
    query = update(intake).where(intake.c.id == id)
    tx.connection.execute(query.values(**kept))
    settled = query.where(intake.c.reason.is_not(None))
    tx.connection.execute(settled.values(reason=""))
