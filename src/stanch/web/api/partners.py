"""Partners' servers: links that are polled and pushed to over TAXII 2.1."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from stanch.app.desk.words import Asked, Direction, NewLink
from stanch.app.taxii import partners
from stanch.web.bodies import AnId, Body, Id, Named, example, gives, page_of
from stanch.web.caller import At, Who, house_of
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["partners"])
_PARTNERS = asked_of("partners")

_AT = "2026-11-27T12:00:00.000000Z"
_COLLECTION = "6c1f2a0e-5d2b-4c07-9d7e-3b2f0f6a1c55"
_LINK = {
    "id": "link-0123456789abcdef",
    "member": "mem-korea",
    "source": "mem-japan",
    "title": "Japan's desk",
    "root": "https://desk.example.jp/taxii2/api1/",
    "remote": "3f0b2c9a-7b7e-4f0c-8d53-0a5a6c3e9d12",
    "collection": _COLLECTION,
    "direction": "pull",
    "widens": False,
    "every": 900,
    "told": {"kept": 120, "known": 3, "aside": 1, "sent": 0, "refused": 0},
    "state": "active",
    "failure": None,
    "tries": 0,
    "due": _AT,
    "ended": _AT,
    "created": _AT,
}
ADirection = Annotated[Direction, Field(strict=False)]


class LinkBody(Body):
    """A link: the API root and the collection there, the collection here, and the member at the
    other end. `secret` is user:password or a token; it is stored sealed and never answered.
    """

    title: Named
    root: Annotated[str, Field(min_length=1, max_length=1000)]
    remote: Named
    collection: Named
    source: AnId
    direction: ADirection = Direction.PULL
    widens: bool = False
    every: int = 900
    secret: Annotated[str, Field(max_length=4096, repr=False)] = ""

    model_config = example(
        {
            **{
                name: _LINK[name]
                for name in ("title", "root", "remote", "collection", "source", "direction")
            },
            "secret": "user:password",
        }
    )

    def new(self) -> NewLink:
        """As use cases have it."""
        return NewLink(
            self.title, self.root, self.remote, self.collection, self.source, self.direction,
            self.widens, self.every,
        )  # fmt: skip


@ROUTER.get("/partners", responses=page_of(_LINK))
def listed(desk: At, caller: Who, asked: Asked = _PARTNERS) -> dict[str, Any]:
    """The links of the caller's own member."""
    return rows(partners.listed(desk, caller, asked))


@ROUTER.post("/partners", status_code=201, responses=gives({"id": _LINK["id"]}, 201))
def add(request: Request, desk: At, caller: Who, body: LinkBody) -> dict[str, str]:
    """Add a link; an administrator who has signed in does. A worker polls it at once, and then
    every `every` seconds.
    """
    ranges = house_of(request).config.reach
    return {"id": partners.add(desk, caller, body.new(), body.secret, ranges)}


@ROUTER.get("/partners/{link}", responses=gives({**_LINK, "refused": {}}))
def one(desk: At, caller: Who, link: Id) -> dict[str, Any]:
    """A link, and what its partner refused of what was pushed: ids, each with why."""
    return partners.one(desk, caller, link)


@ROUTER.post("/partners/{link}/poll", responses=gives({"due": _AT}))
def poll(desk: At, caller: Who, link: Id) -> dict[str, str]:
    """Have a worker poll and push over a link now, whatever its turn: it has, once the link's `due`
    is another.
    """
    return {"due": partners.ask_now(desk, caller, link)}


@ROUTER.post("/partners/{link}/stop", status_code=204)
def stop(desk: At, caller: Who, link: Id) -> Response:
    """Stop a link: nothing comes and goes until it is started."""
    partners.stop(desk, caller, link)
    return Response(status_code=204)


@ROUTER.post("/partners/{link}/start", status_code=204)
def start(desk: At, caller: Who, link: Id) -> Response:
    """Start a link that was stopped, from where it was; who has signed in does."""
    partners.start(desk, caller, link)
    return Response(status_code=204)


@ROUTER.delete("/partners/{link}", status_code=204)
def remove(desk: At, caller: Who, link: Id) -> Response:
    """Remove a link and its credential. What came by it stays."""
    partners.remove(desk, caller, link)
    return Response(status_code=204)
