"""The feed: resumed where it stopped, nothing twice, nothing left out unseen."""

import json
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import pytest

from stanch.client.desk import Desk
from stanch.client.feed import PATH, STREAM, Feed
from stanch.client.line import Line, Settings
from stanch.client.state import StateFile
from stanch.client.streams import WAITS
from stanch.errors import RefusedError, SignatureError, UnreachableError
from tests.client.answering import Answer, answering
from tests.client.bundles import MINE

KEY = "stk_" + "k" * 43


def said(n: int, **changed):
    plain = {"id": f"del-{n}", "n": n, "kind": "order", "subject": f"order_{n}"}
    return {**plain, "member": "ex", "body": {}, "head": None, **changed}


class Told:
    """An honest desk's feed of `rows`, some a page; a stream gives them all and ends."""

    def __init__(self, *rows, page=2):
        self.rows, self.page = list(rows), page

    def __call__(self, asked):
        url = urlsplit(asked.path)
        after = int(parse_qs(url.query)["after"][0])
        rows = [each for each in self.rows if each["n"] > after]
        if url.path == PATH:
            return Answer({"items": rows[: self.page], "next": None})
        assert url.path == STREAM
        assert asked.headers["last-event-id"] == str(after)
        return Answer(b": hello\n\n" + b"".join(map(event, rows)))


def event(row) -> bytes:
    return f"id: {row['n']}\nevent: delivery\ndata: {json.dumps(row)}\n\n".encode()


def feed_of(server, tmp_path) -> Feed:
    line = Line(server.url, KEY, Settings(timeout=5))
    return Feed(line, MINE, StateFile(tmp_path / "state"))


def ids(deliveries):
    return [each.id for each in deliveries]


def test_it_goes_on_where_it_stopped(tmp_path):
    told = Told(*map(said, range(1, 6)))
    with answering(told) as server:
        first = feed_of(server, tmp_path).waiting()
        assert ids(islice(first, 3)) == ["del-1", "del-2", "del-3"]
        first.close()  # stopped while it dealt with the third
        assert ids(feed_of(server, tmp_path).waiting()) == ["del-3", "del-4", "del-5"]
        assert ids(feed_of(server, tmp_path).waiting()) == []
        told.rows.append(said(6))
        assert ids(feed_of(server, tmp_path).waiting()) == ["del-6"]


def test_who_fails_is_told_again(tmp_path):
    with answering(Told(said(1))) as server:
        for _ in range(2):
            told = feed_of(server, tmp_path).waiting()
            assert next(told).id == "del-1"
            with pytest.raises(ZeroDivisionError):
                told.throw(ZeroDivisionError)
        assert ids(feed_of(server, tmp_path).waiting()) == ["del-1"]


def test_what_came_by_webhook_is_not_told_twice(tmp_path):
    with answering(Told(said(1), said(2), said(3))) as server:
        desk = Desk(server.url, KEY, MINE, tmp_path / "state")
        told = desk.feed().waiting()
        (second,) = [each for each in islice(desk.feed().waiting(), 2) if each.n == 2]
        desk.dealt_with(second)
        assert ids(told) == ["del-3"]
        assert desk.file.read().cursor == 3


def test_a_webhook_ahead_of_the_feed_leaves_nothing_out(tmp_path):
    with answering(Told(said(1), said(2))) as server:
        desk = Desk(server.url, KEY, MINE, tmp_path / "state")
        with desk.file.changing() as change:
            change.state = change.state.dealt_with("del-2", desk.feed().clock())
        assert ids(desk.feed().waiting()) == ["del-1"]
        assert desk.file.read().cursor == 2


def test_a_thousand_copies_of_one_delivery_are_one(tmp_path):
    copies = [said(n, id="del-1", subject="order_1") for n in range(1, 1001)]
    with answering(Told(*copies, page=100)) as server:
        assert ids(feed_of(server, tmp_path).waiting()) == ["del-1"]
        assert StateFile(tmp_path / "state").read().cursor == 1000


@pytest.mark.parametrize(
    "rows",
    [
        [said(2)],
        [said(1), said(3)],
        [said(1, member="us")],
        [said(1, body=None)],
        [said(1, id="a.b")],
        [[]],
    ],
)
def test_a_feed_that_is_not_whole_or_not_ours(tmp_path, rows):
    with (
        answering(lambda _: Answer({"items": rows, "next": None})) as server,
        pytest.raises(SignatureError),
    ):
        list(feed_of(server, tmp_path).waiting())


def test_old_rows_again_are_read_over_and_do_not_turn_for_ever(tmp_path):
    pages = iter([[said(1)], [said(1), said(2)], [said(1)]])
    with answering(lambda _: Answer({"items": next(pages)})) as server:
        told = feed_of(server, tmp_path).waiting()
        assert [next(told).id, next(told).id] == ["del-1", "del-2"]
        with pytest.raises(UnreachableError, match="does not go on"):
            next(told)


@pytest.mark.parametrize("body", [[], {"rows": []}, {"items": 1}])
def test_what_is_no_feed(tmp_path, body):
    with answering(lambda _: Answer(body)) as server, pytest.raises(UnreachableError):
        list(feed_of(server, tmp_path).waiting())


def test_a_stream_that_ends_is_taken_up_again(tmp_path):
    told = Told(said(1), said(2))
    waits = []

    def wait(seconds):
        waits.append(seconds)
        told.rows.append(said(len(told.rows) + 1))

    with answering(told) as server:
        found = ids(islice(feed_of(server, tmp_path).following(wait), 5))
        assert found == [f"del-{n}" for n in range(1, 6)]
    assert waits == [WAITS[0]] * 3


def test_a_desk_that_is_away_is_asked_ever_more_seldom(tmp_path):
    answers = [Answer({}, 503)] * 8 + [
        Answer({}, 429, {"Retry-After": "9"}),
        Answer(event(said(1))),
    ]
    waits = []
    with answering(lambda _: answers.pop(0)) as server:
        found = ids(islice(feed_of(server, tmp_path).following(waits.append), 1))
    assert found == ["del-1"]
    assert waits == [*WAITS, WAITS[-1], WAITS[-1], 9]


def test_a_refusal_is_not_waited_out(tmp_path):
    with answering(lambda _: Answer({}, 409)) as server, pytest.raises(RefusedError):
        next(feed_of(server, tmp_path).following(pytest.fail))


def test_an_event_that_is_no_json(tmp_path):
    waits = []
    bodies = [Answer(b"data: {\n\n"), Answer(event(said(1)))]
    with answering(lambda _: bodies.pop(0)) as server:
        found = ids(islice(feed_of(server, tmp_path).following(waits.append), 1))
    assert (found, waits) == (["del-1"], [WAITS[0]])
