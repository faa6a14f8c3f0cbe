"""Lockout: ten failures within 15 minutes, from one place or at one secret, and the door is shut.

Failures are kept as hashes of where they came from and of how the secret began, for as long as they
count. Whoever is locked out is not let in with the right secret either. Tries at the very same
moment may be a few more than ten; a secret has 256 bits, and the door is there against noise.
"""

import hashlib
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from stanch.errors import StrangerError, TooManyError
from stanch.members.access.secrets import PREFIX
from stanch.members.times import moved, seconds
from stanch.store.desk.tables import failure
from stanch.store.desk.transaction import Database, Transaction

MOST: Final = 10
MINUTES: Final = 15
_NETWORK: Final = 64  # bits of an IPv6 address: one house has all addresses behind them


@contextmanager
def guarded(database: Database, source: str, secret: str) -> Iterator[None]:
    """Let one try to come in happen inside. Raises TooManyError where the door is shut.

    A try that ends in StrangerError is noted, in a transaction of its own that outlives it.
    """
    tried = _who(source, secret)
    with database.read() as connection:
        check(connection, tried, database.now())
    try:
        yield
    except StrangerError:
        with database.write() as tx:
            note(tx, tried)
        raise


def check(connection: Connection, tried: tuple[str, ...], now: str) -> None:
    """Raise TooManyError, with the wait, where any of `tried` has failed too often."""
    since = moved(now, minutes=-MINUTES)
    for who in tried:
        query = select(failure.c.at).where(failure.c.who == who, failure.c.at > since)
        last = query.order_by(failure.c.at.desc()).limit(MOST)
        times = list(connection.execute(last).scalars())
        if len(times) == MOST:
            wait = seconds(now, moved(times[-1], minutes=MINUTES))
            raise TooManyError("failed attempts to come in", int(wait) + 1)


def note(tx: Transaction, tried: tuple[str, ...]) -> None:
    """Write down a failure, and forget those that count no more."""
    old = moved(tx.at, minutes=-MINUTES)
    tx.connection.execute(delete(failure).where(failure.c.at <= old))
    tx.connection.execute(insert(failure), [{"who": who, "at": tx.at} for who in tried])


def _who(source: str, secret: str) -> tuple[str, str]:
    return _hashed("source", _place(source)), _hashed("secret", secret[:PREFIX])


def _place(source: str) -> str:
    """A network address as one place; what is none is a place of its own."""
    try:
        address = ipaddress.ip_address(source)
    except ValueError:
        return source
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), _NETWORK), strict=False))
    return str(address)


def _hashed(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode("utf-8", "surrogatepass")).hexdigest()
