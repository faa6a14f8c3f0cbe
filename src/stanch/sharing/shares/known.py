"""Which members read a collection, as far as one member is told.

The owner of a collection knows whom it let in, and who sits in a body knows who sits there. Of any
other collection nobody is told its readers, but that its owner is one: so nothing that is shown or
refused depends on them.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from stanch.sharing.collections.words import Access, Purpose
from stanch.store.desk.seated import Reader, seats
from stanch.store.desk.tables import collection_member, member, seat


@dataclass(frozen=True, slots=True)
class Known:
    """Members that read, and `others` that do not; who is in neither may or may not."""

    reads: frozenset[str]
    others: frozenset[str]


def known_readers(connection: Connection, reader: Reader, of: Access) -> Known:
    """Who reads a collection that the reader may read or write."""
    own = reader.caller.member.id
    reads = {of.owner} | ({own} if of.reads else set())
    whole = of.owner == own
    if whole:
        query = select(collection_member.c.member).where(
            collection_member.c.collection == of.id, collection_member.c.reads
        )
        reads |= set(connection.execute(query).scalars())
    if of.purpose == Purpose.BODY:
        sat = select(seat.c.member).where(seat.c.body == of.body, seats(reader))
        reads |= set(connection.execute(sat.where(seat.c.since <= reader.now)).scalars())
    if of.purpose == Purpose.INBOX:
        whole = True  # its owner alone reads it
    if not whole:
        return Known(frozenset(reads), frozenset())
    everybody = frozenset(connection.execute(select(member.c.id)).scalars())
    return Known(frozenset(reads), everybody - reads)
