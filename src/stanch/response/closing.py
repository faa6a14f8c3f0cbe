"""What each target of an order came to: asked, held, and, of an issuer's order, proved by which
event. An issuer's order is closed when each of its targets is; told from the answers that count.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, select

from stanch.model.desk.orders import Answer, OrderKind
from stanch.model.desk.people import Caller
from stanch.response.counting import counting, summed
from stanch.response.seen import found
from stanch.store.desk.tables import target


@dataclass(frozen=True, slots=True)
class Came:
    """One target: what was asked; what is held of it, by asset; the event that proves the freeze.

    `proof` has the reply and the member that gave it beside the event. `ended`: since when the
    order holds it no more.
    """

    account: str
    asset: str | None
    amount: str | None
    ended: str | None
    held: Mapping[str, str]
    proof: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Closing:
    """All targets; what is held in all, by asset; whether it is closed, None for other kinds."""

    targets: Sequence[Came]
    held: Mapping[str, str]
    closed: bool | None

    @property
    def proved(self) -> int:
        """How many targets are proved to be frozen."""
        return sum(each.proof is not None for each in self.targets)


def closing(connection: Connection, caller: Caller, order_id: str) -> Closing:
    """What an order came to, as far as the caller may see answers. Raises NotFoundError.

    No target before the order came into force. Amounts are texts, exact, in smallest units.
    """
    at = found(connection, caller, order_id)
    answers = counting(connection, caller, order_id)
    query = select(target).where(target.c.order == order_id).order_by(target.c.place)
    rows = connection.execute(query).all()
    named = {(row.account, row.asset) for row in rows}
    came = [_came(row, answers, named) for row in rows]
    closed = _closed(came) if at.kind == OrderKind.ISSUER.value else None
    return Closing(came, _texts(answers), closed)


def _came(row: Row[Any], answers: list[RowMapping], named: set[tuple[str, str | None]]) -> Came:
    """A target of one asset has the answers for it; one of all assets those that are left."""
    mine = [
        each
        for each in answers
        if each["account"] == row.account
        and (each["asset"] == row.asset if row.asset else (row.account, each["asset"]) not in named)
    ]
    return Came(row.account, row.asset, row.amount, row.ended, _texts(mine), _proof(mine))


def _proof(answers: list[RowMapping]) -> dict[str, Any] | None:
    """The first that counts; whoever gave it, the event is the same or says the same."""
    for each in answers:
        if each["answer"] == Answer.HELD and each["proof"] is not None:
            given = {"reply": each["id"], "member": each["member"], "created": each["created"]}
            return {**json.loads(each["proof"]), **given}
    return None


def _closed(came: Sequence[Came]) -> bool:
    """What was released is not waited for; once all is over, all of it counts."""
    waited = [each for each in came if each.ended is None] or came
    return bool(waited) and all(each.proof is not None for each in waited)


def _texts(answers: list[RowMapping]) -> dict[str, str]:
    return {asset: str(amount) for asset, amount in summed(answers).items()}
