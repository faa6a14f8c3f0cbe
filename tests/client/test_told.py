"""Heads that deliveries bring: a desk that takes back what its log had, after it told of it."""

import json
from datetime import UTC, datetime

import pytest

from stanch.client.desk import Desk
from stanch.client.feed import Feed
from stanch.client.heads import Told, in_order
from stanch.errors import SignatureError
from stanch.formats.signed.head import head_of
from tests.client.answering import answering
from tests.client.bundles import DESK, MINE, STRANGER, Log
from tests.client.test_feed import Told as Honest
from tests.client.test_feed import feed_of
from tests.client.test_feed import said as plain
from tests.client.test_log import Taken
from tests.client.test_webhook import signed

KEY = "stk_" + "k" * 43
LOG = Log()
for place in range(9):
    LOG.take(f"case_{place}", "2026-11-26T12:00:00Z")


def head(size: int, log: Log = LOG, key=DESK, **changed) -> str:
    return Log(log.rows[:size]).head(key, **changed)


OTHER = Log([{**LOG.rows[0], "verb": "other"}, *LOG.rows[1:]])  # written anew


def said(n: int, head: str | None):
    return plain(n, head=head, body={"desk": "desk"})


@pytest.fixture
def desk(tmp_path):
    return Desk("https://desk.example", KEY, MINE, tmp_path / "state")


def received(desk: Desk, n: int, head: str | None):
    """A webhook as it comes in; dealt with."""
    body = json.dumps(said(n, head)).encode()
    delivery = desk.received(signed(body, f"del-{n}", datetime.now(UTC)), body)
    desk.dealt_with(delivery)
    return delivery


def kept(desk: Desk) -> tuple[int, str]:
    state = desk.file.read()
    return state.told_n, state.told


def test_the_newest_head_is_kept(desk):
    assert received(desk, 1, None).head is None
    assert kept(desk) == (0, "")
    for n, size in ((2, 3), (3, 3), (4, 7)):
        found = received(desk, n, head(size)).head
        assert found is not None
        assert found.size == size
        assert kept(desk) == (n, head(size))


def test_older_deliveries_that_come_late_are_no_fault_and_change_nothing(desk):
    received(desk, 5, head(7))
    for n, text in ((3, head(4)), (4, head(7)), (1, None), (2, head(2))):
        received(desk, n, text)
    assert kept(desk) == (5, head(7))
    assert received(desk, 5, head(7)).again


@pytest.mark.parametrize(
    ("n", "text", "why"),
    [
        (6, head(6), "rolled back: delivery 6 tells of 6 signed entries, after delivery 5 told of"),
        (6, None, "cut short"),
        (6, head(7, OTHER), "two logs of 7"),
        (4, head(7, OTHER), "two logs of 7"),
        (4, head(8), "rolled back: delivery 5 tells of 7"),
        (6, head(8, key=STRANGER), "is signed with key"),
        (6, head(8, desk="other"), "of desk other"),
        (6, head(8)[:-8] + "AAAAAAAA", "signature"),
        (6, "", "JWS"),
    ],
)
def test_a_log_that_was_cut_short_rolled_back_or_told_in_two_ways(desk, n, text, why):
    received(desk, 5, head(7))
    with pytest.raises(SignatureError, match=why):
        received(desk, n, text)
    assert kept(desk) == (5, head(7))
    assert f"del-{n}" not in desk.file.read().seen


def test_one_without_a_word_of_the_head(desk):
    body = {name: value for name, value in said(1, None).items() if name != "head"}
    with pytest.raises(SignatureError, match="nothing of the log's head"):
        send(desk, body)
    with pytest.raises(SignatureError, match="names no desk"):
        send(desk, {**said(1, head(3)), "body": {}})
    with pytest.raises(SignatureError, match="no head"):
        send(desk, {**said(1, None), "head": 7})


def send(desk: Desk, said) -> None:
    body = json.dumps(said).encode()
    desk.received(signed(body, at=datetime.now(UTC)), body)


def test_two_programs_that_are_told_two_logs_at_once(desk):
    bodies = [json.dumps(said(n, text)).encode() for n, text in ((1, head(7)), (2, head(5)))]
    both = [
        desk.received(signed(body, f"del-{n}", datetime.now(UTC)), body)
        for n, body in enumerate(bodies, 1)
    ]
    desk.dealt_with(both[0])
    with pytest.raises(SignatureError, match="rolled back"):
        desk.dealt_with(both[1])


def test_the_feed_too(tmp_path):
    rows = [said(1, None), said(2, head(4)), said(3, head(4)), said(4, head(3))]
    with answering(Honest(*rows)) as server:
        feed: Feed = feed_of(server, tmp_path)
        told = feed.waiting()
        assert [next(told).n for _ in range(3)] == [1, 2, 3]
        with pytest.raises(SignatureError, match="rolled back"):
            next(told)
        assert (feed.file.read().cursor, feed.file.read().told) == (3, head(4))


@pytest.mark.parametrize(
    ("log", "size", "why"),
    [(LOG, 9, ""), (LOG, 6, "rolled back"), (OTHER, 9, "does not begin"), (OTHER, 7, "two|begin")],
)
def test_the_log_that_is_fetched_contains_what_a_delivery_told_of(tmp_path, log, size, why):
    taken = Taken()
    with answering(taken) as server, Desk(server.url, KEY, MINE, tmp_path / "state") as desk:
        desk.directory()
        taken.log = Log(LOG.rows[:3])
        assert desk.check_log().size == 3
        received(desk, 1, head(7))
        taken.log = Log(log.rows[:size])
        if not why:
            assert desk.check_log().size == size
            return
        with pytest.raises(SignatureError, match=why):
            desk.check_log()
        assert desk.file.read().head == head(3)


def test_a_head_that_differs_from_the_one_that_was_proved(tmp_path):
    taken = Taken()
    with answering(taken) as server, Desk(server.url, KEY, MINE, tmp_path / "state") as desk:
        desk.directory()
        taken.log = Log(LOG.rows[:7])
        desk.check_log()
        with pytest.raises(SignatureError, match="two logs of 7"):
            received(desk, 1, head(7, OTHER))
        received(desk, 1, head(4))  # queued before the head that was fetched


def test_of_two_in_one_place_the_second_is_the_later():
    """A desk that was restored counts again from where its backup ends."""
    one, other = (Told(3, head_of(head(size), DESK.public, "desk")) for size in (7, 5))
    with pytest.raises(SignatureError, match="rolled back"):
        in_order(one, other)
    in_order(other, one)
