"""A desk at which members report what private matching told them: one for all, on each engine.

Each test has a run of its own, so that nothing of another's is in its way.
"""

import itertools
from collections.abc import Iterator

import pytest

from stanch.formats.signed.jws import sign
from stanch.formats.signed.keys import PrivateKey
from stanch.store import migrations
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from tests.desk_database import ENGINES, FakeClock
from tests.desk_world import World, world
from tests.sharing.threats import reporting

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def the_key() -> PrivateKey:
    """The desk's own key."""
    return PrivateKey.generate()


@pytest.fixture(scope="package", params=ENGINES)
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, the_key: PrivateKey
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("threats")
    url = request.getfixturevalue("postgres_server") if request.param == "postgres" else None
    engine = sql.connect(folder, url)  # the server's own database is free
    migrations.upgrade(engine)

    def sign_head(payload):
        return sign(the_key, "stanch-head@1", dict(payload))

    yield world(Database(engine, sql.reading(engine), FakeClock(), sign_head), the_key)
    if url:
        migrations.downgrade(engine, "base")
    engine.dispose()


@pytest.fixture(autouse=True)
def _a_run_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "RUN", f"run-{next(_NUMBERS)}")
