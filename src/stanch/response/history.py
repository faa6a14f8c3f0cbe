"""An order's standing, told again from what the desk stored: statements, and revocations of keys.

What happened is put in order by the log, in which each statement and each directory has its place.
"""

from typing import Any, Final

from sqlalchemy import Connection, Row, select

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.chain import Chain
from stanch.formats.signed.fields import moment
from stanch.formats.signed.log_proof import ACCEPTED, TAKEN
from stanch.formats.signed.members import dropped, kid_of
from stanch.formats.signed.statement import statement_from
from stanch.members import directory
from stanch.model.desk.directory import Directory
from stanch.model.desk.orders import Order
from stanch.model.desk.people import Member
from stanch.response.orders import order_of
from stanch.response.rules import lifecycle
from stanch.response.rules.standing import Revoked, Signed, Standing
from stanch.store.desk.tables import log, statement

_EVER: Final = 2**62


def standing_of(
    connection: Connection, row: Row[Any], chain: Chain, before: int = _EVER
) -> Standing:
    """Where an order stands after all that the log has of it before a place, `before`.

    Time goes on to where it was last written down (`seen`), and not further.
    """
    order = order_of(row)
    happened: list[tuple[int, Signed | Revoked]] = [
        (n, signed_of(text, heard, chain))
        for n, text, heard in _statements(connection, row.id)
        if n < before
    ]
    if happened:
        happened += _revocations(connection, order, (happened[0][0], before))
    told = [each for _, each in sorted(happened, key=lambda pair: pair[0])]
    standing = lifecycle.replay(order, row.hash, told)
    if row.seen is None:
        return standing
    return lifecycle.pass_time(standing, moment(row.seen))[0]


def signed_of(text: str, heard: str, chain: Chain) -> Signed:
    """A statement that was verified when it was taken, with its signer as the directory that it
    names has them: the same whenever it is told again.
    """
    claimed = jws.read(text)
    said = statement_from(claimed.payload)
    named = chain.versions[chain.place(said.directory)]
    return Signed(said, member_in(named, said.member), claimed.kid, moment(heard))


def member_in(named: Directory, id: str) -> Member:
    """A member as a directory has it. Raises SignatureError."""
    for each in named.members:
        if each.id == id:
            return Member(each.id, each.name, each.kind, each.country, each.founding, kid_of(each))
    raise SignatureError(f"{id} is no member in version {named.version} of the directory")


def texts(connection: Connection, id: str) -> list[str]:
    """The statements (JWS) about an order, in the order in which they were taken."""
    return [text for _, text, _ in _statements(connection, id)]


def _statements(connection: Connection, id: str) -> list[tuple[int, str, str]]:
    query = (
        select(log.c.n, statement.c.jws, statement.c.created)
        .join(log, log.c.subject == statement.c.digest)
        .where(statement.c.order == id, log.c.verb == TAKEN)
        .order_by(log.c.n)
    )
    return [(row.n, row.jws, row.created) for row in connection.execute(query)]


def _revocations(
    connection: Connection, order: Order, between: tuple[int, int]
) -> list[tuple[int, Revoked]]:
    places = (log.c.verb == ACCEPTED, log.c.n > between[0], log.c.n < between[1])
    query = select(log.c.subject, log.c.n).where(*places)
    place = {row.subject: row.n for row in connection.execute(query)}
    if not place:
        return []
    stored = directory.since(connection)
    read = [each.read().directory for each in stored]
    found = []
    for old, new, kept in zip(read, read[1:], stored[1:], strict=False):
        if kept.hash in place and (kids := dropped(old, new, order)):
            found.append((place[kept.hash], Revoked(kids, moment(kept.created))))
    return found
