"""On a full disk a desk refuses what it cannot write, keeps none of it, and goes on afterwards."""

import random
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError

from stanch.app.desk import audit
from stanch.app.desk.outage import is_outage
from stanch.cases import cases
from stanch.cases.cases import Shared
from stanch.model.desk.orders import Said
from stanch.store import migrations
from stanch.store.desk.tables import feed, log, statement
from stanch.store.engines import sql
from tests.desk.faults.books import check_kept, check_whole, column
from tests.desk.faults.crowd import Crowd
from tests.desk.faults.served import Served, served
from tests.desk_database import FakeClock, database_on
from tests.desk_world import KR, world


@pytest.fixture
def desk(tmp_path):
    with served(tmp_path) as desk:
        desk.start()
        yield desk


@contextmanager
def full(desk: Served, size: int) -> Iterator[None]:
    """No file of the server, its own log among them, can be written beyond this size."""
    assert desk.process is not None
    pid, free = desk.process.pid, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, free[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, free)


def test_what_cannot_be_written_is_refused_and_works_later(desk):
    crowd = Crowd(desk)
    crowd.draft()
    (id,) = crowd.orders
    assert desk.ask(KR, "GET", f"/v1/orders/{id}").status_code == 200
    before = [column(desk, one) for one in (log.c.n, statement.c.digest, feed.c.n)]
    body = {"statement": crowd.texts[id, Said.PROPOSE]}
    with full(desk, 1):
        for _ in range(5):
            answer = desk.ask(KR, "POST", f"/v1/orders/{id}/statements", body)
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["type"] == "urn:stanch:problem:away"
        assert desk.ask(KR, "GET", f"/v1/orders/{id}").json()["state"] == "draft"
    assert [column(desk, one) for one in (log.c.n, statement.c.digest, feed.c.n)] == before
    assert desk.faults() == []
    with crowd.at_work():
        crowd.finish()
    check_whole(crowd)


def test_nothing_is_lost_or_doubled_when_it_fills_under_work(desk):
    crowd, chance = Crowd(desk), random.Random(5)
    with crowd.at_work():
        for _ in range(8):
            crowd.draft()
            time.sleep(chance.uniform(0, 0.3))
            with full(desk, chance.choice((1, 5_000, 100_000))):
                time.sleep(chance.uniform(0, 0.3))
        crowd.finish()
    check_kept(crowd)
    check_whole(crowd)


def test_what_a_database_without_space_says_is_an_outage(tmp_path, desk_key):
    """SQLite's own word for a full disk, beside the limit on files above."""
    engine = sql.connect(tmp_path)
    migrations.upgrade(engine)
    made = world(database_on(engine, FakeClock(), desk_key), desk_key)
    before = entries(engine)

    def limit(pages: int) -> None:
        engine.dispose()  # it is a limit of each connection
        event.listen(engine, "connect", lambda c, _: c.execute(f"pragma max_page_count = {pages}"))

    def opened() -> None:
        with made.database.write() as tx:
            for n in range(50):
                cases.open_case(tx, made.analyst(KR), f"{n:03}" * 60, Shared())

    limit(1)  # no more than there are
    with pytest.raises(OperationalError, match="disk is full") as caught:
        opened()
    assert is_outage(caught.value)
    assert entries(engine) == before
    limit(2**30)
    opened()
    assert len(entries(engine)) == len(before) + 50
    assert audit.verify(made.database, desk_key.public) == []
    engine.dispose()


def test_what_postgresql_says_of_a_full_disk_is_an_outage(postgres_url):
    engine = sql.connect(Path(), postgres_url)
    full = "do $$ begin raise exception 'no space' using errcode = 'disk_full'; end $$"
    with pytest.raises(OperationalError) as caught, engine.begin() as connection:
        connection.exec_driver_sql(full)
    assert is_outage(caught.value)
    engine.dispose()


def entries(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(select(log.c.n)).scalars())
