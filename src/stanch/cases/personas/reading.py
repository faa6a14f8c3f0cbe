"""Two people read a cluster, a decision follows, and it can be taken back: each with a reason.

Reading and deciding is for people who have signed in: no program says that somebody is somebody
else. Nothing is decided while one who reads holds another view; a reader who has left counts no
more, and after a decision was taken back all read anew.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, insert, select, update

from stanch.cases.personas import queue
from stanch.errors import RefusedError, UsageError
from stanch.members.access.rights import require, require_session
from stanch.members.words import new_id, typed
from stanch.model.desk.people import Caller, Role, Scope
from stanch.model.desk.persona_review import DECIDED, Act, State, Verdict, state_of
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import person, persona_cluster, persona_word
from stanch.store.desk.transaction import Transaction

_LONGEST: Final = 10_000  # characters
_READABLE: Final = (State.QUEUED, State.READ, State.AGREED, State.DIFFER)


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict and why."""

    verdict: str
    reason: str


def read(tx: Transaction, caller: Caller, id: str, said: Said) -> str:
    """Say what the caller holds of a cluster; returns the state that it is in now. Who read before
    may change their mind: the newest word of each counts.

    Raises ForbiddenError, NotFoundError, UsageError, RefusedError once it is decided.
    """
    row = _to_judge(tx, caller, id, Role.ANALYST, Role.APPROVER)
    if row["state"] not in _READABLE:
        raise RefusedError(f"{id} is {row['state']}; who doubts it takes the decision back")
    _say(tx, caller, row, (Act.READ, _verdict(said.verdict), said.reason))
    return _move(tx, caller, id, state_of(_verdicts(tx, row)), row["round"])


def decide(tx: Transaction, caller: Caller, id: str, said: Said) -> str:
    """Decide what two or more readers agree on; returns the state that it is in now.

    Raises ForbiddenError, NotFoundError, UsageError, RefusedError where fewer than two have read
    it, where they differ, or where the decision is another than theirs.
    """
    row = _to_judge(tx, caller, id, Role.ANALYST)
    verdict = _verdict(said.verdict)
    if row["state"] in DECIDED.values():
        raise RefusedError(f"{id} is {row['state']} already")
    verdicts = _verdicts(tx, row)
    state = state_of(verdicts) if row["state"] in _READABLE else row["state"]
    if state != State.AGREED:
        raise RefusedError(f"{id} is {state}: a decision needs two people who read it and agree")
    if verdict not in verdicts.values():
        raise RefusedError(f"the readers of {id} hold another verdict than {verdict}")
    _say(tx, caller, row, (Act.DECIDE, verdict, said.reason))
    return _move(tx, caller, id, DECIDED[verdict], row["round"])


def take_back(tx: Transaction, caller: Caller, id: str, reason: str) -> str:
    """Take a decision back: the cluster is queued again, and is read anew by all. Returns its
    state. Raises ForbiddenError, NotFoundError, UsageError, RefusedError before it is decided.
    """
    row = _to_judge(tx, caller, id, Role.ANALYST)
    if row["state"] not in DECIDED.values():
        raise RefusedError(f"{id} is {row['state']}: there is no decision to take back")
    _say(tx, caller, row, (Act.TAKE_BACK, None, reason))
    return _move(tx, caller, id, State.QUEUED, row["round"] + 1)


def _to_judge(tx: Transaction, caller: Caller, id: str, *roles: Role) -> Any:
    require(caller, *roles, scope=Scope.CASES)
    require_session(caller)
    return queue.found(tx.connection, caller, id)


def _verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError:
        raise UsageError(f"verdict: {text[:80]!r} is none of: {', '.join(Verdict)}") from None


def _verdicts(tx: Transaction, row: Any) -> dict[str, str]:
    """The newest verdict of this round of each person who may still give one."""
    query = (
        select(persona_word.c.person, persona_word.c.verdict)
        .join(person, person.c.id == persona_word.c.person)
        .where(
            persona_word.c.cluster == row["id"], persona_word.c.round == row["round"],
            persona_word.c.act == Act.READ.value, person.c.active,
        )
        .order_by(persona_word.c.n)
    )  # fmt: skip
    return {row.person: row.verdict for row in tx.connection.execute(query)}


def _say(tx: Transaction, caller: Caller, row: Any, what: tuple[Act, Verdict | None, str]) -> None:
    act, verdict, reason = what
    count = select(func.count()).where(persona_word.c.cluster == row["id"])
    id, n = new_id("psw"), tx.connection.execute(count).scalar_one() + 1
    said = {
        "cluster": row["id"], "round": row["round"], "n": n, "act": act.value,
        "verdict": verdict and verdict.value,
        "reason": commit_to(tx.connection, typed("reason", reason, _LONGEST)),
    }  # fmt: skip
    made = {**said, "id": id, "person": caller.person, "created": tx.at}
    tx.connection.execute(insert(persona_word).values(**made))
    tx.record(caller, "persona.judged", id, said)


def _move(tx: Transaction, caller: Caller, id: str, to: State, round: int) -> str:
    now = {"state": to.value, "round": round}
    tx.connection.execute(update(persona_cluster).where(persona_cluster.c.id == id).values(**now))
    tx.record(caller, "persona.moved", id, now)
    return to.value
