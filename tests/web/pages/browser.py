"""A browser that speaks ASGI to the app, and sends forms as the desk's own pages do."""

import re
from html import unescape

import httpx

from tests.web.conftest import ORIGIN, Client

OURS = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


def csrf(answer: httpx.Response) -> str:
    """The token that the forms of a page carry."""
    found = _CSRF.search(answer.text)
    assert found, answer.text
    return unescape(found[1])


def send(client: Client, to: str, on: str = "/cases", /, **fields: object) -> httpx.Response:
    """Load a page, fill a form of it, send it."""
    fields.setdefault("csrf", csrf(client.get(on)))
    return client("POST", to, data=fields, headers=OURS)
