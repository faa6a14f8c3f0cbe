"""`stanch body` and `stanch meeting`, against a desk that runs."""

import json

import pytest

from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.formats.ical import read
from tests.cli.test_key import run
from tests.live_world import live_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        for country in ("US", "AU"):
            body = {"name": country, "kind": "government", "country": country}
            world.call("kr", "POST", "/v1/members", {**body, "id": f"mem-{country.lower()}"})
        yield world


@pytest.fixture(autouse=True)
def reached(world, monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", world.desk.url)
    monkeypatch.setenv("STANCH_API_KEY", world.people["kr"].api_key)


@pytest.fixture
def as_(world, monkeypatch):
    return lambda who: monkeypatch.setenv("STANCH_API_KEY", world.people[who].api_key)


def said(*words):
    done = run(*words)
    assert done.exit_code == 0, done.exception
    return done.output.strip()


@pytest.fixture
def body(world):
    members = ("mem-us", "mem-japan", world.people["kr"].member)
    words = [word for each in members for word in ("--member", each)]
    return said("body", "new", "--template", "trilateral", *words)


def test_a_body_from_a_template_and_what_it_aims_at(body):
    target = said(
        "body", "target", body, "--measure", "Time to hold", "--unit", "hours",
        "--baseline", "72", "--to", "24", "--due", "2030-12-31",
    )  # fmt: skip
    assert said("body", "reading", target, "--value", "60.5", "--day", "2026-01-05")
    found = json.loads(said("body", "show", body, "--json"))
    assert found["body"]["zone"] == "Asia/Seoul"
    assert {each["role"] for each in found["seats"]} == {"co-chair"}
    assert found["targets"][0]["measure"] == "Time to hold"
    shown = said("body", "show", body)
    assert "Ministry of Foreign Affairs" in shown
    assert "Time to hold" in shown
    assert body in said("body", "list")


def test_a_body_in_words_of_its_own(world):
    korea = f"{world.people['kr'].member}=Financial Services Commission"
    id = said(
        "body", "new", "--member", korea, "--name", "Own", "--basis", "A law", "--scope", "All",
        "--rule", "FREQ=WEEKLY", "--first", "2030-01-01T10:00", "--zone", "America/New_York",
        "--minutes", "60",
    )  # fmt: skip
    first = said("meeting", "new", id, "--place", "Online")
    assert "2030-01-01T10:00-05:00" in said("meeting", "list", id)
    assert said("meeting", "show", first).startswith(f"id: {first}\n")
    assert isinstance(run("body", "new", "--template", "none").exception, UsageError)


def test_a_meeting_with_all_that_belongs_to_it(body, as_):
    first = said("meeting", "new", body, "--place", "Seoul")
    said("meeting", "agenda", first, "--topic", "other", "--title", "Prices")
    said("meeting", "paper", first, "--title", "For Korea", "--text", "x", "--release", "mem-us")
    said("meeting", "paper", first, "--title", "For all", "--text", "x")
    said("meeting", "decide", first, "--text", "Go on")
    done = said(
        "meeting", "action", first, "--by", "mem-us", "--text", "Ask", "--due", "2030-01-01"
    )
    said("meeting", "action", first, "--by", "mem-us", "--text", "Ask on", "--due", "2030-01-01")
    said("meeting", "end", done, "--state", "dropped", "--reason", "Asked")
    second = said("meeting", "new", body, "--place", "Tokyo")
    shown = said("meeting", "show", second)
    below = shown.partition("\nopen actions of meetings before\n")[2].splitlines()
    assert below[0].split() == ["id", "due", "state", "marking", "by", "what"]
    assert below[1].endswith("  mem-us  Ask on")
    as_("jp")
    found = json.loads(said("meeting", "show", first, "--json"))
    assert [each["title"] for each in found["papers"]] == ["For all"]
    assert len(found["agenda"]) == 9
    as_("upbeat")
    assert isinstance(run("meeting", "show", first).exception, NotFoundError)
    assert said("body", "list") == "none"


def test_an_observer_reads_and_does_not_write_until_it_leaves(body, world, as_):
    seat = said("body", "seat", body, "--member", "mem-upbeat", "--agency", "Upbeat",
                "--role", "observer")  # fmt: skip
    first = said("meeting", "new", body, "--place", "Seoul")
    as_("upbeat")
    assert "Seoul" in said("meeting", "list", body)
    done = run("meeting", "decide", first, "--text", "Mine")
    assert isinstance(done.exception, ForbiddenError)
    as_("kr")
    said("body", "unseat", seat)
    as_("upbeat")
    assert said("meeting", "list", body) == "none"


def test_an_invitation_that_moves_and_cancels(body, tmp_path):
    first, out = said("meeting", "new", body, "--place", "Seoul"), tmp_path / "m.ics"
    said("meeting", "invite", first, "--out", out, "--address", "mem-japan=desk@example.jp")
    sent = read(out.read_bytes())
    assert out.read_bytes().endswith(b"END:VCALENDAR\r\n")
    assert (sent.sequence, sent.zone, sent.cancelled) == (0, "Asia/Seoul", False)
    addresses = {each.address for each in sent.attendees}
    assert "desk@example.jp" in addresses
    assert all(each.endswith((".invalid", "example.jp")) for each in addresses)
    said("meeting", "move", first, "--place", "Busan")
    said("meeting", "cancel", first, "--reason", "Snow")
    said("meeting", "invite", first, "--out", out)
    after = read(out.read_bytes())
    assert (after.uid, after.sequence, after.cancelled) == (sent.uid, 2, True)
    assert isinstance(run("meeting", "cancel", first, "--reason", "x").exception, RefusedError)
    for address in ("desk@example.jp", "mem-au=a@b.example", "mem-japan=a\nb@c.example"):
        done = run("meeting", "invite", first, "--out", out, "--address", address)
        assert isinstance(done.exception, UsageError), address
