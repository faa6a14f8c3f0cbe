"""A meeting's papers as parts of its pack: the threat assessment, and proposed designations.

A paper about sanctions whose file is a designation file is told subject by subject, and wallet by
wallet where nobody is said to hold it, of the copy for the paper's own marking; another is told as
it stands.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.app.desk.paper_files import ENDING, told
from stanch.body import items
from stanch.body.words import Kind, Topic
from stanch.model.chain import account
from stanch.model.designation import Designation as Proposed
from stanch.model.designation import EvidenceKind, Statement
from stanch.reports.pack.pack import INCIDENT, Designation, LeftOut, Pack, Row, Threat, Why
from stanch.store.desk.seated import Reader, withheld_of_meetings
from stanch.store.desk.tables import meeting_item

_TOPICS: Final = {Topic.THREATS: Row.THREATS, Topic.SANCTIONS: Row.DESIGNATIONS}
_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")

Paper = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Papers:
    """Both parts, the papers that they are of, and how many the reader may not see."""

    threats: tuple[Threat, ...]
    designations: tuple[Designation, ...]
    rows: tuple[Paper, ...]
    hidden: tuple[LeftOut, ...]


def papers(connection: Connection, by: Reader, row: Mapping[str, Any], figures: Pack) -> Papers:
    """The papers of a meeting (`row`, as the reader sees it) that belong into its pack; incidents
    that they name by id, and that `figures` have, are linked.
    """
    known = frozenset(each.id for each in figures.incidents)
    mine = [each for each in row["papers"] if each.get("topic") in _TOPICS]
    threats = tuple(
        Threat(each["title"], _words(each), _rows(_ID.findall(each.get("text", "")), known))
        for each in mine
        if each["topic"] == Topic.THREATS
    )
    proposed = tuple(
        one
        for each in mine
        if each["topic"] == Topic.SANCTIONS
        for one in _proposed(connection, by, each, known)
    )
    return Papers(threats, proposed, tuple(mine), _hidden(connection, by, row))


def _proposed(
    connection: Connection, by: Reader, paper: Paper, known: frozenset[str]
) -> Iterator[Designation]:
    copy = _copy(connection, by, paper)
    if copy is None:
        rows = _rows(_ID.findall(paper.get("text", "")), known)
        yield Designation(paper["title"], _words(paper), rows, ())
        return
    wallets = [each for each in copy.wallets if not each.holder and copy.reasons(each.id)]
    named = [(each.entry.id, each.name) for each in copy.subjects]
    named += [(each.id, account(each.chain, each.address)) for each in wallets]
    for id, name in named:
        reasons = copy.reasons(id)
        cited = [incident for each in reasons for incident in _incidents(each)]
        text = " ".join(f"{each.number}. {each.text}" for each in reasons)
        yield Designation(name, text, _rows(cited, known), ())


def _copy(connection: Connection, by: Reader, paper: Paper) -> Proposed | None:
    """The designation file of a paper, as whoever may see the paper may see it; None for none, and
    for one that nobody is told.
    """
    if not str(paper.get("name", "")).endswith(ENDING):
        return None
    found = items.read_file(connection, by, paper["id"])
    return told(found.name, found.content, found.marking, {})[0]


def _incidents(reason: Statement) -> Iterator[str]:
    for each in reason.evidence:
        if each.kind is EvidenceKind.INCIDENT:
            yield each.value


def _words(paper: Paper) -> str:
    """What a paper says, or which file it is."""
    return str(paper["text"]) if "text" in paper else f"{paper['name']} (sha256 {paper['sha256']})"


def _rows(named: list[str], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"{INCIDENT}/{id}" for id in dict.fromkeys(named) if id in known)


def _hidden(connection: Connection, by: Reader, row: Mapping[str, Any]) -> tuple[LeftOut, ...]:
    """Papers of the pack's topics that the reader may not see, of the time of their seat."""
    here = (meeting_item.c.meeting == row["id"]) & (meeting_item.c.kind == Kind.PAPER.value)
    query = select(meeting_item.c.said).where(here, withheld_of_meetings(meeting_item, by))
    topics = [json.loads(said).get("topic") for said in connection.execute(query).scalars()]
    return tuple(LeftOut(what, Why.MARKING, topics.count(topic)) for topic, what in _TOPICS.items())
