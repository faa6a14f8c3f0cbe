"""Whether rows say what was decided: each is told again from its entries of the log.

An entry says some columns in the clear, some as commitments to their text, and some together, as a
commitment to one JSON object. Later entries take the place of earlier ones, column by column. What
was erased says nothing, and is left out. Who may read a row follows from its marking and list.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, exists, select

from stanch.errors import SignatureError
from stanch.model.desk.marking import Marking, Sharing
from stanch.store.desk.commitments import reveal
from stanch.store.desk.faults import Fault
from stanch.store.desk.tables import (
    action,
    body,
    body_target,
    case,
    case_item,
    intake,
    judgement,
    log,
    meeting,
    order,
    outcome,
    persona_cluster,
    persona_indicator,
    persona_result,
    persona_word,
    reader,
    reading,
    release,
    review,
    seat,
)
from stanch.store.desk.visible import readers


@dataclass(frozen=True, slots=True)
class Decided:
    """A table whose rows the log speaks of. `verbs`: those of its entries, the first makes the row;
    for each the word under which columns stand together, empty where none do. `texts` are columns
    that stand as commitments of their own, `json` those that hold JSON. `evidence` looks at those
    in `apart`, and then at whether the rows are all there.
    """

    table: Table
    verbs: Mapping[str, str]
    texts: frozenset[str] = frozenset()
    json: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    shared: bool = True


_RUN: Final = 200  # rows that are in memory at once
_DECIDED: Final = (
    Decided(case, {"case.opened": "", "case.shared": ""}, frozenset({"title"})),
    Decided(case_item, {"item.added": "", "item.shared": ""}, apart=frozenset({"body"})),
    Decided(intake, {"report.received": ""}, apart=frozenset({"body"})),
    Decided(judgement, {"case.judged": "judgement"}, json=frozenset({"sources"})),
    Decided(order, {"order.drafted": "", "order.redrafted": ""}),
    Decided(outcome, {"outcome.added": "outcome"}, json=frozenset({"body"})),
    Decided(review, {"review.asked": ""}),
    Decided(body, {"body.founded": "body"}, json=frozenset({"agenda"})),
    Decided(seat, {"seat.taken": "seat", "seat.ended": "seat"}, shared=False),
    Decided(meeting, {"meeting.called": "meeting", "meeting.moved": "meeting"}),
    Decided(
        action, {"action.given": "action", "action.done": "reason", "action.dropped": "reason"}
    ),
    Decided(body_target, {"target.set": "target"}),
    Decided(reading, {"reading.taken": "reading"}),
    Decided(
        persona_result, {"persona.submitted": ""}, frozenset({"title"}), frozenset({"methods"})
    ),
    Decided(
        persona_cluster,
        {"persona.queued": "", "persona.moved": "", "persona.opened": "", "persona.erased": ""},
        frozenset({"said"}),
    ),
    Decided(persona_word, {"persona.judged": ""}, shared=False),
    Decided(
        persona_indicator,
        {"persona.offered": "", "persona.withdrawn": ""},
        frozenset({"identifiers"}),
    ),
)


def check(connection: Connection) -> Iterator[Fault]:
    """Rows that are other than what was decided, or of which the log does not speak; rows that the
    log speaks of and that are not there; rows that others read than their marking lets.
    """
    for each in _DECIDED:
        if not each.apart:
            yield from _gone(connection, each)
        after = ""
        query = select(each.table).order_by(each.table.c.id).limit(_RUN)
        while rows := connection.execute(query.where(each.table.c.id > after)).all():
            after = rows[-1].id
            ids = [row.id for row in rows]
            said = _said(connection, each, ids)
            for row in rows:
                yield from _row(each, row, said.get(row.id))
            if each.shared:
                yield from _read_by_others(connection, each.table, rows)


def _gone(connection: Connection, of: Decided) -> Iterator[Fault]:
    made, here = next(iter(of.verbs)), exists().where(of.table.c.id == log.c.subject)
    query = select(log.c.n, log.c.subject).where(log.c.verb == made, ~here).order_by(log.c.n)
    for n, subject in connection.execute(query).all():
        yield Fault("record", f"{subject}, of entry {n}, is missing")


def _said(connection: Connection, of: Decided, ids: list[str]) -> dict[str, dict[str, Any]]:
    """What the log says of some rows, column by column."""
    query = (
        select(log.c.subject, log.c.verb, log.c.said)
        .where(log.c.subject.in_(ids), log.c.verb.in_(of.verbs))
        .order_by(log.c.n)
    )
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for subject, verb, text in connection.execute(query).all():
        found[subject] |= _entry(connection, of, verb, text)
    return found


def _entry(connection: Connection, of: Decided, verb: str, text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
        together = said.pop(of.verbs[verb], None)
        whole = reveal(connection, together) if together else None
        clear = {key: value for key, value in said.items() if key not in of.texts}
        texts = {key: reveal(connection, said[key]) for key in of.texts & said.keys()}
        shown = {key: value for key, value in texts.items() if value is not None}
        return {**clear, **shown, **(json.loads(whole) if whole else {})}
    except (SignatureError, ValueError, TypeError, AttributeError, KeyError):
        return {}  # a bad entry or text: the check of the log names it


def _row(of: Decided, row: Row[Any], said: Mapping[str, Any] | None) -> Iterator[Fault]:
    if said is None:
        if not of.apart:
            yield Fault("record", f"{row.id} stands in no entry of the log")
        return
    for name in sorted((said.keys() & set(of.table.c.keys())) - of.apart):
        if _held(of, row, name) != said[name]:
            yield Fault("record", f"{row.id} has another {name} than the log says")


def _held(of: Decided, row: Row[Any], name: str) -> Any:
    value = row._mapping[name]
    if name not in of.json:
        return value
    try:
        return json.loads(value)
    except (ValueError, TypeError):
        return value


def _read_by_others(connection: Connection, table: Table, rows: Any) -> Iterator[Fault]:
    ids = [row.id for row in rows]
    lists, read = (_to(connection, each, table, ids) for each in (release, reader))
    for row in rows:
        try:
            wanted = readers(_sharing(row, lists[row.id]))
        except ValueError:
            continue  # a marking that is none: said above
        more = {row.asked_by} if table is review else set()
        if read[row.id] != wanted | more:
            yield Fault("record", f"{row.id} is read by others than its marking lets")


def _to(connection: Connection, of: Table, table: Table, ids: list[str]) -> dict[str, set[str]]:
    query = select(of.c.row, of.c.to).where(of.c.kind == table.name, of.c.row.in_(ids))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row, to in connection.execute(query):
        found[row].add(to)
    return found


def _sharing(row: Row[Any], listed: set[str]) -> Sharing:
    marking, names = Marking(row.marking), frozenset(listed)
    if marking == Marking.RED:
        return Sharing(row.owner, marking, people=names)
    return Sharing(row.owner, marking, members=names)
