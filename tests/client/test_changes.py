"""Changes that are streamed: gone on with where the last stream ended, and never back."""

import json
from itertools import islice

import pytest

from stanch.client.changes import following
from stanch.client.line import Line, Settings
from stanch.client.streams import WAITS
from stanch.errors import RefusedError, UnreachableError
from tests.client.answering import Answer, answering

KEY = "stk_" + "k" * 43


def change(n: int, **more) -> bytes:
    plain = {"n": n, "order": f"ord-{n}", "marking": "TLP:AMBER", "kind": "hold"}
    said = {**plain, "expires": "2027-01-01T00:00:00Z", "held": [], **more}
    return f"id: {n}\nevent: changed\ndata: {json.dumps(said)}\n\n".encode()


def line(server) -> Line:
    return Line(server.url, KEY, Settings(timeout=5))


def test_it_goes_on_where_the_stream_ended():
    streams = [change(3) + change(5), b"", change(8)]
    asked_from, waits = [], []

    def desk(asked):
        assert asked.headers["accept"] == "text/event-stream"
        asked_from.append((asked.path, asked.headers["last-event-id"]))
        return Answer(b": welcome\n\n" + streams.pop(0))

    with answering(desk) as server:
        got = list(islice(following(line(server), 2, waits.append), 3))
    assert [each.n for each in got] == [3, 5, 8]
    assert asked_from == [(f"/v1/changes?since={n}", str(n)) for n in (2, 5, 5)]
    assert waits == [WAITS[0], WAITS[1]]


@pytest.mark.parametrize("said", [change(2), change(3, held=None), change(3) + change(3)])
def test_what_goes_back_or_is_no_change_ends_it(said):
    with answering(lambda _: Answer(said)) as server, pytest.raises(UnreachableError):
        list(islice(following(line(server), 2, lambda _: None), 2))


def test_a_log_that_was_rolled_back_is_no_silence():
    refused = {"type": "about:blank", "title": "refused", "status": 409, "detail": "the log"}
    with (
        answering(lambda _: Answer(refused, status=409)) as server,
        pytest.raises(RefusedError),
    ):
        next(following(line(server), 2, lambda _: None))
