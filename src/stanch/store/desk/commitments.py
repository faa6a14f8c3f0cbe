"""What the log says of people: a commitment in the log, the text beside it, where it can be erased.

A commitment is `sha256:` and the hex of SHA-256(salt || text in UTF-8); the salt is 32 random
bytes. Without the salt nobody can find a name by hashing all names; once salt and text are erased
the commitment says nothing any more, and the log is as whole as before.
"""

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, delete, insert, select

from stanch.errors import SignatureError
from stanch.store.desk.tables import erasable


def commit_to(connection: Connection, text: str) -> str:
    """Keep a text where it can be erased; returns what stands for it in the log.

    The same text twice gives two commitments, so that nobody sees that it is the same.
    """
    salt = secrets.token_bytes(32)
    made = commitment(salt, text)
    connection.execute(insert(erasable).values(commitment=made, salt=salt.hex(), text=text))
    return made


def reveal(connection: Connection, made: str) -> str | None:
    """The text behind a commitment; None where it was erased or never was.

    Raises SignatureError where the text is no longer the one that was committed to.
    """
    found = connection.execute(
        select(erasable.c.salt, erasable.c.text).where(erasable.c.commitment == made)
    ).one_or_none()
    if found is None:
        return None
    if not holds(made, found.salt, found.text):
        raise SignatureError(f"the text behind {made} is not the one that was committed to")
    return str(found.text)


def erase(connection: Connection, made: str) -> bool:
    """Forget the text and its salt for good; whether there was one."""
    gone = connection.execute(delete(erasable).where(erasable.c.commitment == made))
    return gone.rowcount > 0


def commitment(salt: bytes, text: str) -> str:
    """The commitment to a text under a salt of 32 bytes."""
    return f"sha256:{hashlib.sha256(salt + text.encode()).hexdigest()}"


def holds(made: str, salt: str, text: str) -> bool:
    """Whether salt (hex) and text are those of the commitment."""
    try:
        raw = bytes.fromhex(salt)
        return len(raw) == 32 and hmac.compare_digest(made, commitment(raw, text))
    except (ValueError, TypeError):
        return False
