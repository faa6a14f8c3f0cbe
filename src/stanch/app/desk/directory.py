"""The signed directory as callers read it and hand new versions in."""

from collections.abc import Sequence

from stanch.app.desk.desk import Desk
from stanch.members import directory
from stanch.members.access.rights import require
from stanch.members.directory import Stored
from stanch.model.desk.people import Caller, Scope
from stanch.response import statements


def since(desk: Desk, caller: Caller, version: int) -> list[Stored]:
    """All versions after a number, in their order."""
    require(caller, scope=Scope.READ)
    with desk.database.read() as connection:
        return directory.since(connection, version)


def one(desk: Desk, caller: Caller, version: int) -> Stored:
    """A version. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    with desk.database.read() as connection:
        return directory.one(connection, version)


def accept(desk: Desk, caller: Caller, document: bytes, signatures: Sequence[str]) -> Stored:
    """Take the next version; hands of keys that it drops count no more, from this moment on.

    Raises ForbiddenError, SignatureError, RefusedError.
    """
    with desk.database.write() as tx:
        taken = directory.accept(tx, caller, document, signatures)
        statements.revoke(tx)
        return taken
