"""What addressees do with an order: acknowledge it, and say what they found."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from pydantic import Field

from stanch.app.desk import answers
from stanch.app.desk.answers import NewReply
from stanch.model.desk.orders import Answer
from stanch.web.bodies import Body, Id, Named, Said, example, gives
from stanch.web.caller import At, Who
from stanch.web.order_bodies import Digits

ROUTER = APIRouter(tags=["orders"])

_REPLY = {
    "id": "reply-0123456789abcdef",
    "delivery": "del-0123456789abcdef",
    "member": "mem-upbeat",
    "answer": "held",
    "account": None,
    "asset": "eip155:1/slip44:60",
    "amount": "1000000000000000000",
    "created": "2026-11-26T12:00:00.000000Z",
}


class ReplyBody(Body):
    """One answer about one of the order's accounts, or about all where none is named."""

    answer: Annotated[Answer, Field(strict=False)]
    account: Named | None = None
    asset: Annotated[str, Field(max_length=300)] | None = None
    amount: Digits | None = None
    reference: Named | None = None
    gone_to: Named | None = None
    reason: Said | None = None
    transaction: Named | None = None

    model_config = example(
        {"answer": "held", "asset": "eip155:1/slip44:60", "amount": "1000000000000000000"}
    )


# Under the same key the same answer is one: for who does not know whether it had arrived.
Once = Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[-_.:~A-Za-z0-9]{1,128}$")]


class Nothing(Body):
    """An empty object."""

    model_config = example({})


@ROUTER.post("/orders/{order}/acknowledge", status_code=204)
def acknowledge(desk: At, caller: Who, order: Id, body: Nothing) -> Response:
    """Say that an order was seen. Twice is once."""
    del body
    answers.acknowledge(desk, caller, order)
    return Response(status_code=204)


@ROUTER.get("/orders/{order}/replies", responses=gives({"items": [_REPLY], "next": None}))
def listed(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """What addressees found: all of them for governments, its own for an addressee."""
    return {"items": answers.listed(desk, caller, order), "next": None}


@ROUTER.post(
    "/orders/{order}/replies",
    status_code=201,
    responses=gives({"id": "reply-0123456789abcdef"}, 201),
)
def reply(desk: At, caller: Who, order: Id, body: ReplyBody, once: Once = None) -> dict[str, str]:
    """Answer an order that went to the caller's member. The same under the same key is one."""
    return {"id": answers.reply(desk, caller, order, NewReply(**body.model_dump()), once)}
