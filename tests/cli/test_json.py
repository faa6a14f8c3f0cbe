"""`--json` is for every verb of the desk, and prints one document; without it, who changed
something is told so in a line.
"""

import json
from collections.abc import Iterator

import pytest
from typer.main import get_command

from stanch.cli import app
from tests.cli.at_desk import MULE, THIEF, AtDesk
from tests.cli.test_key import WORDS, run

# What runs until it is stopped, prints lines of JSON as they come, or plays for people; then what
# works on files and asks no desk.
OTHERS = {
    "serve", "work", "feed", "story",
    "trace", "report", "scenario", "demo", "ledger build", "ledger fetch", "ledger history",
    "personas scenario", "personas export",  # what it gives is JSON
    "lists import", "lists show", "lists update", "lists events", "lists links",
    "screen names", "screen message", "review take", "review decide", "review check",
    "incidents schema", "incidents seeds", "designation export", "stix export", "stix convert",
    "stix group-key",
}  # fmt: skip


def leaves(command, name: str = "") -> Iterator[tuple[str, object]]:
    """All verbs of the tree by their whole names."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for each, below in command.commands.items():
        yield from leaves(below, f"{name} {each}".strip())


def test_every_verb_of_the_desk_has_it():
    without = {
        name for name, verb in leaves(get_command(app))
        if not any("--json" in each.opts for each in verb.params)
    }  # fmt: skip
    assert without == OTHERS


@pytest.fixture
def signed_in(running, tmp_path) -> AtDesk:
    """People who come by their sessions, and hold no key."""
    return AtDesk(running, tmp_path, in_session=True)


def both(desk: AtDesk, *words: object) -> tuple[object, str]:
    """What a verb that may be said twice answers in JSON and in words, to an administrator."""
    with desk.reached("kr"):
        done, told = run(*words, "--json"), run(*words)
    assert (done.exit_code, told.exit_code) == (0, 0), (done.exception, told.exception, words)
    return json.loads(done.stdout), told.stdout


def test_cases_and_reports_in_a_session(signed_in):
    case = signed_in.data("kr", "case", "open", "Theft")["id"]
    assert case in [each["id"] for each in signed_in.data("kr", "case", "list")]
    shared, line = both(signed_in, "case", "share", case, "--marking", "TLP:GREEN")
    assert (shared["id"], shared["marking"]) == (case, "TLP:GREEN")
    assert line == f"{case} is TLP:GREEN now, released to nobody else\n"
    said = ("--kind", "victim", "--contact", "k@example.org", "--text", "Gone.", "--account", THIEF)
    for verdict in ("valid", "invalid"):
        report = signed_in.data("kr", "intake", "add", *said)["id"]
        settle = ("intake", "settle", report, "--verdict", verdict, "--reason", "Seen.")
        if verdict == "valid":
            found = signed_in.data("kr", *settle, "--case", case)
            assert (found["id"], found["state"], found["case"]) == (report, "valid", case)
        else:
            assert signed_in.say("kr", *settle) == f"{report} is invalid"
    other = signed_in.say("kr", "case", "open", "Another")
    assert signed_in.say("kr", "case", "close", other, "--reason", "x") == f"{other} is closed"
    assert signed_in.data("kr", "case", "close", case, "--reason", "x")["state"] == "closed"


def test_bodies_and_meetings_in_a_session(signed_in, tmp_path):
    member = signed_in.world.people["kr"].member
    words = ("--name", "Own", "--basis", "A law", "--scope", "All", "--rule", "FREQ=WEEKLY",
             "--first", "2030-01-01T10:00", "--zone", "UTC", "--minutes", "60")  # fmt: skip
    body = signed_in.data("kr", "body", "new", "--member", f"{member}=FSC", *words)["id"]
    seats = [
        signed_in.data("kr", "body", "seat", body, "--member", each, "--agency", each)["id"]
        for each in ("mem-coinwon", "mem-upbeat")
    ]
    assert signed_in.data("kr", "body", "unseat", seats[0]) == {"id": seats[0], "until": None}
    assert signed_in.say("kr", "body", "unseat", seats[1]) == f"{seats[1]} ends now"
    meeting = signed_in.data("kr", "meeting", "new", body, "--place", "Seoul")["id"]
    moved = signed_in.data("kr", "meeting", "move", meeting, "--place", "Busan")
    assert moved["place"] == "Busan"
    told = signed_in.say("kr", "meeting", "move", meeting, "--place", "Jeju")
    assert told == f"{meeting} is moved to Jeju"
    out = tmp_path / "meeting.ics"
    invited, line = both(signed_in, "meeting", "invite", meeting, "--out", out)
    assert invited["out"] == str(out)
    assert line == f"written to {out}\n"
    due = ("--by", member, "--text", "Ask", "--due", "2030-01-01")
    first, second = (signed_in.say("kr", "meeting", "action", meeting, *due) for _ in range(2))
    assert signed_in.data("kr", "meeting", "end", first)["state"] == "done"
    assert signed_in.say("kr", "meeting", "end", second) == f"{second} is done"
    found = signed_in.data("kr", "meeting", "cancel", meeting, "--reason", "Snow")
    assert found["state"] == "cancelled"
    again = signed_in.say("kr", "meeting", "new", body, "--place", "Seoul")
    told = signed_in.say("kr", "meeting", "cancel", again, "--reason", "Snow")
    assert told == f"{again} is cancelled"


def test_people_keys_and_contacts(signed_in, tmp_path):
    person = signed_in.data("kr", "person", "add", "Cho", "--role", "analyst")["id"]
    roles, line = both(signed_in, "person", "roles", person, "--role", "reader")
    assert (roles["id"], roles["roles"]) == (person, "reader")
    assert line == f"{person} is reader now\n"
    gone = signed_in.data("kr", "person", "remove", person, "--yes")
    assert gone == {"id": person, "active": False}
    erased = ("erase", "person", person, "--server", signed_in.world.desk.url, "--yes")
    assert signed_in.data("kr", *erased)["erased"] is True
    made = ("api-key", "new", "x", "--scope", "read", "--out")
    key = signed_in.data("kr", *made, tmp_path / "key")["id"]
    assert signed_in.data("kr", "api-key", "revoke", key) == {"id": key, "revoked": True}
    who = ("--name", "x", "--role", "x", "--channel", "x", "--hours", "x", "--languages", "ko")
    contact = signed_in.data("kr", "contact", "add", *who)["id"]
    changed, _ = both(signed_in, "contact", "change", contact, "--hours", "24/7")
    assert changed["hours"] == "24/7"
    assert signed_in.data("kr", "contact", "remove", contact) == {"id": contact, "removed": True}
    forgotten, line = both(signed_in, "me", "forget")
    assert forgotten["address"] is None
    assert line == "your address is forgotten\n"


def test_files_of_an_order_the_log_and_the_directory(signed_in, tmp_path, monkeypatch):
    world = signed_in.world
    order, out = signed_in.in_force(), tmp_path / "out"
    gone = ("--answer", "already_gone", "--account", THIEF, "--gone-to", MULE)
    signed_in.data("upbeat", "order", "reply", order, *gone)
    for verb in ("document", "bundle", "seeds"):
        found, line = both(signed_in, "order", verb, order, "--out", out)
        assert found["out"] == str(out)
        assert line.endswith(f"written to {out}\n")
    found, _ = both(signed_in, "directory", "get", 1, "--out", out)
    assert (found["version"], found["hash"]) == (1, world.pin)
    assert both(signed_in, "directory", "hash", out) == (
        {"version": 1, "hash": world.pin}, f"{world.pin}\n",
    )  # fmt: skip
    for name, value in {"PIN": world.pin, "DESK_KEY": world.desk.key, "MEMBER": "mem-fiu",
                        "STATE": str(tmp_path / "state")}.items():  # fmt: skip
        monkeypatch.setenv(f"STANCH_{name}", value)
    head, line = both(signed_in, "audit", "head")
    assert head["size"] > 0
    assert line.count("\n") == 1
    proved, _ = both(signed_in, "audit", "prove", 3)
    assert proved["entry"]["n"] == 3
    checked, _ = both(signed_in, "order", "check", order)
    assert (checked["state"], checked["held"]) == ("concurred", [THIEF])


def test_what_is_asked_and_shown_before_signing_is_not_on_stdout(signed_in, tmp_path):
    order, person = signed_in.drafted(), signed_in.world.people["kr"]
    signed_in.say("kr", "order", "document", order, "--out", tmp_path / "order.json")
    (tmp_path / "words").write_text(WORDS)
    (tmp_path / "key.pem").write_text(person.key.to_pem(WORDS))
    (tmp_path / "key.pem").chmod(0o600)
    words = (
        "sign", tmp_path / "order.json", "--say", "propose", "--key", tmp_path / "key.pem",
        "--person", person.id, "--member", person.member, "--out", tmp_path / "signed.jws",
        "--passphrase-file", tmp_path / "words", "--json",
    )  # fmt: skip
    done = run(*words, input="y\n")
    assert done.exit_code == 0, done.exception
    answer = json.loads(done.stdout.removeprefix(" y\n"))  # what was typed, as a terminal shows it
    assert answer["statement"] == (tmp_path / "signed.jws").read_text().strip()
    assert THIEF in done.stderr
    assert "Sign this?" in done.stderr


def test_signing_out(signed_in, tmp_path):
    id = signed_in.say("kr", "person", "add", "Once", "--role", "reader")
    session, link = tmp_path / "once.session", tmp_path / "link"
    signed_in.data("kr", "person", "link", id, "--out", link)
    there = ("--server", signed_in.world.desk.url, "--session", session)
    assert run("session", "open", "--link-file", link, *there).exit_code == 0
    done = run("session", "end", "--session", session, "--json")
    assert json.loads(done.stdout) == {
        "server": signed_in.world.desk.url, "file": str(session), "ended": True,
    }  # fmt: skip
