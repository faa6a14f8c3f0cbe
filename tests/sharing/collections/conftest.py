"""A desk with everybody at it, once on each engine for all tests of a file."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from stanch.formats.signed.keys import PrivateKey
from stanch.store import migrations
from stanch.store.engines import sql
from tests.desk_database import ENGINES, FakeClock, database_on, fresh_postgres
from tests.desk_world import JP, US, World, world
from tests.sharing.collections.shelf import Shelf


@pytest.fixture(scope="module", params=ENGINES)
def everybody(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world, which the tests of a file share: each makes collections of its own."""
    with ExitStack() as stack:
        folder, url = tmp_path_factory.mktemp("desk"), None
        if request.param == "postgres":
            url = stack.enter_context(fresh_postgres(request.getfixturevalue("postgres_server")))
        engine = sql.connect(folder, url)
        stack.callback(engine.dispose)
        if url is None:
            migrations.upgrade(engine)
        key = PrivateKey.generate()
        yield world(database_on(engine, FakeClock(), key), key)


@pytest.fixture
def shelf(everybody: World) -> Shelf:
    """A collection of Korea's, which the United States and Japan read and write."""
    made = Shelf(everybody)
    for member in (US, JP):
        made.let(member, writes=True)
    return made
