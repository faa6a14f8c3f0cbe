"""Signing in by a one-time link, and out."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from stanch.app.desk import door
from stanch.web.bodies import Body, example, gives
from stanch.web.caller import At, Source, let_in, let_out, same_site, session_of, token_of

ROUTER = APIRouter(tags=["sign-in"])

_OPENED = {"csrf": "q9V0", "expires": "2026-11-27T07:03:00.000000Z"}


class LinkBody(Body):
    """The token of a one-time link."""

    token: Annotated[str, Field(min_length=1, max_length=200)]

    model_config = example({"token": "stl_once-and-for-24-hours"})


@ROUTER.post("/sign-in/link", responses=gives(_OPENED))
def by_link(
    request: Request, response: Response, desk: At, source: Source, body: LinkBody
) -> dict[str, str]:
    """Sign in. The session is in the cookie; the session that the browser had ends."""
    same_site(request)
    opened = door.by_link(desk, source, body.token, token_of(request))
    let_in(request, response, opened)
    return {"csrf": opened.csrf, "expires": opened.expires}


@ROUTER.post("/sign-out", status_code=204)
def out(request: Request, desk: At) -> Response:
    """End the session."""
    session_of(request)
    door.sign_out(desk, token_of(request) or "")
    response = Response(status_code=204)
    let_out(request, response)
    return response
