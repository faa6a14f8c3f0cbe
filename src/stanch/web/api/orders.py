"""Block orders: drafted, seen, what they are in law, and what came of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import orders
from stanch.app.desk.order_words import ORDERS, OUTCOMES, NewOutcome, Stage
from stanch.app.desk.words import Asked
from stanch.model.desk.states import Effect, OrderState
from stanch.web.bodies import Body, Id, Marked, Named, Said, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked, rows
from stanch.web.order_bodies import Digits, OrderBody

ROUTER = APIRouter(tags=["orders"])
_ORDERS = asked(ORDERS.sorts, ORDERS.filters)
_OUTCOMES = asked(OUTCOMES.sorts, OUTCOMES.filters)

_AT = "2026-11-26T12:00:00.000000Z"
ORDER = {
    "id": "ord-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "kind": "hold",
    "state": "draft",
    "case": "case-0123456789abcdef",
    "version": 1,
    "hash": "sha256:" + "0" * 64,
    "created": _AT,
    "expires": "2027-02-26T12:00:00.000000Z",
}
_EFFECT = {
    "order": "ord-0123456789abcdef",
    "jurisdiction": "KR",
    "state": "requested",
    "reference": None,
    "changed": _AT,
}
_OUTCOME = {
    "id": "out-0123456789abcdef",
    "order": "ord-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "stage": "seizure",
    "asset": None,
    "amount": None,
    "happened": _AT,
    "body": {"court": "Seoul Central District Court"},
    "created": _AT,
}


class DropBody(Body):
    """Why a draft goes."""

    reason: Said

    model_config = example({"reason": "The account was a mistake."})


class EffectBody(Body):
    """What an order is in the law of the caller's own country, and on what paper."""

    to: Annotated[Effect, Field(strict=False)]
    reference: Annotated[str, Field(max_length=2000)] = ""

    model_config = example({"to": "requested"})


class OutcomeBody(Marked):
    """A stage after the hold: when, of which asset how much, on what paper."""

    stage: Annotated[Stage, Field(strict=False)]
    happened: Annotated[str, Field(max_length=40)]
    asset: Annotated[str, Field(max_length=300)] | None = None
    amount: Digits | None = None
    body: dict[Named, Said] = Field(default={}, max_length=10)

    model_config = example(
        {
            "stage": "seizure",
            "happened": "2026-11-26T11:00:00Z",
            "body": {"court": "Seoul Central District Court"},
        }
    )


@ROUTER.get("/orders", responses=page_of(ORDER))
def listed(desk: At, caller: Who, asked: Asked = _ORDERS) -> dict[str, Any]:
    """Orders that the caller may see."""
    return rows(orders.listed(desk, caller, asked))


@ROUTER.post("/orders", status_code=201, responses=gives({"id": "ord-0123456789abcdef"}, 201))
def draft(desk: At, caller: Who, body: OrderBody) -> dict[str, str]:
    """Draft an order; nobody has signed it yet."""
    return {"id": orders.draft(desk, caller, body.said())}


@ROUTER.get("/orders/counts", responses=gives(dict.fromkeys(OrderState, 0)))
def counted(desk: At, caller: Who) -> dict[str, int]:
    """How many orders there are in each state, of those that the caller may see."""
    return orders.counted(desk, caller)


@ROUTER.get("/orders/{order}", responses=gives({**ORDER, "missing": []}))
def one(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """Where an order stands; of a draft its authority is told what it rests on and is not there."""
    return orders.one(desk, caller, order)


@ROUTER.put("/orders/{order}", responses=gives({"version": 2}))
def redraft(desk: At, caller: Who, order: Id, body: OrderBody) -> dict[str, int]:
    """Write a draft anew; gives its version."""
    return {"version": orders.redraft(desk, caller, order, body.said())}


@ROUTER.post("/orders/{order}/drop", status_code=204)
def drop(desk: At, caller: Who, order: Id, body: DropBody) -> Response:
    """Withdraw a draft that nobody has signed."""
    orders.drop(desk, caller, order, body.reason)
    return Response(status_code=204)


@ROUTER.get("/orders/{order}/document", responses=gives({}, media="application/octet-stream"))
def document(desk: At, caller: Who, order: Id) -> Response:
    """The bytes whose hash statements sign, canonical JSON."""
    data = orders.document(desk, caller, order)
    return Response(data, media_type="application/octet-stream")


@ROUTER.get("/orders/{order}/effects", responses=gives({"items": [_EFFECT], "next": None}))
def effects(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """What an order is in the law of each country."""
    return {"items": orders.listed_effects(desk, caller, order), "next": None}


@ROUTER.put("/orders/{order}/effect", status_code=204)
def change_effect(desk: At, caller: Who, order: Id, body: EffectBody) -> Response:
    """Say what an order is in the law of the caller's own country."""
    orders.change_effect(desk, caller, order, body.to, body.reference)
    return Response(status_code=204)


@ROUTER.get("/orders/{order}/outcomes", responses=page_of(_OUTCOME))
def outcomes(desk: At, caller: Who, order: Id, asked: Asked = _OUTCOMES) -> dict[str, Any]:
    """What came of an order: seizure, assistance, forfeiture, return."""
    return rows(orders.listed_outcomes(desk, caller, order, asked))


@ROUTER.post(
    "/orders/{order}/outcomes",
    status_code=201,
    responses=gives({"id": "out-0123456789abcdef"}, 201),
)
def add_outcome(desk: At, caller: Who, order: Id, body: OutcomeBody) -> dict[str, str]:
    """Add a stage to what came of an order."""
    new = NewOutcome(body.stage, body.happened, body.asset, body.amount, body.body, body.shared())
    return {"id": orders.add_outcome(desk, caller, order, new)}
