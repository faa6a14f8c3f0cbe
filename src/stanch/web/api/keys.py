"""API keys: made by a person who has signed in, shown once, revoked at any time."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import people
from stanch.app.desk.words import Asked, NewKey
from stanch.model.desk.people import Scope
from stanch.web.bodies import AnId, Body, Id, Named, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["keys"])
_KEYS = asked_of("keys")

_KEY = {
    "id": "key-0123456789abcdef",
    "person": "per-0123456789abcdef",
    "label": "night batch",
    "scopes": "read screen",
    "created": "2026-11-26T12:00:00.000000Z",
    "expires": "2027-02-24T12:00:00.000000Z",
    "revoked": None,
    "used": None,
}
_MADE = {
    "id": "key-0123456789abcdef",
    "token": "stk_shown-this-once",
    "expires": "2027-02-24T12:00:00.000000Z",
}


class KeyBody(Body):
    """What a key is to be. `person` is another of the same member, where an administrator asks."""

    label: Named
    scopes: Annotated[
        list[Annotated[Scope, Field(strict=False)]], Field(min_length=1, max_length=len(Scope))
    ]
    days: Annotated[int, Field(ge=1, le=365)] = 90
    person: AnId | None = None

    model_config = example({"label": "night batch", "scopes": ["read", "screen"], "days": 90})


@ROUTER.get("/keys", responses=page_of(_KEY))
def listed(desk: At, caller: Who, asked: Asked = _KEYS) -> dict[str, Any]:
    """One's own keys, or all of the member for its administrator."""
    return rows(people.keys(desk, caller, asked))


@ROUTER.post("/keys", status_code=201, responses=gives(_MADE, 201))
def make(desk: At, caller: Who, body: KeyBody) -> dict[str, Any]:
    """Make a key. Its token is in this answer and nowhere else."""
    new = NewKey(body.label, list(body.scopes), body.days, body.person)
    return asdict(people.make_key(desk, caller, new))


@ROUTER.delete("/keys/{key}", status_code=204)
def revoke(desk: At, caller: Who, key: Id) -> Response:
    """End a key."""
    people.revoke_key(desk, caller, key)
    return Response(status_code=204)
