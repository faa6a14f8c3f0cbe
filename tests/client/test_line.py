"""The line to a desk: what it sends where, and what it makes of answers."""

import gzip
import io
import json
import time

import httpx
import pytest

from stanch.client import line as line_module
from stanch.client.events import Event, events
from stanch.client.line import Line, Settings, named
from stanch.errors import (
    ForbiddenError,
    NotFoundError,
    RefusedError,
    SignatureError,
    StrangerError,
    TooManyError,
    UnreachableError,
    UsageError,
)
from tests.client.answering import Answer, answering

KEY = "stk_" + "k" * 43


def problem(kind, detail="no"):
    return {"type": f"urn:stanch:problem:{kind}", "title": "x", "detail": detail}


def asked_of(answer, path="/v1/x"):
    with answering(lambda _: answer) as server:
        return Line(server.url, KEY).get(path)


def test_the_key_goes_with_each_request():
    with answering(lambda _: Answer({"a": 1})) as server:
        line = Line(server.url, KEY)
        assert line.get("/v1/x", {"q": "a b"}) == {"a": 1}
        assert line.post("/v1/x", {"한": 1}) == {"a": 1}
    got, sent = server.asked
    assert got.path == "/v1/x?q=a+b"
    assert got.headers["authorization"] == sent.headers["authorization"] == f"Bearer {KEY}"
    assert json.loads(sent.body) == {"한": 1}


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        (401, "stranger", StrangerError),
        (403, "forbidden", ForbiddenError),
        (404, "not-found", NotFoundError),
        (409, "refused", RefusedError),
        (422, "signature", SignatureError),
        (422, "usage", UsageError),
        (422, "what nobody knows", UsageError),
        (500, "signature", UnreachableError),
        (302, "usage", UnreachableError),
        (418, "usage", UnreachableError),
    ],
)
def test_problems_are_errors(status, kind, error):
    with pytest.raises(error, match="no"):
        asked_of(Answer(problem(kind), status))


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"[" * 100_000, b'{"detail": 7}'])
def test_a_problem_without_details_is_one_all_the_same(body):
    with pytest.raises(RefusedError, match="the desk answered 409"):
        asked_of(Answer(body, 409))


def test_a_desk_cannot_write_on_the_terminal():
    detail = "a\x1b[2Jb\r\nc\u202ed" + "e" * 1000
    with pytest.raises(RefusedError) as caught:
        asked_of(Answer(problem("refused", detail), 409))
    assert str(caught.value).startswith("a [2Jb  c de")
    assert len(str(caught.value)) <= 300


@pytest.mark.parametrize(
    ("said", "wait"), [("7", 7), ("999999", 3600), ("-1", 60), ("soon", 60), ("", 60)]
)
def test_when_to_ask_again(said, wait):
    with pytest.raises(TooManyError) as caught:
        asked_of(Answer(problem("too-many"), 429, {"Retry-After": said}))
    assert caught.value.wait == wait


def test_the_key_does_not_follow_a_redirect():
    with answering(lambda _: Answer({})) as elsewhere:
        moved = Answer(b"", 307, {"Location": f"{elsewhere.url}/v1/x"})
        with pytest.raises(UnreachableError):
            asked_of(moved)
        assert elsewhere.asked == []


def test_the_key_is_not_shown_to_a_proxy(monkeypatch):
    with answering(lambda _: Answer({})) as proxy, answering(lambda _: Answer({})) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        Line(server.url, KEY).get("/v1/x")
        assert (len(proxy.asked), len(server.asked)) == (0, 1)


@pytest.mark.parametrize("body", [b"<html>", b"{", b"[" * 100_000])
def test_what_is_no_json_is_no_answer(body):
    with pytest.raises(UnreachableError):
        asked_of(Answer(body))


def test_an_answer_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(line_module, "MOST", 1000)
    with pytest.raises(UnreachableError, match="longer"):
        asked_of(Answer(b"x" * 1001))


