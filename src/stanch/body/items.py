"""What belongs to a meeting: items of its agenda, papers, decisions, each with its own marking."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from stanch.body.called import to_change
from stanch.body.rows import fresh, sealed, write
from stanch.body.words import Kind, Topic, lines
from stanch.cases import items as case_items
from stanch.cases.cases import Shared, known, said_of
from stanch.errors import InvariantError, NotFoundError, RefusedError, UsageError
from stanch.members.access.rights import require
from stanch.members.words import chosen, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.seated import Reader, held, of_meetings, this_of_meetings
from stanch.store.desk.tables import file, meeting_item
from stanch.store.desk.transaction import Transaction

_MOST: Final = 1000  # of one kind in one meeting
_VERBS: Final = {
    Kind.AGENDA: "agenda.added",
    Kind.PAPER: "paper.laid",
    Kind.DECISION: "decision.taken",
}
_LISTS: Final = {Kind.AGENDA: "agenda", Kind.PAPER: "papers", Kind.DECISION: "decisions"}


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper: a title, and a text or a file of the evidence (the id of its item in a case). What
    it is about puts it into that part of the meeting's pack.
    """

    title: str
    shared: Shared
    text: str | None = None
    file: str | None = None
    topic: str = Topic.OTHER


@dataclass(frozen=True, slots=True)
class PaperFile:
    """The file of a paper, with the owner and the marking of the paper."""

    name: str
    content: bytes
    owner: str
    marking: Marking


@dataclass(frozen=True, slots=True)
class _Said:
    kind: Kind
    said: Mapping[str, Any]
    shared: Shared


def open_agenda(
    tx: Transaction, caller: Caller, meeting: Mapping[str, Any], agenda: str, shared: Shared
) -> None:
    """Fill a new meeting's agenda from what the body says of such meetings."""
    for said in json.loads(agenda):
        _add(tx, caller, meeting, _Said(Kind.AGENDA, said, shared))


def add_to_agenda(
    tx: Transaction, caller: Caller, id: str, item: tuple[str, str], shared: Shared
) -> str:
    """Put a topic with its title on an agenda. Raises as `to_change`, UsageError."""
    meeting = to_change(tx, caller, id)
    said = {"topic": chosen(Topic, "topic", [item[0]]), "title": typed("title", item[1])}
    return _add(tx, caller, meeting, _Said(Kind.AGENDA, said, shared))


def decide(tx: Transaction, caller: Caller, id: str, text: str, shared: Shared) -> str:
    """Note a decision. Raises as `to_change`, UsageError."""
    meeting = to_change(tx, caller, id)
    said = _Said(Kind.DECISION, {"text": lines("text", text)}, shared)
    return _add(tx, caller, meeting, said)


def lay(tx: Transaction, caller: Caller, id: str, new: NewPaper) -> str:
    """Lay a paper before a meeting. Who may read it is told by its own marking, not by that of the
    case that its file comes from: so the file is to be one of the caller's own member.

    Raises as `to_change`, UsageError, RefusedError for a file of another member.
    """
    meeting = to_change(tx, caller, id)
    topic = chosen(Topic, "topic", [new.topic])
    said: dict[str, Any] = {"title": typed("title", new.title), "topic": topic}
    if (new.text is None) == (new.file is None):
        raise UsageError("paper: give a text or a file, one of them")
    if new.text is not None:
        said["text"] = lines("text", new.text)
    else:
        said |= _file(tx, caller, new.file or "")
    return _add(tx, caller, meeting, _Said(Kind.PAPER, said, new.shared))


def of_meeting(connection: Connection, reader: Reader, id: str) -> dict[str, list[dict[str, Any]]]:
    """Agenda, papers and decisions that the reader may see, in their order. Places are counted of
    these alone: a gap would tell of what lies between.
    """
    query = (
        select(meeting_item)
        .where(held(meeting_item.c.meeting) == id, of_meetings(meeting_item, reader, id))
        .order_by(meeting_item.c.place, meeting_item.c.id)
    )
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in _LISTS.values()}
    for row in connection.execute(query).mappings():
        told = {name: row[name] for name in ("id", "owner", "marking", "created")}
        of_kind = found[_LISTS[Kind(row["kind"])]]
        of_kind.append({**told, "place": len(of_kind) + 1, **json.loads(row["said"])})
    return found


def read_file(connection: Connection, reader: Reader, id: str) -> PaperFile:
    """A paper's file. Raises NotFoundError, InvariantError where the bytes are no longer those that
    were laid.
    """
    require(reader.caller, scope=Scope.READ)
    query = (
        select(meeting_item.c.said, meeting_item.c.owner, meeting_item.c.marking, file.c.content)
        .join(file, meeting_item.c.file == file.c.sha256)
        .where(this_of_meetings(meeting_item, reader, known("paper", id)))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no paper {id} with a file")
    said, content = json.loads(row.said), bytes(row.content)
    if hashlib.sha256(content).hexdigest() != said["sha256"]:
        raise InvariantError(f"the file of {id} is not the one that was laid: {said['sha256']}")
    return PaperFile(str(said["name"]), content, row.owner, Marking(row.marking))


def _file(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    item = case_items.read(tx.connection, caller, id)
    if item["file"] is None:
        raise UsageError(f"file: {id} is no file, but a {item['kind']}")
    if item["owner"] != caller.member.id:
        raise RefusedError(f"{id} is {item['owner']}'s file: theirs to lay")
    return {name: item["body"][name] for name in ("name", "size", "sha256")}


def _add(tx: Transaction, caller: Caller, meeting: Mapping[str, Any], new: _Said) -> str:
    kind, said = new.kind, new.said
    within = (meeting_item.c.meeting == meeting["id"]) & (meeting_item.c.kind == kind)
    last = select(func.max(meeting_item.c.place)).where(within)
    place = (tx.connection.execute(last).scalar_one() or 0) + 1
    if place > _MOST:
        raise RefusedError(f"{meeting['id']}: no more than {_MOST} of a kind")
    row = fresh(
        meeting_item, kind.value, body=meeting["body"], meeting=meeting["id"], kind=kind.value,
        place=place, said=canonical(said).decode(), file=said.get("sha256"),
    )  # fmt: skip
    write(tx, caller, meeting_item, row, new.shared)
    told = {"meeting": meeting["id"], kind.value: sealed(tx, said), **said_of(new.shared)}
    tx.record(caller, _VERBS[kind], row["id"], told)
    return str(row["id"])
