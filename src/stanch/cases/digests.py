"""Digests by which the desk knows a contact or a report again, keyed with a secret of the desk.

A plain hash of an e-mail address is found again by hashing all addresses. Under a key it tells who
holds it without the database nothing; and once a digest is struck out, nothing is left of it.
"""

import hashlib
import hmac
import secrets
from typing import Final

from sqlalchemy import Connection, select, update

from stanch.errors import InvariantError
from stanch.store.desk.tables import desk

_PREFIX: Final = "hmac-sha256:"
STRUCK: Final = "erased:"


def keyed(connection: Connection, purpose: str, text: str) -> str:
    """The digest of a text for one purpose. Call it in a transaction that may write: the first
    one makes the secret.
    """
    said = f"{purpose}\0{text}".encode()
    return _PREFIX + hmac.new(_secret(connection), said, hashlib.sha256).hexdigest()


def struck() -> str:
    """What stands in place of a digest that was erased: random, so that no two are the same."""
    return STRUCK + secrets.token_hex(16)


def _secret(connection: Connection) -> bytes:
    row = connection.execute(select(desk.c.pepper)).one_or_none()
    if row is None:
        raise InvariantError("table desk has no row: there is no secret to key a digest with")
    if row.pepper is None:
        connection.execute(update(desk).values(pepper=secrets.token_hex(32)))
        return _secret(connection)
    return bytes.fromhex(row.pepper)
