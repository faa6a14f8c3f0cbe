"""Whether what lies in cases is what was put there: files by their hashes, texts by the log.

The log holds a commitment to each text, and the text stands beside it until it is erased. So a row
that was changed, taken away or slipped in behind the desk's back is found.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, exists, select

from stanch.cases import attributions, decided, repeats
from stanch.errors import SignatureError
from stanch.store.desk.commitments import reveal
from stanch.store.desk.faults import Fault
from stanch.store.desk.tables import (
    case_item,
    common_answer,
    common_report,
    file,
    intake,
    log,
    meeting_item,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose rows the log speaks of: by which verb, and under which word of it the text;
    `kind` where only the rows of that kind are meant.
    """

    table: Table
    column: Column[Any]
    verb: str
    word: str
    kind: str | None = None


_REPORTED: Final = "common.reported"
_RUN: Final = 200  # texts that are in memory at once
KEPT: Final = (
    Kept(case_item, case_item.c.body, "item.added", "body"),
    Kept(intake, intake.c.body, "report.received", "report"),
    Kept(meeting_item, meeting_item.c.said, "agenda.added", "agenda", "agenda"),
    Kept(meeting_item, meeting_item.c.said, "paper.laid", "paper", "paper"),
    Kept(meeting_item, meeting_item.c.said, "decision.taken", "decision", "decision"),
    Kept(common_answer, common_answer.c.said, "common.answered", "answer"),
)


def check(connection: Connection) -> Iterator[Fault]:
    """What is wrong with files (`evidence`) and texts (`record`)."""
    for name in connection.execute(select(file.c.sha256)).scalars().all():
        query = select(file.c.content).where(file.c.sha256 == name)
        content = connection.execute(query).scalar_one_or_none()
        if content is None or hashlib.sha256(content).hexdigest() != name:
            yield Fault("evidence", f"the file {name} is not the one that was kept")
    for kept in KEPT:
        yield from _texts(connection, kept)
        yield from _unheard_of(connection, kept)
    yield from repeats.check(connection)
    yield from attributions.check(connection)
    yield from decided.check(connection)
    yield from _reports(connection)


def _reports(connection: Connection) -> Iterator[Fault]:
    """Signed reports of common threats that are not as they were handed in, or never were."""
    heard = exists().where(log.c.subject == common_report.c.digest, log.c.verb == _REPORTED)
    for row in connection.execute(select(common_report.c.digest, common_report.c.jws, heard)):
        if f"sha256:{hashlib.sha256(row.jws.encode()).hexdigest()}" != row.digest or not row[2]:
            yield Fault("evidence", f"the report {row.digest} is not one that was handed in")


def _texts(connection: Connection, kept: Kept) -> Iterator[Fault]:
    query = (
        select(log.c.n, log.c.subject, log.c.said, kept.column.label("text"))
        .join(kept.table, kept.table.c.id == log.c.subject, isouter=True)
        .where(log.c.verb == kept.verb)
        .order_by(log.c.n)
        .limit(_RUN)
    )
    after = 0
    while rows := connection.execute(query.where(log.c.n > after)).all():
        after = rows[-1].n
        for row in rows:
            if row.text is None:
                yield Fault("record", f"{row.subject}, of entry {row.n}, is missing")
            elif _other(connection, kept, row.said, row.text):
                yield Fault("record", f"{row.subject} is not what entry {row.n} says of it")


def _other(connection: Connection, kept: Kept, said: str, text: str) -> bool:
    """Whether the log speaks of another text; not where that is erased."""
    try:
        known = reveal(connection, json.loads(said)[kept.word])
    except (SignatureError, ValueError, KeyError, TypeError):
        return False  # a bad entry or text: the check of the log names it
    return known is not None and known != text


def _unheard_of(connection: Connection, kept: Kept) -> Iterator[Fault]:
    id = kept.table.c.id
    heard = exists().where(log.c.subject == id, log.c.verb == kept.verb)
    query = select(id).where(~heard).order_by(id)
    if kept.kind is not None:
        query = query.where(kept.table.c.kind == kept.kind)
    for found in connection.execute(query).scalars().all():
        yield Fault("record", f"{found} stands in no entry of the log")
