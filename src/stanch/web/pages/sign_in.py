"""Signing in with a one-time link, `/sign-in#TOKEN`, and out.

What stands behind the `#` stays in the browser: no log, no proxy and no other site gets to see it.
The script moves it into the form; without a script people paste it there. Nobody is signed in
before they press the button, so a link that somebody else sent does nothing unseen.
"""

import hmac
import secrets
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from stanch.app.desk import door
from stanch.errors import ForbiddenError, StrangerError
from stanch.web.api import sign_in_oidc
from stanch.web.caller import At, Source, cookie_of, house_of, let_in, let_out, token_of
from stanch.web.pages.look import page
from stanch.web.pages.visit import CSRF, Form, Posted, go, posted

ROUTER = APIRouter()
_MINUTES: Final = 30
_LONGEST: Final = 200  # characters of a link's token


@ROUTER.get("/")
def home(request: Request) -> Response:
    """To the cases; or to the door."""
    return go("/cases" if token_of(request) else "/sign-in")


@ROUTER.get("/sign-in")
def door_page(request: Request, desk: At) -> Response:
    """The form, with a token that its cookie has too: there is no session yet to have one."""
    token = secrets.token_urlsafe(32)
    provider = house_of(request).config.provider
    said = {"title": "Sign in", "desk": desk.name, "csrf": token, "provider": provider}
    response = page("sign_in", {**said, "path": "/sign-in", "caller": None})
    config = house_of(request).config
    response.set_cookie(
        _cookie(request), token, max_age=_MINUTES * 60, path="/", secure=config.tls,
        httponly=True, samesite="strict",
    )  # fmt: skip
    return response


def own_form(request: Request, form: Annotated[Posted, Depends(posted)]) -> Posted:
    """A form whose token is that of the browser's cookie. Raises ForbiddenError."""
    kept, given = cookie_of(request, _cookie(request)) or "", form.one(CSRF)
    if not kept or not hmac.compare_digest(kept.encode(), given.encode()):
        raise ForbiddenError("this form is no longer good; load the page again")
    return form


@ROUTER.post("/sign-in/link")
def by_link(
    request: Request, desk: At, source: Source, form: Annotated[Posted, Depends(own_form)]
) -> Response:
    """Sign in. A whole link is taken as well as its token alone."""
    token = form.one("token").rpartition("#")[2]
    if not token:
        raise StrangerError("paste the link or its token")
    try:
        before = token_of(request)
    except StrangerError:
        before = None  # two sessions are none, and neither is carried on
    opened = door.by_link(desk, source, token, before)
    response = go("/cases")
    let_in(request, response, opened)
    response.delete_cookie(_cookie(request), path="/", httponly=True, samesite="strict",
                           secure=house_of(request).config.tls)  # fmt: skip
    return response


@ROUTER.post("/sign-in/oidc")
def first_with_provider(request: Request, form: Annotated[Posted, Depends(own_form)]) -> Response:
    """Begin the first sign-in with the provider: the link says whose identity it is from then on.

    A page with a link to the provider, not a redirect: forms of these pages lead nowhere else.
    """
    token = form.one("token").rpartition("#")[2]
    if not 0 < len(token) <= _LONGEST:
        raise StrangerError("paste the link or its token")
    begun = Response()
    url = sign_in_oidc.begin_first(request, begun, sign_in_oidc.FirstBody(link=token))["url"]
    desk = house_of(request).desk.name
    said = {"title": "Go on to your provider", "desk": desk, "path": "", "caller": None}
    response = page("go_on", {**said, "url": url, "host": urlsplit(url).netloc})
    for cookie in begun.headers.getlist("set-cookie"):
        response.headers.append("set-cookie", cookie)
    return response


@ROUTER.post("/sign-out")
def out(request: Request, desk: At, form: Form) -> Response:
    """End the session."""
    door.sign_out(desk, token_of(request) or "")
    response = go("/sign-in")
    let_out(request, response)
    return response


def _cookie(request: Request) -> str:
    return house_of(request).config.cookie + "-form"
