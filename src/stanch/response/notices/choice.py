"""A person's own choice to be told by e-mail, and the proof that the address is theirs.

Nothing but a code is sent to an address until the person who named it has entered the code: else a
slip of a letter would tell a stranger, and a member's desk could be made to fill anybody's mailbox.
The address stands in the log as a commitment, and is forgotten where the person takes it back.
"""

import hmac
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from stanch.errors import TooManyError, UsageError
from stanch.members.access.rights import require, require_session
from stanch.members.times import moved, seconds
from stanch.members.words import new_id
from stanch.model.desk.mail import is_address
from stanch.model.desk.people import Caller, Scope
from stanch.response.notices.code import digest
from stanch.store.desk.commitments import commit_to, erase
from stanch.store.desk.tables import feed, mail, notice
from stanch.store.desk.transaction import Transaction

CODE: Final = "code"
NOTICE: Final = "notice"
MOST_TRIES: Final = 5  # of one code
MOST_CODES: Final = 5  # within a day
_DAY: Final = {"hours": 24}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose. Without `verified` nothing is sent but the code."""

    address: str | None = None
    on: bool = False
    verified: bool = False


def of(connection: Connection, caller: Caller) -> Choice:
    """The caller's own choice. Raises ForbiddenError for a key: an address is a person's own."""
    _check(caller)
    row = _row(connection, caller)
    if row is None or row.address is None:
        return Choice()
    return Choice(row.address, bool(row.wanted), row.verified is not None)


def choose(tx: Transaction, caller: Caller, address: str, on: bool) -> Choice:
    """Be told at an address, or no more. One that is not verified is sent a code, each time.

    Raises ForbiddenError for a key, UsageError, TooManyError after five codes within a day.
    """
    _check(caller)
    if not is_address(address):
        raise UsageError("address: is none that e-mail can be sent to, as kim@example.org is")
    row = _row(tx.connection, caller) or _begin(tx, caller)
    if row.address != address:
        _forget(tx, row)
        made = commit_to(tx.connection, address)
        _set(tx, caller, {"address": address, "commitment": made, "verified": None})
        tx.record(caller, "notice.address", caller.person, {"address": made})
    if bool(row.wanted) != on:
        tx.record(caller, "notice.on" if on else "notice.off", caller.person, {})
    verified = row.address == address and row.verified is not None
    _set(tx, caller, {"wanted": on})
    if not (verified and on and row.wanted):  # it begins now, or is over: nothing old is told
        _unsend(tx, caller)
        _set(tx, caller, {"seen": _newest(tx.connection, caller), "told": None})
    if on and not verified:
        _ask(tx, caller, row)
    return of(tx.connection, caller)


def confirm(tx: Transaction, caller: Caller, code: str) -> bool:
    """Whether the code is the one that was sent: the address is verified then, and told from now.

    A try is counted whatever comes of it, so the caller commits before it says no.
    """
    _check(caller)
    row = _row(tx.connection, caller)
    if row is None or row.code is None or row.code_expires <= tx.at or row.tries >= MOST_TRIES:
        return False
    _set(tx, caller, {"tries": row.tries + 1})
    if not hmac.compare_digest(row.code, digest(caller.person, code)):
        return False
    _unsend(tx, caller)
    now = {"verified": tx.at, "seen": _newest(tx.connection, caller), "told": None}
    _set(tx, caller, {**_NO_CODE, **now})
    tx.record(caller, "notice.verified", caller.person, {"address": row.commitment})
    return True


def forget(tx: Transaction, caller: Caller) -> None:
    """Forget the address, here and behind the log; nothing is sent any more."""
    _check(caller)
    row = _row(tx.connection, caller)
    if row is None or row.address is None:
        return
    _forget(tx, row)
    _unsend(tx, caller)
    _set(tx, caller, {"wanted": False, **_NO_CODE})
    tx.record(caller, "notice.forgotten", caller.person, {})


_NO_CODE: Final = {"code": None, "code_expires": None, "tries": 0}


def _check(caller: Caller) -> None:
    require(caller, scope=Scope.READ)
    require_session(caller)


def _begin(tx: Transaction, caller: Caller) -> Row[Any]:
    new = {"person": caller.person, "wanted": False, "seen": 0, "tries": 0, "codes": 0}
    tx.connection.execute(insert(notice).values(**new))
    row = _row(tx.connection, caller)
    assert row is not None
    return row


def _forget(tx: Transaction, row: Row[Any]) -> None:
    """The address that was is no longer known, nor can its code be entered for another."""
    if row.commitment is not None:
        erase(tx.connection, row.commitment)
    gone = {"address": None, "commitment": None, "verified": None, **_NO_CODE}
    tx.connection.execute(update(notice).where(notice.c.person == row.person).values(**gone))


def _ask(tx: Transaction, caller: Caller, row: Row[Any]) -> None:
    """Have a code sent. It is made where it is sent, and is nowhere before."""
    new = row.codes_since is None or moved(row.codes_since, **_DAY) <= tx.at
    since, count = (tx.at, 0) if new else (row.codes_since, row.codes)
    if count >= MOST_CODES:
        raise TooManyError("codes", int(seconds(tx.at, moved(since, **_DAY))) + 1)
    _set(tx, caller, {"codes": count + 1, "codes_since": since})
    put(tx, caller.person, CODE, {})


def put(tx: Transaction, person: str, kind: str, values: dict[str, Any]) -> None:
    """Write an e-mail that is to be sent, now."""
    row = {"id": new_id("mail"), "person": person, "kind": kind, "tries": 0, **values}
    tx.connection.execute(insert(mail).values(**row, created=tx.at, next_try=tx.at))


def _unsend(tx: Transaction, caller: Caller) -> None:
    tx.connection.execute(delete(mail).where(mail.c.person == caller.person))


def _set(tx: Transaction, caller: Caller, values: dict[str, Any]) -> None:
    tx.connection.execute(update(notice).where(notice.c.person == caller.person).values(**values))


def _row(connection: Connection, caller: Caller) -> Row[Any] | None:
    return connection.execute(select(notice).where(notice.c.person == caller.person)).one_or_none()


def _newest(connection: Connection, caller: Caller) -> int:
    last = select(func.max(feed.c.n)).where(feed.c.member == caller.member.id)
    return int(connection.execute(last).scalar() or 0)
