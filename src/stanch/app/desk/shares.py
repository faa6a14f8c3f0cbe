"""Share a row of the desk into a collection, and take it back: each use case one transaction.

The owner of a row decides, says why, and can share no further than the row itself may be seen at
the desk. What others wrote in it goes along as far as they let it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from stanch.app.desk.as_stix.kinds import kind_of, made
from stanch.app.desk.as_stix.made import Looking, Made, callers, in_red
from stanch.app.desk.desk import Desk
from stanch.cases.cases import rows_of
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.formats.stix.handling import strictest
from stanch.formats.stix.terms import UNSAID, Terms, terms_in, told, under
from stanch.members.access.rights import require
from stanch.members.words import typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Scope
from stanch.registry.registry import Registry
from stanch.sharing.collections.access import Reader, one
from stanch.sharing.collections.making import WRITERS
from stanch.sharing.collections.words import Access
from stanch.sharing.shares import keeping, listing
from stanch.sharing.shares.keeping import NewShare
from stanch.sharing.shares.known import known_readers
from stanch.sharing.shares.reach import reached
from stanch.store.desk.page import Asked, Page
from stanch.store.desk.seated import Reader as Sitting
from stanch.store.desk.transaction import Transaction

_NOBODY: Final = "no member as such may see it any more"


@dataclass(frozen=True, slots=True)
class Into:
    """Where a row goes, by the collection's id or alias; why; and the terms that it goes under, as
    `formats.stix.terms` names them: `pap`, `iep`, `reliability`, `credibility`, `confidence`.
    """

    collection: str
    why: str
    terms: Mapping[str, Any] = field(default_factory=dict)


def share(
    desk: Desk, caller: Caller, row: str, to: Into, registry: Callable[[], Registry]
) -> dict[str, Any]:
    """Share a row. The same row again makes nothing new; one that has changed makes new versions.
    Terms that were said before hold as long as no others are said: nothing widens by forgetting
    them. `registry` is asked for by rows that rest on it: with a fault in it the others go on.

    Returns the share's id, how many objects it has, how many came or moved, how many were taken
    back. Raises NotFoundError, ForbiddenError where the caller may not write there, UsageError,
    RefusedError where the row's marking lets nobody there have it, or it is another member's.
    """
    require(caller, *WRITERS, scope=Scope.SHARE)
    said, why = _terms(to.terms), typed("why", to.why, 2000)
    with desk.database.write() as tx:
        into = one(tx.connection, Reader(caller.member.id, tx.at, caller.person), to.collection)
        if not into.writes:
            raise ForbiddenError(f"{into.id}: your member may not write there")
        found = made(Looking(tx.connection, Sitting(caller, tx.at), registry), row)
        if found.owner != caller.member.id:
            raise RefusedError(f"{row} is {found.owner}'s: theirs to share")
        before = keeping.active(tx, row, (caller.member.id, into.id))
        terms = said.over(_kept(before.terms) if before else UNSAID)
        found = _bound(row, found, terms)
        _reaches(tx, caller, row, (found, into))
        return asdict(keeping.keep(tx, caller, _new(into.id, row, found, (why, terms))))


def keep_up(tx: Transaction, caller: Caller, case: str) -> None:
    """Bring the shares of a case, and of what lies in it, to what its readers may see now. One
    that may go nowhere any more ends.
    """
    members = {each.member.id: each for each in callers(tx.connection)}
    for each in keeping.active_of(tx, rows_of(tx.connection, case)):
        by = caller if each.owner == caller.member.id else None
        try:
            found = made(Looking(tx.connection, Sitting(members[each.owner], tx.at)), each.row)
            found = _bound(each.row, found, terms := _kept(each.terms))
        except (NotFoundError, RefusedError):
            keeping.close(tx, by, each, _NOBODY)
        else:
            keeping.keep(tx, by, _new(each.collection, each.row, found, (each.why, terms)))


def end(desk: Desk, caller: Caller, id: str, reason: str) -> int:
    """Take back what a share brought; returns how many objects. Raises ForbiddenError,
    NotFoundError, RefusedError where it has ended, UsageError.
    """
    require(caller, *WRITERS, scope=Scope.SHARE)
    with desk.database.write() as tx:
        return keeping.end(tx, caller, id, typed("reason", reason, 2000))


def listed(desk: Desk, caller: Caller, asked: Asked, *, active: bool = False) -> Page:
    """The shares of the caller's member; without those that ended, where `active`."""
    with desk.database.read() as connection:
        return listing.listed(connection, caller, asked, active=active)


def shown(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A share of the caller's member. Raises NotFoundError."""
    with desk.database.read() as connection:
        return listing.one(connection, caller, id)


def _reaches(tx: Transaction, caller: Caller, row: str, what: tuple[Made, Access]) -> None:
    """Raise RefusedError where nobody would get it, as far as the caller knows who reads there."""
    found, into = what
    to = found.handling.readers
    known = known_readers(tx.connection, Sitting(caller, tx.at), into)
    if to is not None and not to - {caller.member.id} - known.others:
        raise RefusedError(
            f"{row} is {found.handling.tlp} and released to nobody who reads {into.title}: "
            "release it first, to members that do"
        )


def _terms(said: Mapping[str, Any]) -> Terms:
    try:
        return terms_in(said)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _kept(text: str) -> Terms:
    return terms_in(json.loads(text)) if text else UNSAID


def _bound(row: str, found: Made, terms: Terms) -> Made:
    """The same under terms. Raises RefusedError where a policy is for people alone."""
    handling = strictest((found.handling, terms.handling))
    if handling.tlp == Marking.RED:
        raise in_red(row)
    return replace(found, handling=handling, items=tuple(under(found.items, terms)))


def _new(collection: str, row: str, found: Made, said: tuple[str, Terms]) -> NewShare:
    why, terms = said
    text = canonical(told(terms)).decode() if terms != UNSAID else ""
    return NewShare(
        collection, found.owner, kind_of(row), row, found.title, found.handling.tlp,
        found.handling.readers, why, reached(found.items), text,
    )  # fmt: skip
