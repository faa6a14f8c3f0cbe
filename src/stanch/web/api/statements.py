"""What people signed about an order: handed in, and handed out as a bundle that proves itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import statements
from stanch.web.api.orders import ORDER
from stanch.web.bodies import Body, Id, example, gives
from stanch.web.caller import At, Who

ROUTER = APIRouter(tags=["orders"])

_DELIVERY = {
    "id": "del-0123456789abcdef",
    "order": "ord-0123456789abcdef",
    "member": "mem-upbeat",
    "state": "queued",
    "late": False,
    "created": "2026-11-26T12:00:00.000000Z",
}
_RELEASE = {
    "accounts": ["eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"],
    "own": 2,
    "others": 1,
    "due": "2026-11-27T12:00:00.000000Z",
}


class StatementBody(Body):
    """A statement that an approver signed on their own machine (JWS)."""

    statement: Annotated[str, Field(min_length=1, max_length=100_000)]

    model_config = example({"statement": "eyJhbGciOiJFZERTQSJ9.e30.c2ln"})


@ROUTER.post("/orders/{order}/statements", responses=gives(ORDER))
def take(desk: At, caller: Who, order: Id, body: StatementBody) -> dict[str, Any]:
    """Hand in a proposal, concurrence, release or refusal; gives where the order stands."""
    return statements.take(desk, caller, order, body.statement)


@ROUTER.get("/orders/{order}/bundle", responses=gives({}, media="application/octet-stream"))
def bundle(desk: At, caller: Who, order: Id) -> Response:
    """The order with all that was signed about it, to be verified with no network."""
    data = statements.bundle(desk, caller, order)
    return Response(data, media_type="application/octet-stream")


@ROUTER.get("/orders/{order}/deliveries", responses=gives({"items": [_DELIVERY], "next": None}))
def deliveries(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """How far an order has come at each addressee; an addressee sees itself alone."""
    return {"items": statements.deliveries(desk, caller, order), "next": None}


@ROUTER.get("/orders/{order}/releases", responses=gives({"items": [_RELEASE], "next": None}))
def releases(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """Releases that are being signed: of which accounts, by how many people of the authority and
    how many other members; with all hands given, when each takes effect.
    """
    return {"items": statements.releases(desk, caller, order), "next": None}
