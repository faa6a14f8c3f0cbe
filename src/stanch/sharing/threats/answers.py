"""The question to each who holds a threat: share more with the others who do? Yes, no, or later.

A yes says what (cases and items of one's own) and to whom of the others. It may be said anew, and
the newest counts; what was opened stays open, since it was seen. Each answer is an entry of the
log, sealed: who reads the log learns that somebody answered.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, insert, select

from stanch.cases import cases, items
from stanch.errors import RefusedError, UsageError
from stanch.members.access.rights import require
from stanch.members.words import new_id
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Role, Scope
from stanch.sharing.threats.opening import open_agreed
from stanch.sharing.threats.records import one
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import case, common_answer
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import visible_to

YES, NO, LATER = "yes", "no", "later"
ANSWERS: Final = (YES, NO, LATER)
MOST_OFFERED: Final = 200


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """`offers` are ids of cases and items of the caller's member; `to` members that hold the
    threat too, all of them where it is empty.
    """

    answer: str
    offers: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The threat as the caller sees it now, and the rows that were opened."""

    threat: dict[str, Any]
    opened: tuple[str, ...]


def answer(tx: Transaction, caller: Caller, id: str, new: NewAnswer) -> Answered:
    """Answer, and open what two who said yes offered each other.

    Raises NotFoundError, ForbiddenError, RefusedError while nobody else holds it or where
    something cannot be offered, UsageError.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    found = one(tx.connection, caller, id)
    others = [each["member"] for each in found["holders"] if each["member"] != caller.member.id]
    if not others:
        raise RefusedError(f"{id}: nobody else has reported it yet: there is no one to share with")
    said = _checked(tx, caller, new, others)
    text = canonical(said).decode()
    count = select(func.count()).where(
        common_answer.c.threat == id, common_answer.c.member == caller.member.id
    )
    name, n = new_id("ans"), tx.connection.execute(count).scalar_one() + 1
    row = {"id": name, "threat": id, "member": caller.member.id, "answer": new.answer, "n": n,
           "said": text, "person": caller.person, "created": tx.at}  # fmt: skip
    tx.connection.execute(insert(common_answer).values(**row))
    sealed = commit_to(tx.connection, text)  # who reads the log may not see what is offered
    tx.record(caller, "common.answered", name, {"threat": id, "answer": sealed})
    opened = open_agreed(tx, caller, id)
    return Answered(one(tx.connection, caller, id), tuple(opened))


def _checked(tx: Transaction, caller: Caller, new: NewAnswer, others: list[str]) -> dict[str, Any]:
    if new.answer not in ANSWERS:
        raise UsageError(f"answer: {new.answer[:80]!r} is none of: {', '.join(ANSWERS)}")
    if new.answer != YES:
        if new.offers or new.to:
            raise UsageError(f"answer: {new.answer} offers nothing; leave offers and members out")
        return {"answer": new.answer, "offers": [], "to": []}
    if not new.offers:
        raise UsageError("offers: a yes says what: name cases or items of your own")
    if len(new.offers) > MOST_OFFERED:
        raise UsageError(f"offers: more than {MOST_OFFERED}")
    to = sorted(set(new.to or others))
    if strange := sorted(set(to) - set(others)):
        raise UsageError(f"to: {strange[0]} has not reported it, or is not another member")
    offers = sorted(set(new.offers))
    for each in offers:
        _may_offer(tx, caller, each, offers, to)
    return {"answer": YES, "offers": offers, "to": to}


def _may_offer(tx: Transaction, caller: Caller, row: str, offers: list[str], to: list[str]) -> None:
    """Raise where a row is not the caller's member's to offer, or could not be read once open."""
    if row.startswith("case-"):
        marking = cases.mine(tx, caller, row)["marking"]
    else:
        found = items.mine(tx, caller, row)
        marking = found["marking"]
        if found["case"] not in offers:
            _reaches(tx, found["case"], row, to)
    if marking == Marking.RED:
        raise RefusedError(f"{row} is {Marking.RED}, for people: let its owner share it with them")


def _reaches(tx: Transaction, of: str, item: str, to: list[str]) -> None:
    for each in to:
        query = select(case.c.id).where(case.c.id == of, visible_to(case, each, ""))
        if tx.connection.execute(query).first() is None:
            raise RefusedError(f"{item} lies in {of}, which {each} does not see: offer that too")
