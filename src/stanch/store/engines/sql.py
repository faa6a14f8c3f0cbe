"""SQLAlchemy engines for the desk: SQLite in one folder, or a PostgreSQL that several share.

Every transaction that writes is the only one of its kind at that moment: SQLite takes the write
lock at its first statement (`begin immediate`), PostgreSQL locks the log's head (store.desk.log).
"""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url

from stanch.errors import UsageError
from stanch.store.engines import postgres

WAIT: Final = 30.0  # seconds for another process to finish its transaction
FILE: Final = "desk.sqlite"
# What is erased is overwritten, not only forgotten.
_PRAGMAS: Final = (
    "journal_mode = wal", "synchronous = full", "foreign_keys = on", "secure_delete = on",
)  # fmt: skip
_READS: Final = "stanch_reads"  # execution option: this connection will not write


def connect(folder: Path, url: str | None = None) -> Engine:
    """The engine of `url`, or of the SQLite file in `folder`. Raises UsageError for another kind.

    `postgresql://...` is taken with psycopg 3, whichever driver its name says.
    """
    if url is None:
        return _sqlite(folder / FILE)
    try:
        parsed = make_url(url)
    except Exception:  # the text may hold a password: it is not repeated
        raise UsageError("--database: no database URL; write postgresql://user@host/name") from None
    if parsed.get_backend_name() != "postgresql":
        raise UsageError(f"--database: {parsed.get_backend_name()} is not known; use postgresql")
    return _postgres(parsed.set(drivername="postgresql+psycopg"))


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read: they wait for nobody, and what each sees
    stands still, as SQLite's does: a proof read beside a later head of the log would not hold.
    """
    options: dict[str, Any] = {_READS: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    return engine.execution_options(**options)


def _sqlite(file: Path) -> Engine:
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(url, connect_args={"timeout": WAIT}, pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reads = connection.get_execution_options().get(_READS)
        connection.exec_driver_sql("begin" if reads else "begin immediate")

    return engine


def _postgres(url: URL) -> Engine:
    # A transaction sees what was committed when it began to wait, not when it began.
    engine = create_engine(
        url, pool_size=8, max_overflow=24, pool_pre_ping=True, isolation_level="READ COMMITTED"
    )
    postgres.many(engine)
    return engine
