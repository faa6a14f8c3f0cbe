"""What addressees do with an order: acknowledge it, and say what they found."""

from dataclasses import asdict
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Response
from pydantic import Field

from stanch.app.desk import answers
from stanch.app.desk.answers import Event, NewReply
from stanch.model.desk.orders import Answer
from stanch.web.bodies import AnId, Body, Id, Named, Said, example, gives
from stanch.web.caller import At, Who
from stanch.web.order_bodies import Digits

ROUTER = APIRouter(tags=["orders"])

# Tether's freeze of an account on Ethereum: the account stands in the data.
PROOF: Final = {
    "chain": "eip155:1",
    "contract": "0xdac17f958d2ee523a2206206994597c13d831ec7",
    "transaction": "0x" + "5c" * 32,
    "block": 21_270_000,
    "index": 117,
    "topics": ["0x42e160154868087d6bfdc0ca23d96a1c1cfa32f1b72ba9ba27b69b98a0d819dc"],
    "data": "0x" + "0" * 24 + "28c6c06298d514db089934071355e5743bf21d60",
}
_REPLY = {
    "id": "reply-0123456789abcdef",
    "delivery": "del-0123456789abcdef",
    "n": 1,
    "member": "mem-upbeat",
    "answer": "held",
    "account": None,
    "asset": "eip155:1/slip44:60",
    "amount": "1000000000000000000",
    "created": "2026-11-26T12:00:00.000000Z",
    "proof": None,
    "replaces": None,
    "counts": True,
}
_CAME = {
    "account": "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60",
    "asset": "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7",
    "amount": None,
    "ended": None,
    "held": {"eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7": "2400000000000"},
    "proof": {
        **PROOF,
        "event": "AddedBlackList(address)",
        "reply": "reply-0123456789abcdef",
        "member": "mem-coin",
        "created": "2026-11-26T12:00:00.000000Z",
    },
}
_CLOSING = {"items": [_CAME], "held": _CAME["held"], "closed": True, "next": None}


class ProofBody(Body):
    """The event by which a token froze the account, as a node gives it in a receipt's log."""

    chain: Annotated[str, Field(max_length=41)]
    contract: Annotated[str, Field(max_length=100)]
    transaction: Annotated[str, Field(max_length=66)]
    block: Annotated[int, Field(ge=0, le=2**53 - 1)]
    index: Annotated[int, Field(ge=0, le=2**53 - 1)]
    topics: list[Annotated[str, Field(max_length=66)]] = Field(min_length=1, max_length=4)
    data: Annotated[str, Field(max_length=2050)]

    model_config = example(PROOF)

    def said(self) -> Event:
        """As use cases have it."""
        return Event(**{**self.model_dump(), "topics": tuple(self.topics)})


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
    proof: ProofBody | None = None
    replaces: AnId | None = None

    model_config = example(
        {"answer": "held", "asset": "eip155:1/slip44:60", "amount": "1000000000000000000"}
    )

    def said(self) -> NewReply:
        """As use cases have it."""
        proof = self.proof.said() if self.proof else None
        return NewReply(**self.model_dump(exclude={"proof"}), proof=proof)


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
    """What addressees found: all of them for governments, its own for an addressee.

    Those that a later answer replaced too: they do not count.
    """
    return {"items": answers.listed(desk, caller, order), "next": None}


@ROUTER.post(
    "/orders/{order}/replies",
    status_code=201,
    responses=gives({"id": "reply-0123456789abcdef"}, 201),
)
def reply(desk: At, caller: Who, order: Id, body: ReplyBody, once: Once = None) -> dict[str, str]:
    """Answer an order that went to the caller's member. The same under the same key is one.

    A later answer for the same account and asset takes the place of the earlier one.
    """
    return {"id": answers.reply(desk, caller, order, body.said(), once)}


@ROUTER.get("/orders/{order}/targets", responses=gives(_CLOSING))
def targets(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """What each target of an order came to: asked, held, and proved by which event.

    `closed` is true of an issuer's order all of whose targets are proved, null of other kinds.
    """
    found = answers.closing(desk, caller, order)
    items = [asdict(each) for each in found.targets]
    return {"items": items, "held": found.held, "closed": found.closed, "next": None}
