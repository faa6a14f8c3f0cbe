"""A server that is killed anywhere loses nothing it had said, and does nothing twice."""

import random
import time

import pytest

from tests.desk.faults.books import check_kept, check_whole
from tests.desk.faults.crowd import Crowd
from tests.desk.faults.served import Served, served


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    with served(tmp_path, url) as desk:
        yield desk


def killed(desk: Served, rounds: int) -> None:
    """Everybody works; the server dies again and again; then all is let come to its end."""
    chance, crowd = random.Random(rounds), Crowd(desk)
    for number in range(rounds):
        crowd.draft()
        desk.start()
        with crowd.at_work():
            time.sleep(chance.uniform(0.0, 0.7))
            desk.kill()
        check_kept(crowd)
        if number % 20 == 0:
            assert desk.faults() == []
    desk.start()
    with crowd.at_work():
        crowd.finish()
    check_whole(crowd)


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(desk):
    killed(desk, 4)


@pytest.mark.slow
@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_nothing_is_lost_or_doubled_in_two_hundred_rounds(desk):
    killed(desk, 200)


@pytest.mark.slow
@pytest.mark.parametrize("desk", ["postgres"], indirect=True)
def test_nothing_is_lost_or_doubled_on_postgresql(desk):
    killed(desk, 40)
