"""Being told by e-mail that something waits: each person's own choice."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import notices
from stanch.web.bodies import Body, Named, example, gives
from stanch.web.caller import At, Who

ROUTER = APIRouter(tags=["me"])

_ASKED = {"address": "kim@fiu.example", "on": True, "verified": False}
_VERIFIED = {**_ASKED, "verified": True}


class NoticesBody(Body):
    """Where to be told, and whether."""

    address: Annotated[str, Field(min_length=1, max_length=254)]
    on: bool

    model_config = example({"address": "kim@fiu.example", "on": True})


class CodeBody(Body):
    """The code that came to the address."""

    code: Named

    model_config = example({"code": "7KQ2-XH4M-9TPA"})


@ROUTER.get("/me/notices", responses=gives(_VERIFIED))
def of(desk: At, caller: Who) -> dict[str, Any]:
    """Where one is told, and whether. For a person who has signed in, as all of this is."""
    return asdict(notices.of(desk, caller))


@ROUTER.put("/me/notices", responses=gives(_ASKED))
def choose(desk: At, caller: Who, body: NoticesBody) -> dict[str, Any]:
    """Be told at an address, or no more. One that is not verified yet is sent a code, each time."""
    return asdict(notices.choose(desk, caller, body.address, body.on))


@ROUTER.post("/me/notices/code", responses=gives(_VERIFIED))
def confirm(desk: At, caller: Who, body: CodeBody) -> dict[str, Any]:
    """Enter the code: the address is one's own, and told from now on."""
    return asdict(notices.confirm(desk, caller, body.code))


@ROUTER.delete("/me/notices", status_code=204)
def forget(desk: At, caller: Who) -> Response:
    """Have the address forgotten."""
    notices.forget(desk, caller)
    return Response(status_code=204)
