"""SQLite behind the `Journal` port. The only file that imports sqlite3.

One table, to which triggers let nobody but add. Each `add` is one transaction that takes the
write lock before it reads, and is on the disk (write-ahead log, synchronous=FULL) when it
returns: a process that is killed leaves what was added before, and nothing of what it was adding.

The file must be on a local disk: a write-ahead log is shared memory between its processes.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stanch.errors import InputError, OutputError
from stanch.store.journal import BEGINNING, About, Draft, Record, chain_faults, sealed

FORMAT: Final = 0x53544A31  # "STJ1", as SQLite's application_id
WAIT: Final = 60.0  # seconds for another process to finish its transaction

# autoincrement: SQLite remembers the highest number given, so a record cut off the end is missed.
_SCHEMA: Final = {
    "record": """create table record (
        seq integer primary key autoincrement, kind text not null, key text not null,
        at text not null, body text not null,
        previous text not null unique, digest text not null)""",
    "record_key": "create index record_key on record (key, seq)",
    "record_kept": """create trigger record_kept before delete on record
        begin select raise(abort, 'a journal forgets nothing'); end""",
    "record_fixed": """create trigger record_fixed before update on record
        begin select raise(abort, 'a journal changes nothing'); end""",
    "record_next": """create trigger record_next before insert on record
        when new.seq is not (select coalesce(max(seq), 0) + 1 from record)
          or new.previous is not coalesce(
            (select digest from record order by seq desc limit 1), printf('%064d', 0))
        begin select raise(abort, 'a journal is only added to at its end'); end""",
}
_COLUMNS: Final = "seq, kind, key, at, body, previous, digest"
_FULL: Final = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC)


@contextmanager
def connect(file: Path) -> Iterator["SQLite"]:
    """Open the journal in `file`; where it is missing it is made, readable by its owner alone."""
    with _explained(file):
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
    try:
        with _explained(file):
            _prepare(connection, file)
        yield SQLite(connection, file)
    finally:
        connection.close()


class SQLite:
    """One connection to one journal, for one thread."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        """Speak through `connection`; `file` is for messages."""
        self._connection, self._file = connection, file

    def records(self) -> Iterator[Record]:
        """Yield all records, in their order."""
        yield from self._select("order by seq", ())

    def about(self, key: str) -> list[Record]:
        """Return the records of one key, in their order."""
        return list(self._select("where key = ? order by seq", (key,)))

    def add(self, write: Callable[[About], Sequence[Draft]]) -> list[Record]:
        """Add what `write` returns, all of it or nothing; once this returns it is on the disk."""
        with _explained(self._file), _transaction(self._connection):
            last = next(self._select("order by seq desc limit 1", ()), None)
            place, previous = (last.seq, last.digest) if last else (0, BEGINNING)
            added: list[Record] = []
            for draft in write(self.about):
                record = sealed(place := place + 1, draft, previous)
                self._insert(record)
                previous = record.digest
                added.append(record)
            return added

    def faults(self) -> list[str]:
        """Walk the whole chain, and say in one line each what is wrong with the file."""
        # One transaction: what another process adds meanwhile is not half seen.
        with _explained(self._file), _transaction(self._connection, "begin"):
            answers = self._connection.execute("pragma integrity_check").fetchall()
            found = [f"the file is damaged: {text}" for (text,) in answers if text != "ok"]
            found += _schema_faults(self._connection)
            found += chain_faults(self.records())
            ((count,),) = self._connection.execute("select coalesce(max(seq), 0) from record")
            counter = "select seq from sqlite_sequence where name = 'record'"
            ((given,),) = self._connection.execute(counter).fetchall() or [(0,)]
        if given != count:
            found.append(f"{given} records were added and the last here is {count}")
        return found

    def _select(self, which: str, values: tuple[str, ...]) -> Iterator[Record]:
        with _explained(self._file):
            rows = self._connection.execute(f"select {_COLUMNS} from record {which}", values)
            for seq, *texts in rows:
                kind, key, at, body, previous, digest = map(str, texts)
                yield Record(seq, Draft(kind, key, at, body), previous, digest)

    def _insert(self, record: Record) -> None:
        draft = record.draft
        self._connection.execute(
            f"insert into record ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)",
            (record.seq, draft.kind, draft.key, draft.at, draft.body, record.previous,
             record.digest),
        )  # fmt: skip


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str = "begin immediate") -> Iterator[None]:
    """Take the write lock now, not at the first write: what is read then still holds."""
    connection.execute(begin)
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    """Set the connection up; lay the table out in a file that is still empty."""
    # What is no text any more is to be found by its seal, not to stop whoever reads it.
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    connection.execute("pragma synchronous = full")
    if _number(connection, "application_id") != FORMAT:
        _refuse_foreign(connection, file)
        connection.execute("pragma journal_mode = wal")
        with _transaction(connection):
            if _number(connection, "application_id") != FORMAT:  # another process was first
                _refuse_foreign(connection, file)
                for statement in _SCHEMA.values():
                    connection.execute(statement)
                connection.execute(f"pragma application_id = {FORMAT}")


def _refuse_foreign(connection: sqlite3.Connection, file: Path) -> None:
    """Leave alone what somebody else keeps in a file of this name."""
    (count,) = connection.execute("select count(*) from sqlite_schema").fetchone()
    if count and _number(connection, "application_id") != FORMAT:
        raise InputError(str(file), "is a database but no journal of Stanch")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (value,) = connection.execute(f"pragma {pragma}").fetchone()
    return int(value)


def _schema_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What stands in the schema otherwise than it was laid out: a trigger taken away, say."""
    query = "select name, sql from sqlite_schema where sql is not null and name not like 'sqlite_%'"
    found = dict(connection.execute(query).fetchall())
    for name in sorted(_SCHEMA.keys() | found):
        if found.get(name) is None:
            yield f"{name}, which guards the records, is gone"
        elif found[name].lower() != _SCHEMA.get(name, "").lower():
            yield f"{name} is not as it was laid out"


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """Turn what SQLite says into one line that a user can act on."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in _FULL:
            raise OutputError(f"no space left on the disk of {file}; nothing was added") from error
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise OutputError(f"{file}: another process keeps it locked; try again") from error
        raise InputError(str(file), f"cannot be used: {error}") from error
    except sqlite3.IntegrityError as error:
        raise InputError(str(file), f"is not whole: {error}") from error
    except sqlite3.DatabaseError as error:
        raise InputError(str(file), f"is no journal that can be read: {error}") from error
    except OSError as error:
        raise OutputError(f"{file}: cannot be opened: {error.strerror}") from error
