"""The list of orders, by state."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import orders
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import OrderKind
from stanch.model.desk.states import OrderState
from stanch.web.pages.rows import asked, members, onward
from stanch.web.pages.visit import Seen

ROUTER = APIRouter()
_FILTERS: Final = ("state", "kind", "marking", "owner")


@ROUTER.get("/orders")
def listed(request: Request, by: Seen) -> Response:
    """Orders that the caller may see, and how many there are in each state."""
    wanted = asked(request, _FILTERS)
    found = orders.listed(by.desk, by.caller, wanted)
    return by.page(
        "orders", "Orders",
        rows=found.rows, next=onward("/orders", wanted, found.next), asked=wanted,
        counts=orders.counted(by.desk, by.caller), members=members(by),
        states=list(OrderState), kinds=list(OrderKind), markings=list(Marking),
    )  # fmt: skip
