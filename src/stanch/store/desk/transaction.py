"""One use case, one transaction: what it changes, what it logs and what it sends stand or fall
together.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine

from stanch.model.desk.people import Caller
from stanch.store.desk import log

Clock = Callable[[], datetime]
SignHead = Callable[[Mapping[str, Any]], str]


@dataclass(slots=True)
class Transaction:
    """What a use case works with: a connection, the time, and the log.

    `at` is the time of the whole transaction: the clock's, or the log's last time where the clock
    went back.
    """

    connection: Connection
    at: str
    after: list[Callable[[], None]] = field(default_factory=list)

    def record(
        self, caller: Caller | None, verb: str, subject: str, said: Mapping[str, Any]
    ) -> int:
        """Append to the log what `caller` (None: the desk itself) decided; gives its place."""
        person, member = (caller.person, caller.member.id) if caller else (None, None)
        entry = log.Entry(self.at, person, member, verb, subject, said)
        return log.append(self.connection, entry)


@dataclass(frozen=True, slots=True)
class Database:
    """The desk's database. `sign_head` signs the head of the log with the desk's key."""

    writer: Engine
    reader: Engine
    clock: Clock
    sign_head: SignHead

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction that may write: committed as a whole, or nothing of it happened."""
        with self.writer.begin() as connection:
            began = log.lock(connection)
            at = max(stamp(self.clock()), began.at)
            transaction = Transaction(connection, at)
            yield transaction
            if log.size(connection) > began.size:
                log.keep_head(connection, at, self.sign_head)
        for act in transaction.after:
            act()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent look at the database."""
        with self.reader.begin() as connection:
            yield connection

    def now(self) -> str:
        """The clock's time, as texts have it."""
        return stamp(self.clock())


def stamp(moment: datetime) -> str:
    """A time as all texts of the desk have it: UTC, microseconds, sorted as it passes."""
    # Not by strftime, which leaves the noughts of the year 999 out.
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """The time that a stamp says."""
    return datetime.fromisoformat(text)
