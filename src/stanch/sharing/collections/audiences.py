"""Audiences: objects that the same readers see have the same one, so that few are asked for."""

import hashlib
from typing import Any, Final

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    bindparam,
    exists,
    insert,
    select,
    union,
)  # fmt: skip

from stanch.model.desk.marking import Marking
from stanch.sharing.collections.words import Offer
from stanch.store.desk.tables import audience, audience_to, shared_object

COLLECTION: Final = "collection"  # all who read the collection
MEMBERS: Final = "members"  # the owner, unless it came from them, and the members of a list
PEOPLE: Final = "people"  # the people of a list alone, in the owner's house too

Known = dict[tuple[str, str | None, frozenset[str]], int]


def audience_of(connection: Connection, offer: Offer, known: Known) -> int:
    """The audience of an object; made where nobody had it yet. `known` are those looked up before.

    Call it in a transaction that may write.
    """
    reach, owner, to = _reach(offer)
    if (reach, owner, to) not in known:
        known[reach, owner, to] = _interned(connection, reach, owner, to)
    return known[reach, owner, to]


def audiences_of(
    connection: Connection, collection: str, member: str, person: str = ""
) -> tuple[int, ...]:
    """The audiences of a collection to which a member belongs, and a person of it where named.

    A program is nobody in particular: it comes without a person and sees nothing in red.
    """
    bound = {"of": collection, "member": member, "person": person}
    return tuple(sorted(connection.execute(_OF, bound).scalars()))


def _digest(reach: str, owner: str | None, to: frozenset[str]) -> str:
    said = "\0".join((reach, owner or "", *sorted(to)))
    return hashlib.sha256(said.encode()).hexdigest()


def _of() -> CompoundSelect[Any]:
    """The audiences of `of` to which `member` belongs, or `person`: made once, asked often.

    Each part begins at what the reader is named in, so that lists without it cost nothing.
    """
    there = exists().where(
        shared_object.c.collection == bindparam("of"), shared_object.c.audience == audience.c.id
    )
    named = select(audience.c.id).join(audience_to, audience_to.c.audience == audience.c.id)

    def listed(to: str, reach: str) -> Select[Any]:
        return named.where(audience_to.c.to == bindparam(to), audience.c.reach == reach, there)

    own = (audience.c.owner == bindparam("member"), audience.c.reach == MEMBERS)
    everybody = audience.c.digest == _digest(COLLECTION, None, frozenset())
    return union(
        select(audience.c.id).where(everybody, there),
        select(audience.c.id).where(*own, there),
        listed("member", MEMBERS),
        listed("person", PEOPLE),
    )


_OF: Final = _of()


def _reach(offer: Offer) -> tuple[str, str | None, frozenset[str]]:
    if offer.marking == Marking.RED:
        return PEOPLE, offer.owner, offer.to
    if offer.to and offer.marking in (Marking.AMBER, Marking.STRICT):
        return MEMBERS, None if offer.came else offer.owner, offer.to
    return COLLECTION, None, frozenset()


def _interned(connection: Connection, reach: str, owner: str | None, to: frozenset[str]) -> int:
    digest = _digest(reach, owner, to)
    query = select(audience.c.id).where(audience.c.digest == digest)
    found = connection.execute(query).scalar_one_or_none()
    if found is not None:
        return int(found)
    new = insert(audience).values(digest=digest, owner=owner, reach=reach)
    made = connection.execute(new.returning(audience.c.id)).scalar_one()
    if to:
        rows = [{"audience": made, "to": each} for each in sorted(to)]
        connection.execute(insert(audience_to), rows)
    return int(made)
