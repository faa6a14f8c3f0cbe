"""Where a member is told by webhook: one administrator proposes an address, another agrees."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from stanch.app.desk import webhooks
from stanch.web.bodies import Body, Id, example, gives
from stanch.web.caller import At, Who, house_of

ROUTER = APIRouter(tags=["webhooks"])

_WEBHOOK = {
    "id": "hook-0123456789abcdef",
    "member": "mem-korea",
    "url": "https://hooks.example/stanch",
    "state": "proposed",
    "proposed_by": "per-0123456789abcdef",
    "agreed_by": None,
    "created": "2026-11-26T12:00:00.000000Z",
    "changed": None,
}


class WebhookBody(Body):
    """An address: https, and public unless the desk's configuration allows its range."""

    url: Annotated[str, Field(min_length=1, max_length=2000)]

    model_config = example({"url": "https://hooks.example/stanch"})


@ROUTER.get("/webhooks", responses=gives({"items": [_WEBHOOK], "next": None}))
def listed(desk: At, caller: Who) -> dict[str, Any]:
    """The addresses of the caller's own member, for its administrators."""
    return {"items": webhooks.listed(desk, caller), "next": None}


@ROUTER.post("/webhooks", status_code=201, responses=gives({"id": "hook-0123456789abcdef"}, 201))
def propose(request: Request, desk: At, caller: Who, body: WebhookBody) -> dict[str, str]:
    """Propose an address. The one in use stays until another administrator agrees."""
    ranges = house_of(request).config.reach
    return {"id": webhooks.propose(desk, caller, body.url, ranges)}


@ROUTER.post("/webhooks/{webhook}/agree", status_code=204)
def agree(request: Request, desk: At, caller: Who, webhook: Id) -> Response:
    """Agree to what another administrator of the same member proposed. Not within a day of being
    added, given a role or a link: one administrator must not make the second.
    """
    webhooks.agree(desk, caller, webhook, house_of(request).config.settled_hours)
    return Response(status_code=204)
