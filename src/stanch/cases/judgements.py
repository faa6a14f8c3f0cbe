"""Who did it: a judgement by one country's body, or by a researcher.

Several stand side by side, none replaces another. A body that changes its mind makes another
judgement; both stay, with their dates. One that takes back its word, or doubts another's, says that
it disputes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, insert, select

from stanch.cases.cases import Shared, listed_ids, one, said_of, within
from stanch.errors import ForbiddenError, UsageError
from stanch.members.words import chosen, new_id, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.confidence import Confidence
from stanch.model.desk.people import Caller, MemberKind
from stanch.model.registry.words import BodyKind, Stance
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import case, judgement
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, named, own, readable, share
from stanch.store.desk.visible import within as inside

LISTING: Final = Listing(
    judgement, ("created",), ("owner", "country", "stance", "actor", "confidence")
)
# Who may judge, and how much the word of each counts, as the registry of incidents has it.
JUDGES: Final = {
    MemberKind.GOVERNMENT: BodyKind.GOVERNMENT,
    MemberKind.RESEARCHER: BodyKind.RESEARCHER,
}
_MOST_SOURCES: Final = 100


@dataclass(frozen=True, slots=True)
class NewJudgement:
    """What a body says: the actor, how sure it is, and on what sources; by its stance, that this
    actor did it, may have done it, or that the body disputes it.
    """

    case: str
    actor: str
    confidence: str
    sources: Sequence[str]
    shared: Shared
    stance: str = Stance.ATTRIBUTES


def judge(tx: Transaction, caller: Caller, new: NewJudgement) -> str:
    """Add a judgement of the caller's country, or of a researcher, which is no country's; returns
    its id.

    Raises ForbiddenError for who is neither, NotFoundError, UsageError for one without a source.
    """
    within(tx, caller, new.case)
    if caller.member.kind not in JUDGES:
        raise ForbiddenError(
            "a judgement is a government's or a researcher's; what others know is a note"
        )
    of_country = caller.member.kind == MemberKind.GOVERNMENT
    if not 0 < len(new.sources) <= _MOST_SOURCES:
        raise UsageError(f"sources: from 1 to {_MOST_SOURCES}; an attribution rests on something")
    sources = [typed("source", text, 2000) for text in new.sources]
    said = {
        "case": new.case,
        "country": caller.member.country if of_country else "",
        "stance": chosen(Stance, "stance", [new.stance]),
        "actor": typed("actor", new.actor),
        "confidence": chosen(Confidence, "confidence", [new.confidence]),
    }
    sharing = own(caller, new.shared.marking, listed_ids(tx.connection, new.shared))
    id = new_id("jud")
    kept = {**said, "sources": canonical(sources).decode(), "person": caller.person}
    row = {"id": id, "created": tx.at, **kept, **columns(sharing)}
    tx.connection.execute(insert(judgement).values(**row))
    share(tx.connection, judgement, id, sharing)
    sealed = commit_to(tx.connection, canonical({**said, "sources": sources}).decode())
    told = {"case": new.case, "judgement": sealed, **said_of(new.shared)}
    tx.record(caller, "case.judged", id, told)
    return id


def listed(connection: Connection, caller: Caller, case_id: str, asked: Asked) -> Page:
    """The judgements on a case that the caller may see. Raises NotFoundError."""
    one(connection, caller, case_id)
    query = select(judgement).where(inside(judgement, caller, case_id))
    found = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def seen(caller: Caller) -> ColumnElement[bool]:
    """Judgements that the caller may see, on cases that the caller may see."""
    return and_(readable(judgement, caller), named(case, judgement.c.case, caller))


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "sources": json.loads(row["sources"])}
