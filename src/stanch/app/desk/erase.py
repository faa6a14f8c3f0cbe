"""Erase a person, a reporter or a review: the texts go, the log stays whole and says so.

On SQLite what is erased is overwritten with zeros; the write-ahead log forgets it at its next
checkpoint, PostgreSQL at its next vacuum. Backups made before still hold it: make a new one, and
let the old ones go.
"""

from stanch.cases.erasure import erase_reporter
from stanch.members.erasure import erase_person
from stanch.model.desk.people import Caller
from stanch.response import reviews
from stanch.store.desk.transaction import Database


def person(database: Database, caller: Caller | None, id: str) -> int:
    """Erase who a person was; returns how many texts of the log went. None is the desk itself.

    Raises ForbiddenError, NotFoundError, RefusedError while the person is active.
    """
    with database.write() as tx:
        return erase_person(tx, caller, id)


def reporter(database: Database, caller: Caller | None, id: str) -> None:
    """Erase what a reporter said to the caller's member, and who they are once no other member
    holds words of theirs. None is the desk itself: all of it.

    Raises ForbiddenError, NotFoundError.
    """
    with database.write() as tx:
        erase_reporter(tx, caller, id)


def review(database: Database, caller: Caller | None, id: str) -> int:
    """Erase who asked for a review and in what words; returns how many texts went. None is the
    desk itself.

    Raises ForbiddenError, NotFoundError, RefusedError before it is answered.
    """
    with database.write() as tx:
        return reviews.erase(tx, caller, id)
