"""A session: opened by a one-time link, carried to its own desk alone, and ended."""

import json
from dataclasses import replace

import pytest

from stanch.client.line import Line
from stanch.client.session import Session
from stanch.client.sign_in import sign_in, sign_out
from stanch.errors import StrangerError, UnreachableError, UsageError
from tests.client.answering import Answer, answering

LINK = "stl_" + "l" * 43
OPENED = {"csrf": "c" * 43, "expires": "2026-11-27T07:03:00.000000Z"}
COOKIE = {"Set-Cookie": f"stanch=sts_{'s' * 43}; HttpOnly; Path=/; SameSite=strict"}


def session(url="https://desk.example"):
    return Session(url, "stanch", "sts_" + "s" * 43, "c" * 43, OPENED["expires"])


@pytest.mark.parametrize("given", [LINK, f" {LINK}\n", f"https://desk.example/sign-in#{LINK}"])
def test_a_link_or_its_token_opens_one(given):
    with answering(lambda _: Answer(OPENED, headers=COOKIE)) as server:
        assert sign_in(server.url, given) == session(server.url)
    (asked,) = server.asked
    assert asked.path == "/v1/sign-in/link"
    assert json.loads(asked.body) == {"token": LINK}
    assert {"authorization", "cookie"} & set(asked.headers) == set()


def test_it_changes_things_and_ends():
    with answering(lambda _: Answer({})) as server:
        opened = session(server.url)
        Line(server.url, opened).post("/v1/x", {})
        sign_out(opened)
    for asked in server.asked:
        assert asked.headers["cookie"] == f"stanch={opened.token}"
        assert asked.headers["x-csrf-token"] == opened.csrf
        assert "authorization" not in asked.headers
    assert server.asked[-1].path == "/v1/sign-out"


def test_the_session_before_goes_with_the_link_and_the_new_one_takes_its_place():
    with answering(lambda _: Answer(OPENED, headers=COOKIE)) as server:
        before = replace(session(server.url), token="sts_" + "b" * 43)
        assert sign_in(server.url, LINK, before) == session(server.url)
    assert server.asked[0].headers["cookie"] == f"stanch={before.token}"


def test_one_that_is_over_is_ended():
    with answering(lambda _: Answer({"type": "urn:stanch:problem:stranger"}, 401)) as server:
        sign_out(session(server.url))
        with pytest.raises(StrangerError):
            Line(server.url, session(server.url)).get("/v1/me")


@pytest.mark.parametrize("url", ["https://other.example", "https://desk.example:444"])
def test_it_goes_to_no_other_desk(url):
    with pytest.raises(UsageError, match="goes to no other desk"):
        Line(url, session())
    assert Line("https://desk.example:443/", session())


@pytest.mark.parametrize("link", ["", "https://desk.example/sign-in#", "a b", "l" * 300, "한" * 20])
def test_what_is_no_link_is_not_sent(link):
    with answering(lambda _: Answer(OPENED, headers=COOKIE)) as server:
        with pytest.raises(UsageError, match="no one-time link"):
            sign_in(server.url, link)
        assert server.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(OPENED),
        Answer([], headers=COOKIE),
        Answer({"csrf": 7, "expires": "x"}, headers=COOKIE),
        Answer({**OPENED, "expires": "x\ny"}, headers=COOKIE),
        Answer(OPENED, headers={"Set-Cookie": "other=sts_" + "s" * 43}),
        Answer(OPENED, headers={"Set-Cookie": "stanch=short"}),
    ],
)
def test_an_answer_that_opens_nothing(answer):
    with answering(lambda _: answer) as server, pytest.raises(UnreachableError, match="no session"):
        sign_in(server.url, LINK)


def test_a_file_holds_it_and_it_shows_no_secret():
    opened = session()
    assert Session.of(opened.text()) == opened
    assert opened.token not in repr(opened)
    assert opened.csrf not in repr(opened)


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "stanch-session@2"}, {"cookie": "other"}, {"token": "a\r\nb" * 9}, {"csrf": 7},
        {"more": "x"}, {"server": ""}, {"expires": "x" * 501},
    ],
)  # fmt: skip
def test_what_is_no_session(changed):
    said = json.loads(session().text()) | changed
    with pytest.raises(ValueError, match="no session"):
        Session.of(json.dumps(said).encode())
    with pytest.raises(ValueError, match="no session"):
        Session.of(b"[]")
