"""The client against a desk that runs: its directory, its log, its cases."""

import threading
from itertools import islice

import pytest
from sqlalchemy import insert

from stanch.app.desk.desk import opened
from stanch.client import Desk, Pin
from stanch.errors import (
    ForbiddenError,
    NotFoundError,
    RefusedError,
    SignatureError,
    StrangerError,
)
from stanch.model.desk.canonical import canonical
from stanch.store.desk import log
from stanch.store.desk.tables import feed
from tests.live_world import live_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        yield world


def test_the_directory_holds_from_the_pin(world):
    with world.client("upbeat") as desk:
        chain = desk.directory()
    assert (chain.newest.version, chain.hashes) == (1, (world.pin,))


def test_a_desk_under_another_pin(world, tmp_path):
    pin = Pin("sha256:" + "0" * 64, world.desk.key, "mem-upbeat")
    with (
        Desk(world.desk.url, world.people["upbeat"].api_key, pin, tmp_path / "state") as desk,
        pytest.raises(SignatureError),
    ):
        desk.directory()


def test_the_log_grows_and_proves_it(world):
    with world.client("upbeat") as desk, world.client("kr") as korea:
        desk.directory()
        first = desk.check_log()
        for each in range(5):
            korea.line.post("/v1/cases", {"title": f"case {each}", "marking": "TLP:AMBER"})
        later = desk.check_log()
        assert later.size >= first.size + 5
        assert desk.check_log().text == later.text


def test_what_one_may_see_and_not_see(world):
    with world.client("kr") as korea, world.client("upbeat") as upbeat:
        id = korea.line.post("/v1/cases", {"title": "Theft", "marking": "TLP:AMBER"})["id"]
        assert korea.case(id)["title"] == "Theft"
        assert id in {each["id"] for each in korea.cases(state="open")}
        with pytest.raises(NotFoundError):
            upbeat.case(id)
        with pytest.raises(ForbiddenError):
            upbeat.line.post("/v1/members", {"name": "X", "kind": "exchange", "country": "KR"})


def test_nobody(world, tmp_path):
    pin = Pin(world.pin, world.desk.key, "mem-upbeat")
    with (
        Desk(world.desk.url, "stk_" + "x" * 43, pin, tmp_path / "state") as desk,
        pytest.raises(StrangerError),
    ):
        desk.directory()


def tell(world, member, *numbers):
    """Put messages into a member's feed, as a use case would; the log grows with them."""
    row = {
        "member": member,
        "kind": "order",
        "body": canonical({"desk": world.desk.id}).decode(),
        "created": "2026-11-26T12:00:00.000000Z",
    }
    rows = [{**row, "n": n, "subject": f"ord-{n}", "tries": 0} for n in numbers]
    with opened(world.folder / "desk") as desk, desk.database.write() as tx:
        head = log.last_head(tx.connection)
        tx.connection.execute(insert(feed), [{**each, "head": head} for each in rows])
        tx.record(None, "tests.told", member, {"messages": list(numbers)})


def test_the_feed_is_asked_and_streamed(world):
    tell(world, "mem-coinwon", *range(1, 251))
    with world.client("coinwon") as desk, world.client("upbeat") as other:
        told = [each.n for each in desk.feed().waiting()]
        assert told == list(range(1, 251))
        assert list(desk.feed().waiting()) == []
        assert list(other.feed().waiting()) == []
        later = threading.Timer(0.5, tell, (world, "mem-coinwon", 251, 252))
        later.start()
        following = desk.feed().following(pytest.fail)
        assert [each.subject for each in islice(following, 2)] == ["ord-251", "ord-252"]
        later.join()
        following.close()
    with world.client("coinwon") as again:  # the second was not dealt with when it stopped
        assert [each.n for each in again.feed().waiting()] == [252]


def test_a_snapshot_is_fetched_and_screened_with_at_home(world, tmp_path):
    path = tmp_path / "today.snapshot"
    with world.client("upbeat") as desk:
        desk.directory()
        first = desk.snapshot(path)
        kept = path.read_bytes()
        second = desk.snapshot(path)
        assert (first.recipient, second.previous) == ("mem-upbeat", first.number)
        assert desk.screen_offline(path, ["0x" + "ab" * 20, "nonsense"]) == [(), None]
        path.write_bytes(kept)
        with pytest.raises(RefusedError):
            desk.screen_offline(path, ["0x" + "ab" * 20])
