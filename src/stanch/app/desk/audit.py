"""Check the desk's log and what it speaks of, prove parts of it, and hand it to a third party."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from sqlalchemy import Connection

from stanch.cases import evidence
from stanch.errors import NotFoundError, SignatureError
from stanch.formats.signed.jws import HEAD
from stanch.formats.signed.jws import verify as verified
from stanch.formats.signed.keys import PublicKey
from stanch.members.access.rights import require, require_founding
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk import log, log_check, log_export
from stanch.store.desk.faults import Fault, first_bad
from stanch.store.desk.transaction import Database

__all__ = [
    "Fault",
    "check_of",
    "consistency",
    "export",
    "faults",
    "first_bad",
    "head",
    "inclusion",
    "verify",
]


def verify(database: Database, key: PublicKey, heads: Iterable[str] = ()) -> list[Fault]:
    """All that is wrong with the log, its heads, and the texts and files that it speaks of.

    `key` should be known from outside the database. `heads` are lines of a file of signed heads
    that was kept outside, one a line; empty lines count for nothing.
    """
    with database.read() as connection:
        return faults(connection, key, heads)


def faults(connection: Connection, key: PublicKey, heads: Iterable[str] = ()) -> list[Fault]:
    """As `verify`, within a transaction."""
    kept = [line.strip() for line in heads if line.strip()]
    found = log_check.verify(connection, check_of(key), kept)
    return [*found, *evidence.check(connection)]


def check_of(key: PublicKey) -> log_check.Check:
    """How a signed head is checked against the desk's key."""

    def check(jws: str) -> Mapping[str, Any]:
        said = verified(jws, HEAD, key)
        if not isinstance(said, dict):
            raise SignatureError("a head says nothing")
        return said

    return check


def export(database: Database, stream: BinaryIO, caller: Caller | None) -> int:
    """Write the whole log for a third party; returns how many entries. The log says who took it.

    For auditors of founding governments, as who does what and when stands in it; None is the desk
    itself, at its own machine. Raises ForbiddenError.
    """
    if caller is not None:
        require_founding(caller, Role.AUDITOR, scope=Scope.AUDIT)
    with database.write() as tx:
        tx.record(caller, "audit.exported", "log", {"entries": log.size(tx.connection)})
    with database.read() as connection:
        return log_export.export(connection, stream)


def head(database: Database, caller: Caller) -> str:
    """The latest signed head, for every member to keep. Raises NotFoundError before the first."""
    require(caller, scope=Scope.READ)
    with database.read() as connection:
        latest = log.last_head(connection)
    if latest is None:
        raise NotFoundError("the log has no signed head yet")
    return latest


def inclusion(
    database: Database, caller: Caller, n: int, size: int | None = None
) -> dict[str, Any]:
    """The proof that the log of `size` entries holds entry `n`: hashes, and nothing of what others
    did. Raises NotFoundError.
    """
    require(caller, scope=Scope.READ)
    with database.read() as connection:
        total = log.size(connection) if size is None else size
        path = log.inclusion(connection, n, total)
    return {"n": n, "size": total, "path": [node.hex() for node in path]}


def consistency(
    database: Database, caller: Caller, first: int, second: int | None = None
) -> dict[str, Any]:
    """The proof that the log of `first` entries begins that of `second`. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    with database.read() as connection:
        total = log.size(connection) if second is None else second
        path = log.consistency(connection, first, total)
    return {"first": first, "second": total, "path": [node.hex() for node in path]}
