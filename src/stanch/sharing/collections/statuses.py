"""What became of a post, for whoever posted it: kept as it was answered, for a month."""

from typing import Final

from sqlalchemy import Connection, delete, insert, select

from stanch.errors import NotFoundError
from stanch.members.times import moved
from stanch.store.desk.tables import taxii_status
from stanch.store.desk.transaction import Transaction

DAYS: Final = 30


def keep(tx: Transaction, id: str, member: str, of: str, body: bytes) -> None:
    """Keep the status of a member's post to a collection, and forget those that are old."""
    old = taxii_status.c.created < moved(tx.at, days=-DAYS)
    tx.connection.execute(delete(taxii_status).where(old))
    row = {"id": id, "member": member, "collection": of, "body": body.decode(), "created": tx.at}
    tx.connection.execute(insert(taxii_status).values(row))


def one(connection: Connection, member: str, id: str) -> bytes:
    """The status of a post of this member's. Raises NotFoundError."""
    query = select(taxii_status.c.body).where(
        taxii_status.c.id == id, taxii_status.c.member == member
    )
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"no status {id[:80]}")
    return str(found).encode()
