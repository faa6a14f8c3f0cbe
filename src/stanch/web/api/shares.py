"""Shares: which rows of the desk lie in which collection, for whom and why."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from stanch.app.desk import partner_view, shares
from stanch.app.desk.partner_view import AskedView
from stanch.app.desk.words import Asked
from stanch.model.desk.marking import Pap
from stanch.web.bodies import Body, Id, Said, example, gives, page_of
from stanch.web.caller import At, Who, house_of
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["shares"])
_SHARES = asked_of("shares")
_ROW = r"^[a-z0-9]+(-[a-z0-9]+)*$"

_SHARE: dict[str, Any] = {
    "id": "share-0123456789abcdef",
    "collection": "5f0c7e0e-9d5b-4a0a-8f2a-3c1f4d1b2a90",
    "kind": "incident",
    "row": "ronin-2022",
    "owner": "mem-korea",
    "marking": "TLP:CLEAR",
    "title": "Ronin Bridge (Sky Mavis): theft, 2022-03-23",
    "to": None,
    "why": "Partners asked for it.",
    "terms": {},
    "person": "per-0123456789abcdef",
    "created": "2026-11-26T12:00:00.000000Z",
    "renewed": "2026-11-26T12:00:00.000000Z",
    "ended": None,
    "reason": None,
    "objects": 4,
}
_DONE = {"id": "share-0123456789abcdef", "objects": 4, "came": 4, "gone": 0}
_SEEN = {
    "collection": "5f0c7e0e-9d5b-4a0a-8f2a-3c1f4d1b2a90",
    "title": "Addresses of stolen assets",
    "items": [{"type": "identity"}],
    "more": False,
    "next": None,
}


class Terms(Body):
    """Under which terms it goes: a label of the Permissible Actions Protocol, an IEP 2.0 policy (a
    marking-definition of STIX, or the names of its extension and `name`), the Admiralty code of the
    source (A to F) and of what it says (1 to 6), and a word of a scale of confidence, as
    `wep:Likely/Probable`. They bind all that is made of the row. What was said of a share before
    holds where nothing else is said.
    """

    pap: Annotated[Pap, Field(strict=False)] | None = None
    iep: dict[str, Any] | None = None
    reliability: Annotated[str, Field(pattern=r"^[A-F]?$")] = ""
    credibility: Annotated[str, Field(pattern=r"^[1-6]?$")] = ""
    confidence: Annotated[str, Field(max_length=80)] = ""

    model_config = example({"pap": "PAP:AMBER", "reliability": "B", "credibility": "2"})


class ShareBody(Body):
    """A row of the caller's member: a case, an item, a judgement, an order, a report, a paper with
    a designation file, by its id; or an incident of the registry.
    """

    row: Annotated[str, Field(pattern=_ROW, max_length=64)]
    collection: Annotated[str, Field(pattern=_ROW, max_length=64)]
    why: Said
    terms: Terms = Terms()

    model_config = example(
        {"row": "ronin-2022", "collection": "stolen-assets", "why": "Partners asked for it."}
    )


class EndingBody(Body):
    """Why what was shared is taken back."""

    reason: Said

    model_config = example({"reason": "The case is closed."})


@ROUTER.get("/shares", responses=page_of(_SHARE))
def listed(desk: At, caller: Who, asked: Asked = _SHARES) -> dict[str, Any]:
    """What the caller's member shares, those that ended too. `to` lists the ids of members that may
    have it; it is null where that is whoever reads the collection.
    """
    return rows(shares.listed(desk, caller, asked))


@ROUTER.post("/shares", status_code=201, responses=gives(_DONE, 201))
def share(request: Request, desk: At, caller: Who, body: ShareBody) -> dict[str, Any]:
    """Share a row into a collection, no further than it may be seen at the desk. The same row again
    makes nothing new; one that has changed, or goes under other terms, makes new versions.
    """
    registry = house_of(request).shelf.registry
    into = shares.Into(body.collection, body.why, body.terms.model_dump())
    return shares.share(desk, caller, body.row, into, registry)


def _asked_view(
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    collection: Annotated[str, Query(max_length=64)] = "",
    after: Annotated[str, Query(max_length=200)] = "",
) -> AskedView:
    """How much of which collection."""
    return AskedView(limit, collection, after)


@ROUTER.get("/shares/as/{member}", responses=page_of(_SEEN))
def as_partner(
    desk: At, caller: Who, member: Id, asked: Annotated[AskedView, Depends(_asked_view)]
) -> dict[str, Any]:
    """What another member gets of each collection, as far as the caller sees it too, in the order
    in which it was added. `more` says that there are more objects; `collection` with its `next` as
    `after` lists them.
    """
    return {"items": partner_view.seen_as(desk, caller, member, asked), "next": None}


@ROUTER.get("/shares/{share}", responses=gives(_SHARE))
def one(desk: At, caller: Who, share: Id) -> dict[str, Any]:
    """A share of the caller's member."""
    return shares.shown(desk, caller, share)


@ROUTER.post("/shares/{share}/end", status_code=204)
def end(desk: At, caller: Who, share: Id, body: EndingBody) -> Response:
    """Take back what a share brought, where no other share of the member brings it."""
    shares.end(desk, caller, share, body.reason)
    return Response(status_code=204)