def test_a_packed_answer_is_not_unpacked():
    """Some hundred bytes that become 200 MB, and could become more than there is."""
    packed = gzip.compress(gzip.compress(b"0" * (200 << 20), 1))
    for how in ("gzip, gzip", "gzip", "br"):
        with pytest.raises(UnreachableError, match="packed"):
            asked_of(Answer(packed, headers={"Content-Encoding": how}))
        with pytest.raises(UnreachableError, match="packed"):
            asked_of(Answer(packed, 500, headers={"Content-Encoding": how}))


def test_an_answer_that_drips_is_not_waited_for_for_ever():
    def dripping():
        while True:
            time.sleep(0.02)
            yield b" "

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=dripping()))
    line = Line("https://desk.example", KEY, Settings(whole=0.2, transport=transport))
    with pytest.raises(UnreachableError, match="took longer"):
        line.get("/v1/x")


def test_nobody_is_there():
    with answering(lambda _: Answer({})) as server:
        pass
    with pytest.raises(UnreachableError) as caught:
        Line(server.url, KEY, Settings(timeout=2)).get("/v1/x")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example",
        "http://10.0.0.1",
        "ftp://desk.example",
        "https://",
        "desk.example",
        "https://user:word@desk.example",
        "http://127.0.0.1.example",
    ],
)
def test_where_no_key_is_sent(url):
    with pytest.raises(UsageError):
        Line(url, KEY)


@pytest.mark.parametrize("key", ["", "short", "a b" * 10, KEY + "\r\nX: y", "k" * 600])
def test_what_is_no_key(key):
    with pytest.raises(UsageError) as caught:
        Line("https://desk.example", key)
    assert key[:8] not in str(caught.value) or not key


@pytest.mark.parametrize("id", ["", "..", ".", "a/b", "a?b", "a#b", "a%2fb", "a\n", "x" * 129])
def test_an_id_leads_nowhere_else(id):
    with pytest.raises(UsageError):
        named(id)


def streamed(body: bytes) -> list[Event | None]:
    with (
        answering(lambda _: Answer(body)) as server,
        Line(server.url, KEY).stream("/v1/x", {}, {}) as lines,
    ):
        return list(events(lines))


def test_events_of_a_stream():
    found = streamed(
        b": hello\n\nid: 7\nevent: order\ndata: a\ndata: b\n\ndata:c\r\n\r\nid: 9\n\ndata: cut"
    )
    assert found == [None, Event("7", "order", "a\nb"), Event("7", "message", "c")]


def test_signs_that_only_look_like_the_end_of_a_line():
    (event,) = streamed("data: a\u2028b\x85c\n\n".encode())
    assert event is not None
    assert event.data == "a\u2028b\x85c"


def test_a_line_and_an_event_without_end(monkeypatch):
    monkeypatch.setattr(line_module, "MOST_LINE", 100)
    with pytest.raises(UnreachableError, match="a line"):
        streamed(b"data: " + b"x" * 1000)
    with pytest.raises(UnreachableError, match="an event"):
        list(events("data: " + "x" * (1 << 20) for _ in range(5)))


def test_an_answer_of_any_length_goes_to_a_file(monkeypatch):
    monkeypatch.setattr(line_module, "MOST", 10)
    stream = io.BytesIO()
    with answering(lambda _: Answer(b"x" * 1000)) as server:
        assert Line(server.url, KEY).save("POST", "/v1/x", stream) == 1000
    assert stream.getvalue() == b"x" * 1000
    assert server.asked[0].method == "POST"


def test_what_is_refused_is_written_nowhere():
    stream = io.BytesIO()
    with (
        answering(lambda _: Answer(problem("forbidden"), 403)) as server,
        pytest.raises(ForbiddenError),
    ):
        Line(server.url, KEY).save("POST", "/v1/x", stream)
    assert stream.getvalue() == b""


def test_an_answer_that_ends_too_soon_is_none():
    cut = Answer(b"x", headers={"Content-Length": "1000"})
    with answering(lambda _: cut) as server, pytest.raises(UnreachableError):
        Line(server.url, KEY, Settings(timeout=2)).save("POST", "/v1/x", io.BytesIO())
