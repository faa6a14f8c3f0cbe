"""Being told by e-mail that something waits: a person's choice, and what the worker sends."""

from datetime import datetime
from typing import Final

from stanch.app.desk.desk import Desk
from stanch.errors import RefusedError
from stanch.model.desk.people import Caller
from stanch.response.notices import choice, outbox
from stanch.response.notices.choice import Choice
from stanch.response.notices.outbox import Mail
from stanch.store.desk.transaction import moment, stamp

__all__ = ["QUIET", "Choice", "Mail", "choose", "confirm", "failed", "forget", "of", "sent", "take"]

QUIET: Final = 300  # seconds between two notices to one person
_WRONG: Final = "the code is wrong, over or tried too often; set the address again for another"


def of(desk: Desk, caller: Caller) -> Choice:
    """The caller's choice. Raises ForbiddenError for a key."""
    with desk.database.read() as connection:
        return choice.of(connection, caller)


def choose(desk: Desk, caller: Caller, address: str, on: bool) -> Choice:
    """Choose. Raises ForbiddenError, UsageError, TooManyError."""
    with desk.database.write() as tx:
        return choice.choose(tx, caller, address, on)


def confirm(desk: Desk, caller: Caller, code: str) -> Choice:
    """Enter the code that came; each try counts. Raises ForbiddenError, RefusedError."""
    with desk.database.write() as tx:
        held = choice.confirm(tx, caller, code)
    if not held:
        raise RefusedError(_WRONG)
    return of(desk, caller)


def forget(desk: Desk, caller: Caller) -> None:
    """Forget the address. Raises ForbiddenError."""
    with desk.database.write() as tx:
        choice.forget(tx, caller)


def take(desk: Desk, quiet: int, lease: int) -> Mail | None:
    """Take one e-mail that is due, for `lease` seconds."""
    with desk.database.read() as connection:
        if not outbox.waiting(connection, desk.database.now(), quiet):
            return None
    with desk.database.write() as tx:
        return outbox.claim(tx, quiet, lease)


def sent(desk: Desk, mail: Mail) -> None:
    """The mail server took it: it is not sent again."""
    with desk.database.write() as tx:
        outbox.sent(tx, mail)


def failed(desk: Desk, mail: Mail, problem: str, again: datetime | None) -> None:
    """The mail server did not take it."""
    with desk.database.write() as tx:
        outbox.failed(tx, mail, problem, None if again is None else stamp(again))


def first_try(mail: Mail) -> datetime:
    """Since when it is tried."""
    return moment(mail.created)
