"""An empty desk database that one test has after the other: to make one for each took a third of
their time.
"""

import itertools
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from stanch.store import migrations
from stanch.store.desk.tables import METADATA
from stanch.store.engines import sql

TEMPLATE: Final = "desk_template"  # what the migrations left
_NUMBERS = itertools.count(1)
_MOST: Final = 3000  # rows deleted: what is left of more would slow the next tests down
# What a test may have left otherwise than as rows. Each number is of a later transaction after
# whatever statement changed the schema or the statistics.
_SHAPE: Final = text(
    "select "
    + ", ".join(
        f"(select count(*) || ' ' || max(xmin::text::bigint) from {table})"
        for table in ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_statistic")
    )
)
_EMPTY: Final = text(
    "do $$ declare rows bigint; all_rows bigint := 0; name text; begin "
    "set local lock_timeout = '2s'; "
    "set local session_replication_role = replica; "  # no guards, no foreign keys
    f"foreach name in array array[{', '.join(repr(each) for each in METADATA.tables)}] loop "
    "execute format('delete from %I', name); get diagnostics rows = row_count; "
    "all_rows := all_rows + rows; end loop; "
    "perform setval(seqrelid, seqstart, false) from pg_sequence; "
    "perform set_config('stanch.rows', all_rows::text, false); end $$"
)


class Postgres:
    """A server's one database for tests that begin with an empty desk.

    After a test its rows are deleted. Where a test changed the schema, left somebody in a
    transaction or wrote thousands of rows, the next gets a database made from the template.
    """

    def __init__(self, url: str) -> None:
        """Make the first when it is asked for."""
        self._server = url
        self._engine: Engine | None = None
        self._shape: tuple[Any, ...] = ()
        self._rows = 0

    @contextmanager
    def lent(self) -> Iterator[Engine]:
        """An engine on it, for one test."""
        engine = self._engine or self._make()
        yield engine
        if not self._emptied(engine):
            self.drop()

    def drop(self) -> None:
        """Let go of it; the next is a new one."""
        if self._engine is not None:
            drop_postgres(self._server, str(self._engine.url.database))
            self._engine.dispose()
        self._engine = None

    def _make(self) -> Engine:
        self._engine = engine = sql.connect(Path(), make_postgres(self._server))
        with engine.connect() as connection:
            self._shape, self._rows = _shape(connection), 0
        return engine

    def _emptied(self, engine: Engine) -> bool:
        """Whether it is as it was."""
        if engine.pool.checkedout():  # type: ignore[attr-defined]
            return False
        with suppress(DBAPIError), engine.connect() as connection:
            connection.execute(_EMPTY)
            said = connection.execute(text("select current_setting('stanch.rows')")).scalar_one()
            connection.commit()
            self._rows += int(said)
            return self._rows < _MOST and _shape(connection) == self._shape
        return False


def _shape(connection: Connection) -> tuple[Any, ...]:
    return tuple(connection.execute(_SHAPE).one())


def make_postgres(server: str) -> str:
    """URL of a fresh database with the schema in it."""
    name = f"desk_{next(_NUMBERS)}"
    with admin(server).connect() as connection:
        connection.execute(text(f"create database {name} template {TEMPLATE}"))
    return named(server, name)


def drop_postgres(server: str, name: str) -> None:
    """Away with a database, whoever is in it."""
    with admin(server).connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))


@cache
def admin(url: str) -> Engine:
    """Who makes and drops databases."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(parsed, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def named(url: str, name: str) -> str:
    """The URL of another database of a server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def sqlite_engine(folder: Path) -> Engine:
    """An engine on an empty SQLite database in a folder, at the latest version.

    The schema is made once in a process and copied, and nothing is flushed: no test of those that
    take this cuts the power.
    """
    (folder / sql.FILE).write_bytes(_schema())
    engine = sql.connect(folder)

    @event.listens_for(engine, "connect")
    def hurry(connection: sqlite3.Connection, _: Any) -> None:
        connection.execute("pragma synchronous = off")

    return engine


@contextmanager
def sqlite_lent(folder: Path) -> Iterator[Engine]:
    """The same for one test after the other: the engine is one, and knows its statements by now."""
    engine, at = _one_engine()
    at[:] = [folder / sql.FILE]
    at[0].write_bytes(_schema())
    yield engine
    engine.dispose()


@cache
def _one_engine() -> tuple[Engine, list[Path]]:
    """An engine that connects to whatever file the list names."""
    at: list[Path] = []
    with tempfile.TemporaryDirectory() as name:
        engine = sqlite_engine(Path(name))

    @event.listens_for(engine, "do_connect")
    def elsewhere(_: Any, __: Any, given: list[Any], ___: Any) -> None:
        given[0] = str(at[0])

    return engine, at


@cache
def _schema() -> bytes:
    """The file of an empty database with the schema in it."""
    with tempfile.TemporaryDirectory() as name:
        engine = sql.connect(Path(name))
        migrations.upgrade(engine)
        engine.dispose()  # the last to close folds the write-ahead log into the file
        return (Path(name) / sql.FILE).read_bytes()
