"""Signing in with an OpenID Connect provider; the first time with a one-time link beside it."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from stanch.app.desk import door
from stanch.errors import NotFoundError, StrangerError
from stanch.web.bodies import Body, example, gives
from stanch.web.caller import At, Source, cookie_of, house_of, let_in, same_site, token_of
from stanch.web.oidc import FLOW_SECONDS, OpenId, Returned

ROUTER = APIRouter(tags=["sign-in"])
_URL: Final = {"url": "https://id.example/authorize?client_id=desk"}

# A page, not a redirect: the session's cookie is sent only where this site itself led the browser.
_DONE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed in</title>
<meta http-equiv="refresh" content="0; url=/"><p><a href="/">Signed in. Go on.</a></p></html>"""


class FirstBody(Body):
    """The token of a one-time link, which says whose identity this is from now on."""

    link: Annotated[str, Field(min_length=1, max_length=200)]

    model_config = example({"link": "stl_once-and-for-24-hours"})


class Answer(BaseModel):
    """What a provider says through the browser; it may say more, which is not looked at."""

    state: str = Field(default="", max_length=200)
    code: str = Field(default="", max_length=4096)
    iss: str | None = Field(default=None, max_length=255)
    error: str = Field(default="", max_length=200)


@ROUTER.get("/sign-in/oidc", status_code=303, response_class=RedirectResponse)
def begin(request: Request) -> Response:
    """Go to the provider."""
    begun = _openid(request).begin()
    response = RedirectResponse(begun.url, 303)
    _remember(request, response, begun.cookie)
    return response


@ROUTER.post("/sign-in/oidc", responses=gives(_URL))
def begin_first(request: Request, response: Response, body: FirstBody) -> dict[str, str]:
    """Begin the first sign-in with this provider; gives where the browser is to go."""
    same_site(request)
    begun = _openid(request).begin(body.link)
    _remember(request, response, begun.cookie)
    return {"url": begun.url}


@ROUTER.get("/sign-in/oidc/callback", response_class=HTMLResponse)
def back(
    request: Request, desk: At, source: Source, answer: Annotated[Answer, Query()]
) -> Response:
    """Where the provider sends the browser back to."""
    openid = _openid(request)
    flow = cookie_of(request, _cookie(request)) or ""
    returned = Returned(answer.state, answer.code, answer.iss, flow)
    if answer.error or not returned.code:
        raise StrangerError("not signed in: the provider did not say who this is; begin again")
    identity, link = openid.end(returned)
    before = token_of(request)
    if link is None:
        opened = door.by_identity(desk, source, identity, before)
    else:
        opened = door.by_link_and_identity(desk, source, link, identity, before)
    response = HTMLResponse(_DONE)
    let_in(request, response, opened)
    config = house_of(request).config
    response.delete_cookie(_cookie(request), path="/", secure=config.tls, httponly=True)
    return response


def _openid(request: Request) -> OpenId:
    openid = house_of(request).openid
    if openid is None:
        raise NotFoundError("this desk has no OpenID Connect provider")
    return openid


def _cookie(request: Request) -> str:
    return house_of(request).config.cookie + "-flow"


def _remember(request: Request, response: Response, sealed: str) -> None:
    """Lax: the browser brings it when the provider sends it back here."""
    response.set_cookie(
        _cookie(request), sealed, max_age=FLOW_SECONDS, path="/",
        secure=house_of(request).config.tls, httponly=True, samesite="lax",
    )  # fmt: skip
