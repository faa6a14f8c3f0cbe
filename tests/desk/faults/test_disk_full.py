"""On a full disk a desk refuses what it cannot write, keeps none of it, and goes on afterwards."""

import random
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from stanch.model.desk.orders import Said
from stanch.store.desk.tables import feed, log, statement
from tests.desk.faults.books import check_kept, check_whole, column
from tests.desk.faults.crowd import Crowd
from tests.desk.faults.served import Served, served
from tests.desk_world import KR


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
