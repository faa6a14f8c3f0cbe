"""Who asks, and whether the desk answers."""

from typing import Any

from fastapi import APIRouter, Request

from stanch.web.bodies import gives
from stanch.web.caller import Who, house_of, session_of

ROUTER = APIRouter(tags=["me"])

_ME = {
    "person": "per-0123456789abcdef",
    "member": {
        "id": "mem-korea",
        "name": "Korea",
        "kind": "government",
        "country": "KR",
        "founding": True,
    },
    "roles": ["administrator"],
    "scopes": ["*"],
}


@ROUTER.get("/me", responses=gives(_ME))
def me(caller: Who) -> dict[str, Any]:
    """Who asks: person, member, roles, and what the key may be used for (`*` in a session)."""
    of = caller.member
    return {
        "person": caller.person,
        "member": {
            "id": of.id,
            "name": of.name,
            "kind": of.kind,
            "country": of.country,
            "founding": of.founding,
        },
        "roles": sorted(caller.roles),
        "scopes": sorted(caller.scopes),
    }


@ROUTER.get("/session", responses=gives({"csrf": "q9V0", "expires": "2026-11-27T07:03:00.000000Z"}))
def session(request: Request) -> dict[str, str]:
    """What a page of this session must send in `X-CSRF-Token`, and until when it holds."""
    found = session_of(request)
    return {"csrf": found.csrf, "expires": found.expires}


@ROUTER.get("/health", responses=gives({"desk": "desk-0123456789abcdef", "status": "ok"}))
def health(request: Request) -> dict[str, str]:
    """Whether the desk answers and reaches its database. For everybody."""
    desk = house_of(request).desk
    with desk.database.read():
        return {"desk": desk.id, "status": "ok"}
