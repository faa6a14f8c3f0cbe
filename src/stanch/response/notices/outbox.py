"""The e-mails that are to be sent: gathered, claimed for a while, settled.

A burst is one e-mail: a notice waits a moment for what comes with it, and for the quiet time since
the last one. A claim that nobody settles, because the sender was killed, comes back as it was.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, func, or_, select, update

from stanch.members.times import moved
from stanch.model.desk.people import Caller
from stanch.response.notices import code as codes
from stanch.response.notices.choice import CODE, NOTICE, put
from stanch.response.notices.wanted import gathered
from stanch.store.desk.tables import feed, mail, notice, person
from stanch.store.desk.transaction import Transaction

GATHERED: Final = 15  # seconds; what one decision sets off comes within a few


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail that was claimed. Of a code: the code, until `expires`; of a notice: how many
    things wait, since when, up to which place of the feed.
    """

    id: str
    person: str
    address: str
    created: str
    tries: int
    count: int = 0
    since: str = ""
    upto: int = 0
    code: str = field(default="", repr=False)
    expires: str = ""


def waiting(connection: Connection, at: str, quiet: int) -> bool:
    """Whether there is anything to claim. It only looks, so that it holds up nobody who writes."""
    due = connection.execute(_due(at)).first()
    return due is not None or connection.execute(_new(at, quiet)).first() is not None


def claim(tx: Transaction, quiet: int, lease: int) -> Mail | None:
    """Take one e-mail that is due, for `lease` seconds, at most one notice a person in `quiet`.

    One and not many: who takes what it cannot send before the lease is over sends it twice.
    """
    for each in tx.connection.execute(_new(tx.at, quiet)).mappings().all():
        put(tx, each["person"], NOTICE, {name: each[name] for name in ("count", "since", "upto")})
    row = tx.connection.execute(_due(tx.at)).mappings().first()
    if row is None:
        return None
    tries = row["tries"] + 1
    now = {"tries": tries, "next_try": moved(tx.at, seconds=lease)}
    tx.connection.execute(update(mail).where(mail.c.id == row["id"]).values(**now))
    common = {name: row[name] for name in ("id", "person", "address", "created")}
    if row["kind"] == CODE:
        return Mail(**common, tries=tries, **_coded(tx, row["person"]))
    told = {name: row[name] for name in ("count", "since", "upto")}
    return Mail(**common, tries=tries, **told)


def sent(tx: Transaction, one: Mail) -> None:
    """The mail server took it. A choice that was taken back meanwhile stays taken back."""
    gone = tx.connection.execute(delete(mail).where(mail.c.id == one.id))
    if gone.rowcount and one.upto:
        _know(tx, one.person, one.upto)
        here = notice.c.person == one.person
        tx.connection.execute(update(notice).where(here).values(told=tx.at))


def failed(tx: Transaction, one: Mail, problem: str, again: str | None) -> None:
    """The mail server did not take it. Given up (`again` None), what a notice told is gathered
    anew, with what came since; who still wants a code asks for another.
    """
    here = mail.c.id == one.id
    if again is None:
        tx.connection.execute(delete(mail).where(here))
    else:
        now = {"next_try": again, "problem": problem}
        tx.connection.execute(update(mail).where(here).values(**now))


def unread(connection: Connection, caller: Caller, n: int) -> bool:
    """Whether a caller who has read their feed up to place `n` was not known to have."""
    rows = select(feed.c.n).select_from(feed).join(notice, notice.c.person == caller.person)
    mine = (feed.c.member == caller.member.id, feed.c.n > notice.c.seen, feed.c.n <= n)
    return connection.execute(rows.where(*mine).limit(1)).first() is not None


def read(tx: Transaction, caller: Caller, n: int) -> None:
    """The caller has read their feed up to place `n`: of that they need not be told."""
    there = select(func.max(feed.c.n)).where(feed.c.member == caller.member.id, feed.c.n <= n)
    upto = int(tx.connection.execute(there).scalar() or 0)
    _know(tx, caller.person, upto)
    told = (mail.c.person == caller.person, mail.c.kind == NOTICE, mail.c.upto <= upto)
    tx.connection.execute(delete(mail).where(*told))


def _know(tx: Transaction, of: str, upto: int) -> None:
    here = (notice.c.person == of, notice.c.seen < upto)
    tx.connection.execute(update(notice).where(*here).values(seen=upto))


def _coded(tx: Transaction, to: str) -> dict[str, Any]:
    """A new code, whose hash alone stays. One that was sent before holds no more."""
    code, expires = codes.make(), moved(tx.at, minutes=codes.MINUTES)
    now = {"code": codes.digest(to, code), "code_expires": expires, "tries": 0}
    tx.connection.execute(update(notice).where(notice.c.person == to).values(**now))
    return {"code": code, "expires": expires}


def _new(at: str, quiet: int) -> Select[Any]:
    wait = min(quiet, GATHERED)
    return gathered(moved(at, seconds=-quiet), moved(at, seconds=-wait))


def _due(at: str) -> Select[Any]:
    allowed = or_(mail.c.kind == CODE, notice.c.verified.is_not(None))
    return (
        select(mail, notice.c.address)
        .join(notice, notice.c.person == mail.c.person)
        .join(person, person.c.id == mail.c.person)
        .where(mail.c.next_try <= at, person.c.active, notice.c.wanted, allowed)
        .where(notice.c.address.is_not(None))
        .order_by(mail.c.next_try, mail.c.id)
        .limit(1)
    )
