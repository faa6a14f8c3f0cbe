"""`stanch intake`: reports come in, stand beside their reporter's record, and are settled once."""

import uuid

import pytest

from tests.cli.at_desk import AtDesk
from tests.cli.test_key import run

MINE = "eip155:1:0x" + "e5" * 20


@pytest.fixture
def contact() -> str:
    """Somebody of whom the desk never heard."""
    return f"{uuid.uuid4()}@example.org"


def added(desk: AtDesk, contact: str, *more: object) -> str:
    words = ("--kind", "bounty", "--contact", contact, "--text", f"{contact} saw it", *more)
    with desk.reached("kr"):
        done = run("intake", "add", *words)
    assert done.exit_code == 0, done.exception
    return done.stdout.strip()


def test_a_report_is_taken_in_and_shown(desk: AtDesk, contact):
    file = desk.folder / "words.txt"
    file.write_bytes("\ufeff첫째 줄\r\n\nsecond line\n".encode())
    id = desk.say(
        "kr", "intake", "add", "--kind", "victim", "--contact", contact, "--text-file", file,
        "--account", MINE.upper().replace("EIP155", "eip155").replace("X", "x"),
        "--transaction", "0xfeed", "--marking", "TLP:GREEN",
    ).splitlines()[0]  # fmt: skip
    shown = desk.say("upbeat", "intake", "show", id)
    for line in (
        f"id: {id}", "kind: victim", "state: new", "record: 0 valid, 0 invalid",
        "text: 첫째 줄", "text: second line", f"account: {MINE}", "transaction: 0xfeed",
    ):  # fmt: skip
        assert f"{line}\n" in f"{shown}\n"
    assert contact not in shown
    found = desk.data("upbeat", "intake", "show", id)
    assert found["body"]["accounts"] == [MINE]
    assert (found["marking"], found["repeats"]) == ("TLP:GREEN", [])


def test_what_it_repeats_is_said_at_once(desk: AtDesk, contact):
    account = f"eip155:1:0x{uuid.uuid4().hex}{'0' * 8}"
    first = added(desk, contact, "--account", account)
    with desk.reached("kr"):
        words = ("--kind", "victim", "--contact", "x", "--text", "mine", "--account", account)
        done = run("intake", "add", *words)
    second = done.stdout.strip()
    assert f"repeats: {first}\n" in done.stderr
    assert "record: " in done.stderr
    assert desk.data("kr", "intake", "show", second)["repeats"] == [first]
    assert desk.data("kr", "intake", "show", first)["repeats"] == []


def test_verdicts_are_the_reporters_record_in_each_list(desk: AtDesk, contact):
    case = desk.say("kr", "case", "open", "Theft")
    first, second, third = (added(desk, contact, "--transaction", str(n)) for n in range(3))
    desk.say("kr", "intake", "settle", first, "--verdict", "valid", "--reason", "On the chain.",
             "--case", case)  # fmt: skip
    desk.say("kr", "intake", "settle", second, "--verdict", "invalid", "--reason", "Made up.")
    desk.say("kr", "intake", "settle", third, "--verdict", "duplicate", "--reason", "Again.",
             "--same-as", first)  # fmt: skip
    shown = desk.data("kr", "intake", "show", third)
    assert (shown["state"], shown["same_as"], shown["reason"]) == ("duplicate", first, "Again.")
    theirs = ("--reporter", shown["reporter"])
    assert "record: 1 valid, 1 invalid\n" in desk.say("kr", "intake", "show", first)
    listed = desk.data("kr", "intake", "list", *theirs)
    assert [each["id"] for each in listed] == [third, second, first]
    record = {"reporter": shown["reporter"], "valid": 1, "invalid": 1}
    assert [each["record"] for each in listed] == [record] * 3
    head, line = desk.say("kr", "intake", "list", *theirs, "--case", case).splitlines()
    assert head.split()[:4] == ["id", "created", "kind", "state"]
    assert line.startswith(f"{first}  ")
    assert line.endswith(f"{shown['reporter']}  1 valid, 1 invalid  {contact} saw it")
    invalid = desk.data("kr", "intake", "list", *theirs, "--state", "invalid")
    assert [each["id"] for each in invalid] == [second]
    assert desk.say("kr", "intake", "list", *theirs, "--kind", "victim") == "none"


def test_a_record_is_of_what_its_reader_may_see(desk: AtDesk, contact):
    amber = added(desk, contact)
    desk.say("kr", "intake", "settle", amber, "--verdict", "valid", "--reason", "Seen.")
    green = added(desk, contact, "--marking", "TLP:GREEN", "--transaction", "0x1")
    reporter = desk.data("kr", "intake", "show", green)["reporter"]
    for who, known in (("kr", 1), ("upbeat", 0)):
        rows = desk.data(who, "intake", "list", "--reporter", reporter, "--state", "new")
        assert [(each["id"], each["record"]["valid"]) for each in rows] == [(green, known)]


def test_what_is_refused(desk: AtDesk, contact):
    id = added(desk, contact)
    settle = ("intake", "settle", id, "--reason", "x", "--verdict")
    assert "verdict" in desk.refused("kr", *settle, "perhaps")
    assert "same_as" in desk.refused("kr", *settle, "duplicate")
    assert desk.refused("upbeat", *settle, "valid") == f"no report {id}"
    desk.say("kr", *settle, "valid")
    assert desk.refused("kr", *settle, "invalid") == f"{id} is settled: valid"
    assert desk.data("kr", "intake", "show", id)["record"]["valid"] == 1
    new = ("intake", "add", "--kind", "victim", "--contact", contact)
    both = ("--text", "a", "--text-file", desk.folder / "none")
    assert "give one of them" in desk.refused("kr", *new)
    assert "give one of them" in desk.refused("kr", *new, *both)
    assert "cannot be read" in desk.refused("kr", *new, "--text-file", desk.folder / "none")
    (desk.folder / "bad").write_bytes(b"\xff\xfe")
    assert "is not in UTF-8" in desk.refused("kr", *new, "--text-file", desk.folder / "bad")
    (desk.folder / "long").write_bytes(b"x" * 400_001)
    assert "is longer than" in desk.refused("kr", *new, "--text-file", desk.folder / "long")
    assert "account" in desk.refused("kr", *new, "--text", "a", "--account", "0xnothing")
    assert "kind" in desk.refused("kr", "intake", "add", "--kind", "spy", *new[4:], "--text", "a")
    mine = desk.data("kr", "intake", "show", id)["reporter"]
    assert len(desk.data("kr", "intake", "list", "--reporter", mine)) == 1
