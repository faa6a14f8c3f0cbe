"""Posting to a collection and deleting from it by TAXII: each request one transaction."""

import uuid
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from stanch.app.desk.desk import Desk
from stanch.app.taxii.offers import Sorted, sort_out
from stanch.app.taxii.reading import Answer, Asked, reading
from stanch.errors import ForbiddenError, NotFoundError, UsageError
from stanch.formats.taxii import filters, resources
from stanch.formats.taxii.resources import Judged
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Role, Scope
from stanch.sharing.collections import access, objects, removal, statuses
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.objects import Batch
from stanch.sharing.collections.pages import Want, page
from stanch.sharing.collections.words import Access, Outcome, Verdict

WRITERS: Final = (Role.ANALYST, Role.ADMINISTRATOR)
_WRITES_ONLY: Final = "your member may read this collection, and not write into it"
_TWICE: Final = "is there more than once in this post, and was taken in once"
_WORDS: Final = {Outcome.SAME: "lies here already, byte for byte"}


def may_post(desk: Desk, caller: Caller, id: str) -> None:
    """Pass who may write into a collection, before its body is read.

    Raises NotFoundError, ForbiddenError.
    """
    reader = reading(desk, caller)
    with desk.database.read() as connection:
        _written(connection, caller, reader, id)


def post(desk: Desk, caller: Caller, id: str, body: bytes) -> Answer:
    """Take an envelope in: the status, with a verdict for each object.

    Raises NotFoundError, ForbiddenError; ValueError where the body is no envelope.
    """
    found = sort_out(body, caller.member.id, desk.database.now())
    if not found.offers and not found.turned:
        raise ValueError("holds no objects")
    with desk.database.write() as tx:
        into = _written(tx.connection, caller, Reader(caller.member.id, tx.at), id)
        batch = Batch(into.id, found.offers, into.view, revive=True, chosen=False)
        verdicts = objects.put(tx, caller, batch)
        name = str(uuid.uuid4())
        told = resources.status(name, tx.at, _judged(found, verdicts))
        statuses.keep(tx, name, caller.member.id, into.id, told)
    return Answer(told)


def delete(desk: Desk, caller: Caller, asked: Asked) -> None:
    """Delete an object of the caller's member, or any where it owns the collection; all versions
    that the caller sees, or those that are asked for.

    Raises NotFoundError, ForbiddenError, UsageError for a filter.
    """
    try:
        said = filters.filters(asked.query, filters.DELETE)
    except ValueError as error:
        raise UsageError(str(error)) from None
    said = filters.narrowed(said, ids=(asked.object,), versions=said.versions or ("all",))
    with desk.database.write() as tx:
        into = _written(tx.connection, caller, Reader(caller.member.id, tx.at), asked.collection)
        if not into.reads:
            raise ForbiddenError("your member may write into this collection, and not read it")
        rows = page(tx.connection, into.view, Want(said, bytes=False)).rows
        if not rows:
            raise NotFoundError(f"no object {asked.object[:120]}")
        there = removal.owned(tx, into.id, asked.object, {row[0] for row in rows})
        mine = [each for each in there if caller.member.id in (each[2], into.owner)]
        if not mine:
            raise ForbiddenError(
                "an object is deleted by whose it is, or by the collection's owner"
            )
        removal.remove(tx, caller, into.id, mine)


def _written(connection: Connection, caller: Caller, reader: Reader, id: str) -> Access:
    found = access.one(connection, reader, id)
    if not found.writes:
        raise ForbiddenError(_WRITES_ONLY)
    require(caller, *WRITERS, scope=Scope.SHARE)
    return found


def _judged(found: Sorted, verdicts: list[Verdict]) -> list[Judged]:
    taken = [
        Judged(each.id, each.version, _WORDS.get(each.outcome, each.reason), each.lies_there)
        for each in verdicts
    ]
    turned = [Judged(each.id, each.version, each.reason, False) for each in found.turned]
    return [*taken, *turned, *_again(found, taken, turned)]


def _again(found: Sorted, taken: list[Judged], turned: list[Judged]) -> list[Judged]:
    """What stands in a post more than once counts so often, each judged as the first."""
    offered = {id(offer.data): each for offer, each in zip(found.offers, taken, strict=True)}
    refused = {each.id: each for each in turned}
    first = [offered.get(id(each)) or refused[str(each["id"])] for each in found.again]
    return [replace(each, message=each.message or _TWICE) for each in first]
