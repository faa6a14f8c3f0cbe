"""Who says that they were blocked wrongly: handed in on the order's page, and answered there."""

from fastapi import APIRouter
from fastapi.responses import Response

from stanch.app.desk import reviews
from stanch.errors import UsageError
from stanch.web.bodies import Id
from stanch.web.pages.visit import Form, go

ROUTER = APIRouter()
_UPHELD = {"yes": True, "no": False}


@ROUTER.post("/orders/{order}/reviews")
def ask(sent: Form, order: Id) -> Response:
    """Hand in what somebody says who was blocked."""
    form, by = sent.form, sent.visit
    reviews.ask(by.desk, by.caller, order, form.one("requester"), form.one("says"))
    return go(f"/orders/{order}#reviews")


@ROUTER.post("/orders/{order}/reviews/{review}")
def answer(sent: Form, order: Id, review: Id) -> Response:
    """Answer it, once, with a reason. An answer changes no order: that is a release."""
    form, by = sent.form, sent.visit
    upheld = _UPHELD.get(form.one("upheld"))
    if upheld is None:
        raise UsageError("say whether they were blocked wrongly: yes or no")
    reviews.answer(by.desk, by.caller, review, upheld, form.one("reason"))
    return go(f"/orders/{order}#reviews")
