"""One turn of a link: what a partner added comes in, what is for it goes out, page by page.

Each page is one transaction with the place where it ends, so that a turn that is cut short goes on
there. The network is asked outside of transactions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stanch.app.desk.desk import Desk
from stanch.app.taxii.partners import seal
from stanch.app.taxii.pushing import push
from stanch.client.taxii.collection import Collection
from stanch.client.taxii.credential import Credential
from stanch.client.taxii.cursor import Cursor
from stanch.client.taxii.line import Line, Settings
from stanch.errors import StanchError
from stanch.sharing.partners import leases
from stanch.sharing.partners.intake import From, take_in
from stanch.sharing.partners.leases import Leased
from stanch.sharing.partners.words import Direction, Told

LEASE: Final = leases.LEASE
NOTHING: Final = Told()
MOST_PAGES: Final = 200  # of one turn: then other links have theirs
Alive = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a turn. `through` is whether all is read and sent that was there; `failure` why
    not, in words for people.
    """

    told: Told = NOTHING
    through: bool = False
    failure: str | None = None


def take(desk: Desk, lease: int = LEASE, link: str | None = None) -> Leased | None:
    """Take a link that is due, or the one that is named; None where there is none to take."""
    with desk.database.read() as connection:
        if link is None and not leases.any_due(connection, desk.database.now()):
            return None
    with desk.database.write() as tx:
        return leases.take(tx, lease, link)


def turn(
    desk: Desk, link: Leased, settings: Settings | None = None, alive: Alive = lambda: True
) -> Turn:
    """Poll and push over a link that was taken, and give it back."""
    try:
        line = Line(link.root, _credential(desk, link), settings)
        try:
            done = _both(desk, link, line, alive)
        finally:
            line.close()
    except StanchError as error:
        done = Turn(failure=str(error)[:500])
    with desk.database.write() as tx:
        leases.give_back(tx, link, done.failure, done.through)
    return done


def _both(desk: Desk, link: Leased, line: Line, alive: Alive) -> Turn:
    remote, told, through = Collection(line, link.remote), NOTHING, True
    if link.direction != Direction.PUSH:
        pulled = _pull(desk, link, remote, alive)
        told, through = pulled.told, pulled.through
    if link.direction != Direction.PULL:
        sent, all_sent = push(desk, link, line, alive)
        told, through = told + sent, through and all_sent
    return Turn(told, through)


def _pull(desk: Desk, link: Leased, remote: Collection, alive: Alive) -> Turn:
    # Another worker may have died within a round: its chain of pages is broken.
    cursor, told = Cursor.of(link.pulled).resumed(), NOTHING
    by = From(link.id, link.member, link.source, link.collection, link.widens)
    for _ in range(MOST_PAGES):
        if not alive():
            return Turn(told)
        page = remote.page(cursor)
        with desk.database.write() as tx:
            if not leases.holds(tx.connection, link):
                return Turn(told)
            came = take_in(tx, by, page.found.taken, page.found.refused)
            cursor = page.asked.after(page.seen, came.kept + came.aside)
            leases.keep(tx, link, came, pulled=cursor.text())
        told += came
        if not cursor.under_way:
            return Turn(told, through=True)
    return Turn(told)


def _credential(desk: Desk, link: Leased) -> Credential | None:
    if link.secret is None:
        return None
    try:
        opened = seal(desk).open(link.secret, link.id, link.root)
    except ValueError:
        raise StanchError(
            "its credential is none of this desk's: remove the link and add it anew"
        ) from None
    return Credential.of(opened.decode())
