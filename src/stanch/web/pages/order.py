"""One order: where it stands, its clock, what it holds, who was told, who signed, what came."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from stanch.app.desk import answers, cases, followed, orders, reviews, statements
from stanch.app.desk.words import MOST_ROWS, Asked
from stanch.errors import NotFoundError
from stanch.model.desk.people import MemberKind, Role
from stanch.model.desk.states import EFFECT, Effect, OrderState
from stanch.web.bodies import Id
from stanch.web.pages.rows import members
from stanch.web.pages.sayings import sayings
from stanch.web.pages.steps import steps
from stanch.web.pages.visit import Form, Seen, Visit, go

ROUTER = APIRouter()
_ALL: Final = Asked(MOST_ROWS)


@ROUTER.get("/orders/{order}")
def one(by: Seen, order: Id) -> Response:
    """The order's page."""
    row = orders.one(by.desk, by.caller, order)
    about = followed.of_order(by.desk, by.caller, order)
    effects = orders.listed_effects(by.desk, by.caller, order)
    reported = _reported(by, row["case"])
    return by.page(
        "order", f"Order {order}",
        row=row, about=about, order=about.order, effects=effects,
        outcomes=orders.listed_outcomes(by.desk, by.caller, order, _ALL).rows,
        came=answers.closing(by.desk, by.caller, order),
        steps=steps(reported, row, about), sees_case=reported is not None,
        reviews=reviews.listed(by.desk, by.caller, order),
        acts=by.may(Role.ANALYST, Role.APPROVER), members=members(by),
        sayings=sayings(by, row, about.order.rule),
        mine=_own_country(by, effects) if row["state"] == OrderState.IN_FORCE else None,
    )  # fmt: skip


@ROUTER.get("/orders/{order}/document")
def document(by: Seen, order: Id) -> Response:
    """The bytes whose hash is signed, to be saved and read by `stanch sign`."""
    return _saved(orders.document(by.desk, by.caller, order), f"{order}.json")


@ROUTER.get("/orders/{order}/bundle")
def bundle(by: Seen, order: Id) -> Response:
    """The order with all that was signed about it, to be read by `stanch verify` offline."""
    return _saved(statements.bundle(by.desk, by.caller, order), f"{order}.bundle.json")


@ROUTER.post("/orders/{order}/effect")
def change_effect(sent: Form, order: Id) -> Response:
    """Say what the order is in the law of the caller's own country."""
    form, by = sent.form, sent.visit
    orders.change_effect(by.desk, by.caller, order, form.one("to"), form.one("reference"))
    return go(f"/orders/{order}#effects")


def _saved(data: bytes, name: str) -> Response:
    """A file to be saved; `name` is made of an id."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/json", headers=headers)


def _reported(by: Visit, case: str) -> str | None:
    """When the theft was reported; nothing to who may not see the case."""
    try:
        return str(cases.one(by.desk, by.caller, case)["reported"])
    except NotFoundError:
        return None


def _own_country(by: Visit, effects: list[dict[str, Any]]) -> Mapping[str, Any] | None:
    """What the caller's country may say next; None to who speaks for none."""
    member = by.caller.member
    speaks = by.may(Role.ANALYST, Role.APPROVER) and member.kind == MemberKind.GOVERNMENT
    if not speaks or not member.country:
        return None
    states = {each["jurisdiction"]: Effect(each["state"]) for each in effects}
    now = states.get(member.country, Effect.NONE)
    return {"country": member.country, "now": now, "next": sorted(EFFECT[now])}
