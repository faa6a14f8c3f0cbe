"""Reviews of orders, and the times that orders took."""

from typing import Any

from fastapi import APIRouter, Response

from stanch.app.desk import reviews
from stanch.web.bodies import Body, Id, Named, Said, example, gives
from stanch.web.caller import At, Who

ROUTER = APIRouter(tags=["orders"])

_REVIEW = {
    "id": "rev-0123456789abcdef",
    "order": "ord-0123456789abcdef",
    "owner": "mem-korea",
    "due": "2026-12-10T12:00:00.000000Z",
    "answered": None,
}
_COUNTS = {"asked": 0, "answered": 0, "upheld": 0, "overdue": 0}


class AskBody(Body):
    """Who says that they were blocked wrongly, and why."""

    requester: Named
    says: Said

    model_config = example({"requester": "Kim, by counsel", "says": "The account is a baker's."})


class AnswerBody(Body):
    """Whether they are right, and the reason."""

    upheld: bool
    reason: Said

    model_config = example({"upheld": False, "reason": "The transfer is on the chain."})


@ROUTER.post(
    "/orders/{order}/reviews",
    status_code=201,
    responses=gives({"id": "rev-0123456789abcdef"}, 201),
)
def ask(desk: At, caller: Who, order: Id, body: AskBody) -> dict[str, str]:
    """Ask for a review of an order that began to hold; the authority must answer by a date."""
    return {"id": reviews.ask(desk, caller, order, body.requester, body.says)}


@ROUTER.get("/orders/{order}/reviews", responses=gives({"items": [_REVIEW], "next": None}))
def listed(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """The reviews of an order that the caller may see."""
    return {"items": reviews.listed(desk, caller, order), "next": None}


@ROUTER.get("/orders/{order}/times", responses=gives({"order": {}, "addressees": {}}))
def times(desk: At, caller: Who, order: Id) -> dict[str, Any]:
    """Seconds from report to order, from order to acknowledgement, from order to hold."""
    return reviews.measured(desk, caller, order)


@ROUTER.get("/reviews/counts", responses=gives(_COUNTS))
def counted(desk: At, caller: Who) -> dict[str, int]:
    """How many there are, of those that the caller may see."""
    return reviews.counted(desk, caller)


@ROUTER.get("/reviews/{review}", responses=gives(_REVIEW))
def one(desk: At, caller: Who, review: Id) -> dict[str, Any]:
    """A review, with what was said as far as it was not erased."""
    return reviews.one(desk, caller, review)


@ROUTER.post("/reviews/{review}/answer", status_code=204)
def answer(desk: At, caller: Who, review: Id, body: AnswerBody) -> Response:
    """Answer a review, once, with a reason."""
    reviews.answer(desk, caller, review, body.upheld, body.reason)
    return Response(status_code=204)
