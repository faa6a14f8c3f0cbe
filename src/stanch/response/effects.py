"""What an order is in the law of each country: asked for, binding, followed freely, refused."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from stanch.errors import ForbiddenError, UsageError
from stanch.members.access.rights import require
from stanch.members.words import chosen, typed
from stanch.model.desk.people import Caller, Role, Scope
from stanch.model.desk.states import Effect, OrderState
from stanch.response.rules import effect as rules
from stanch.response.seen import found, found_by_government
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import effect
from stanch.store.desk.transaction import Transaction


def of(connection: Connection, order_id: str) -> dict[str, Effect]:
    """The state in each country, for callers within the house."""
    query = select(effect.c.jurisdiction, effect.c.state).where(effect.c.order == order_id)
    return {row.jurisdiction: Effect(row.state) for row in connection.execute(query)}


def listed(connection: Connection, caller: Caller, order_id: str) -> list[dict[str, Any]]:
    """Country, state, reference and since when, by country. Raises NotFoundError."""
    found(connection, caller, order_id)
    query = select(effect).where(effect.c.order == order_id).order_by(effect.c.jurisdiction)
    return [dict(row) for row in connection.execute(query).mappings()]


def change(
    tx: Transaction, caller: Caller, order_id: str, to: str, reference: str = ""
) -> dict[str, Effect]:
    """Say what an order is in the caller's own country; each body speaks for its own law alone.

    Raises ForbiddenError, NotFoundError, UsageError, RefusedError for a move that is not allowed.
    """
    require(caller, Role.ANALYST, Role.APPROVER, scope=Scope.ORDERS)
    row = found_by_government(tx.connection, caller, order_id)
    country = caller.member.country
    if not country:
        raise ForbiddenError("a body without a country has no law to speak for")
    said = typed("reference", reference, 2000) if reference else ""
    known = of(tx.connection, order_id)
    wanted = Effect(chosen(Effect, "to", [to]))
    if wanted is Effect.NONE:
        raise UsageError("to: an effect ends by being lifted")
    changed = rules.change(known, country, wanted, said, OrderState(row.state))
    _write(tx, order_id, known, changed, said)
    paper = commit_to(tx.connection, said) if said else None
    told = {"jurisdiction": country, "state": wanted.value, "reference": paper}
    tx.record(caller, "effect.changed", order_id, told)
    return changed


def begin(tx: Transaction, order_id: str, countries: list[str]) -> None:
    """An order came into force: its effect is requested where its addressees are."""
    known = of(tx.connection, order_id)
    _write(tx, order_id, known, rules.request(known, countries), "")


def end(tx: Transaction, order_id: str, state: OrderState) -> None:
    """An order is over: what it had of force is lifted with it."""
    known = of(tx.connection, order_id)
    _write(tx, order_id, known, rules.lift(known, state), "")


def _write(
    tx: Transaction, order_id: str, known: dict[str, Effect], now: dict[str, Effect], said: str
) -> None:
    for country, state in now.items():
        if known.get(country) is state:
            continue
        row: dict[str, Any] = {"state": state.value, "changed": tx.at}
        if said:
            row["reference"] = said
        if country in known:
            here = (effect.c.order == order_id, effect.c.jurisdiction == country)
            tx.connection.execute(update(effect).where(*here).values(**row))
        else:
            new = {"order": order_id, "jurisdiction": country, **row}
            tx.connection.execute(insert(effect).values(**new))
