"""`stanch common` from the command line: what it prints, for people and for machines."""

import json
import sqlite3

import pytest

from stanch.errors import RefusedError, UsageError
from tests.app.common.parties import Parties, learned, people
from tests.cli.test_key import WORDS, put, run


@pytest.fixture
def desk(tmp_path):
    """Three homes with a set each, made by verbs; the loose rules of the tests."""
    parties = Parties(tmp_path)
    (tmp_path / "words").write_text(WORDS)
    for member, first in (("kr", 0), ("jp", 5), ("us", 8)):
        put(tmp_path / f"{member}.pem", member)
        (tmp_path / f"{member}.txt").write_text("\n".join(people(*range(first, first + 10))))
        joined = common(
            parties, member, "join", parties.directory, "--member", member, "--pin", parties.pin,
            "--least", 2, "--ratio", 20, "--change", 2, "--pause", 30, said=None,
        )  # fmt: skip
        assert joined.startswith(f"{member}, with ")
        common(parties, member, "prepare", tmp_path / f"{member}.txt", "--set", "all", "--ring")
    return parties


def common(parties, member, verb, *words, said="--json", sign=None):
    more = ["--home", parties.home(member), *([said] if said else [])]
    if sign:
        more += ["--key", parties.folder / f"{sign}.pem"]
        more += ["--passphrase-file", parties.folder / "words"]
    done = run("common", verb, *words, *more)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.output) if said else done.output


def test_two_members_all_the_way(desk):
    at = desk.folder
    asked = common(desk, "kr", "invite", "jp", "--set", "all", "--out", at / "r", sign="kr")
    assert asked["bytes"] == (at / "r").stat().st_size
    shown = common(desk, "jp", "show", at / "r")
    assert shown == {
        "kind": "request", "run": shown["run"], "from": "kr", "to": "jp", "at": shown["at"],
        "bytes": asked["bytes"], "sha256": asked["sha256"], "indicators": 10, "learns": "both",
    }  # fmt: skip
    answered = common(desk, "jp", "answer", at / "r", "--set", "all", "--out", at / "a", sign="jp")
    assert (answered["from"], answered["received"]) == ("kr", asked["bytes"])
    done = common(desk, "kr", "finish", at / "a", "--out", at / "kr.csv", "--reply", at / "c",
                  sign="kr")  # fmt: skip
    assert (done["partner"], done["count"], done["received"]) == ("jp", 5, answered["bytes"])
    told = common(desk, "jp", "confirm", at / "c", "--out", at / "jp.csv")
    assert (told["count"], told["received"]) == (5, done["reply"]["bytes"])
    assert learned(at / "kr.csv") == learned(at / "jp.csv") == set(people(*range(5, 10)))
    logged = common(desk, "kr", "log")
    assert [each["kind"] for each in logged["records"]] == ["prepared", "invited", "learned"]
    assert logged["faults"] == []
    assert "matches 5" in common(desk, "kr", "log", said=None)


def test_a_ring_all_the_way(desk):
    at, names = desk.folder, ("kr", "jp", "us")
    common(desk, "us", "plan", *names, "--k", 3, "--out", at / "p", sign="us")
    last = at / "p"
    for step, member in enumerate((*names, *names[:-1]), 1):
        put_in = ["--set", "all"] if step <= 3 else []
        done = common(desk, member, "pass", last, *put_in, "--out", at / f"s{step}", sign=member)
        assert (done["step"], done["of"], done["received"]) == (step, 5, last.stat().st_size)
        last = at / f"s{step}"
    assert done["to"] == "us"
    assert common(desk, "us", "show", last)["step"] == 5
    counted = common(desk, "us", "count", last, "--out", at / "counts", sign="us")
    assert counted["often"] == 2
    assert {each["of"]: each["to"] for each in counted["files"]} == {
        "kr": "kr", "jp": "jp", "us": "jp",
    }  # fmt: skip
    for member in ("kr", "jp"):
        told = common(desk, member, "finish", at / "counts" / f"{member}.bin",
                      "--out", at / f"{member}.csv")  # fmt: skip
        assert (told["k"], told["count"]) == (3, 2)
    common(desk, "jp", "unmix", at / "counts" / "us.bin", "--out", at / "u", sign="jp")
    common(desk, "us", "finish", at / "u", "--out", at / "us.csv")
    assert {learned(at / f"{each}.csv") == set(people(8, 9)) for each in names} == {True}


def test_words_that_do_not_go_together(desk):
    at = desk.folder
    common(desk, "kr", "invite", "jp", "--set", "all", "--out", at / "r", sign="kr")
    common(desk, "jp", "answer", at / "r", "--set", "all", "--out", at / "a", sign="jp")
    with pytest.raises(UsageError, match="--reply and --key go together"):
        common(desk, "kr", "finish", at / "a", "--out", at / "o", "--reply", at / "c")
    with pytest.raises(UsageError, match="stands there already"):
        common(desk, "kr", "invite", "jp", "--set", "all", "--out", at / "r", sign="kr")
    with pytest.raises(RefusedError, match="was answered before"):
        common(desk, "jp", "answer", at / "r", "--set", "all", "--out", at / "b", sign="jp")
    assert common(desk, "jp", "log")["records"][-1]["kind"] == "refused"


def test_rows_that_are_none_go_to_the_other_stream(desk):
    (desk.folder / "bad.txt").write_text("a@mail.example\n" + "nonsense\n" * 25)
    done = run("common", "prepare", desk.folder / "bad.txt", "--set", "bad",
               "--home", desk.home("kr"))  # fmt: skip
    assert done.exit_code == 0
    assert done.stdout.startswith("bad, version 1: 1 indicators of 26 rows\n")
    assert done.stderr.count(", row ") == 20
    assert "... and 5 more" in done.stderr
    assert "bad  version 1  1 indicators" in common(desk, "kr", "sets", said=None)


def test_a_changed_log_ends_in_exit_code_one(desk):
    with sqlite3.connect(desk.home("kr") / "common" / "log.db") as base:
        base.execute("drop trigger record_kept")
        base.execute("delete from record")
    done = run("common", "log", "--home", desk.home("kr"))
    assert done.exit_code == 1
    assert "record_kept, which guards the records, is gone" in done.output


def test_a_home_without_sets_says_how_to_begin(tmp_path):
    parties = Parties(tmp_path)
    parties.place("kr")
    assert common(parties, "kr", "sets", said=None).startswith("none yet: stanch common prepare")
