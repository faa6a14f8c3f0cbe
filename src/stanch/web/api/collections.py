"""Collections of STIX objects: who reads and writes them, and what lies in them.

The objects themselves are read and written by TAXII 2.1, under /taxii2/.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from stanch.app.taxii import collections
from stanch.app.taxii.words import AskedRows, NewCollection, Purpose
from stanch.web.bodies import AnId, Body, Id, Named, example, gives, page_of
from stanch.web.caller import At, Who

ROUTER = APIRouter(tags=["collections"])

_COLLECTION = {
    "id": "5f0c7e0e-9d5b-4a0a-8f2a-3c1f4d1b2a90",
    "title": "Addresses of stolen assets",
    "description": "What exchanges and governments see of thefts, as it comes in.",
    "alias": "stolen-assets",
    "purpose": "purpose",
    "owner": "mem-korea",
    "body": None,
    "reads": True,
    "writes": True,
    "created": "2026-11-26T12:00:00.000000Z",
}
_GRANT = {
    "member": "mem-upbeat",
    "reads": True,
    "writes": False,
    "since": "2026-11-26T12:00:00.000000Z",
}
_OBJECT = {
    "id": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
    "version": "2026-11-26T12:00:00.000Z",
    "type": "indicator",
    "added": "2026-11-26T12:00:00.000120Z",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
}
_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Name = Annotated[str, Path(pattern=_NAME, max_length=64, description="Its id or its alias.")]


class CollectionBody(Body):
    """A new collection of the caller's member. `body` is said of purpose `body` alone."""

    title: Named
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.PURPOSE
    description: Annotated[str, Field(max_length=2000)] = ""
    alias: Annotated[str, Field(pattern=_NAME, max_length=64)] | None = None
    body: AnId | None = None

    model_config = example({"title": _COLLECTION["title"], "alias": "stolen-assets"})


class GrantBody(Body):
    """What a member may do in a collection; neither takes away what it was let."""

    reads: bool
    writes: bool

    model_config = example({"reads": True, "writes": False})


@ROUTER.get("/collections", responses=page_of(_COLLECTION))
def listed(desk: At, caller: Who) -> dict[str, Any]:
    """The collections that the caller's member may read or write, all on one page."""
    return {"items": collections.listed(desk, caller), "next": None}


@ROUTER.post("/collections", status_code=201, responses=gives({"id": _COLLECTION["id"]}, 201))
def make(desk: At, caller: Who, said: CollectionBody) -> dict[str, str]:
    """Make a collection, which the caller's member then owns, reads and writes."""
    new = NewCollection(said.title, said.purpose.value, said.description, said.alias, said.body)
    return {"id": collections.make(desk, caller, new)}


@ROUTER.get("/collections/{collection}", responses=gives(_COLLECTION))
def one(desk: At, caller: Who, collection: Name) -> dict[str, Any]:
    """A collection."""
    return collections.one(desk, caller, collection)


@ROUTER.get("/collections/{collection}/grants", responses=page_of(_GRANT))
def grants(desk: At, caller: Who, collection: Name) -> dict[str, Any]:
    """Who was let in: all for the owner, for others their own; all on one page."""
    return {"items": collections.grants(desk, caller, collection), "next": None}


@ROUTER.put("/collections/{collection}/grants/{member}", status_code=204)
def grant(desk: At, caller: Who, collection: Name, member: Id, said: GrantBody) -> Response:
    """Let a member read, write or both, from now on; the owner of the collection does."""
    collections.grant(desk, caller, collection, member, (said.reads, said.writes))
    return Response(status_code=204)


@ROUTER.get("/collections/{collection}/objects", responses=page_of(_OBJECT))
def objects(  # noqa: PLR0913 - one parameter for each filter
    desk: At,
    caller: Who,
    collection: Name,
    *,
    type: Annotated[str | None, Query(max_length=250)] = None,
    id: Annotated[str | None, Query(max_length=300)] = None,
    versions: Annotated[str, Query(pattern="^(last|first|all)$")] = "last",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    after: Annotated[str | None, Query(max_length=200)] = None,
) -> dict[str, Any]:
    """What lies in a collection, as the caller sees it: whose it is and how it is marked."""
    asked = AskedRows(type, id, versions, limit, after)
    items, next = collections.objects(desk, caller, collection, asked)
    return {"items": items, "next": next}
