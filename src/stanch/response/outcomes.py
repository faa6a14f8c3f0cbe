"""What came of a hold: seizure, mutual legal assistance, forfeiture, return; when, how much.

Each government that sees the order adds its own; nothing is changed afterwards.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from stanch.cases.cases import Shared, listed_ids, said_of
from stanch.errors import UsageError
from stanch.members.access.rights import require
from stanch.members.times import zoned
from stanch.members.words import chosen, new_id, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Role, Scope
from stanch.response.said import asset_of
from stanch.response.seen import found, found_by_government
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import outcome
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, own, share, within

LISTING: Final = Listing(outcome, ("created", "happened"), ("stage", "owner", "marking"))
_DIGITS: Final = 80
_PARTS: Final = ("court", "reference", "note")


class Stage(StrEnum):
    """What follows a hold."""

    SEIZURE = "seizure"
    ASSISTANCE = "assistance"
    FORFEITURE = "forfeiture"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """One stage: when it happened, of which asset how much (smallest units), on what paper."""

    stage: str
    happened: str
    asset: str | None = None
    amount: str | None = None
    body: Mapping[str, str] = field(default_factory=dict)
    shared: Shared = field(default_factory=Shared)


def add(tx: Transaction, caller: Caller, order_id: str, new: NewOutcome) -> str:
    """Add a stage to an order; returns its id. Raises ForbiddenError, NotFoundError, UsageError."""
    require(caller, Role.ANALYST, scope=Scope.ORDERS)
    found_by_government(tx.connection, caller, order_id)
    sharing = own(caller, new.shared.marking, listed_ids(tx.connection, new.shared))
    said = {
        "order": order_id,
        "stage": chosen(Stage, "stage", [new.stage]),
        "asset": asset_of(new.asset) if new.asset else None,
        "amount": _amount(new),
        "happened": _happened(new.happened, tx.at),
    }
    body = _body(new.body)
    id = new_id("out")
    kept = {**said, "body": canonical(body).decode(), "person": caller.person, "created": tx.at}
    tx.connection.execute(insert(outcome).values(id=id, **kept, **columns(sharing)))
    share(tx.connection, outcome, id, sharing)
    sealed = commit_to(tx.connection, canonical({**said, "body": body}).decode())
    told = {"order": order_id, "outcome": sealed, **said_of(new.shared)}
    tx.record(caller, "outcome.added", id, told)
    return id


def listed(connection: Connection, caller: Caller, order_id: str, asked: Asked) -> Page:
    """The stages of an order that the caller may see. Raises NotFoundError."""
    found(connection, caller, order_id)
    query = select(outcome).where(within(outcome, caller, order_id))
    rows = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in rows.rows], rows.next)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "body": json.loads(row["body"])}


def _amount(new: NewOutcome) -> str | None:
    if new.amount is None:
        return None
    if not new.asset:
        raise UsageError("amount: of which asset? Give its CAIP-19 id")
    digits = new.amount.isascii() and new.amount.isdigit() and len(new.amount) <= _DIGITS
    if not digits or (len(new.amount) > 1 and new.amount.startswith("0")):
        raise UsageError("amount: is to be a whole number of the asset's smallest unit")
    return new.amount


def _happened(text: str, now: str) -> str:
    at = zoned("happened", text)
    if at > now:
        raise UsageError("happened: is yet to come")
    return at


def _body(body: Mapping[str, str]) -> dict[str, str]:
    for name in body:
        if name not in _PARTS:
            raise UsageError(f"body: {name!r} is none of: {', '.join(_PARTS)}")
    return {name: typed(name, body[name], 2000) for name in sorted(body)}
