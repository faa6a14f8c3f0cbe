"""A desk with everybody at it that the tests of a file share, once on each engine."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from stanch.app.desk.desk import Desk
from stanch.formats.signed.keys import PrivateKey
from stanch.store.desk.folder import Folder
from stanch.store.engines import sql
from tests.desk_database import FakeClock, database_on, fresh_postgres
from tests.desk_lent import sqlite_engine
from tests.desk_world import World, world


@contextmanager
def everybody_at(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Desk]]:
    """The world of a fixture whose parameter is an engine, and the desk open over it."""
    with ExitStack() as stack:
        path, url = tmp_path_factory.mktemp("everybody"), None
        if request.param == "postgres":
            url = stack.enter_context(fresh_postgres(request.getfixturevalue("postgres_server")))
        engine = sqlite_engine(path) if url is None else sql.connect(path, url)
        stack.callback(engine.dispose)
        key = PrivateKey.generate()
        made = world(database_on(engine, FakeClock(), key), key)
        folder = Folder.create(path / "desk")
        yield made, Desk(made.desk, "Joint desk", folder, key, made.database)
