"""`stanch review`, from the side of two users."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
import typer
from typer.testing import CliRunner

from stanch.app.review import audit, listed
from stanch.cli import review
from stanch.errors import StanchError, UsageError
from tests.app.review_home import CUSTOMERS, HITS, desk, edit


@pytest.fixture
def at(tmp_path):
    made = desk(tmp_path)
    (tmp_path / "hits.csv").write_text(HITS)
    (tmp_path / "customers.csv").write_text(CUSTOMERS)
    return made


def run(at, *arguments, home=True):
    app = typer.Typer()
    app.add_typer(review.app, name="review")
    where = ("--home", at.home) if home else ()
    return CliRunner().invoke(app, ["review", *map(str, (*arguments, *where))], env={
        "STANCH_HOME": "", "COLUMNS": "200",
    })  # fmt: skip


def take(at):
    return run(at, "take", at.folder / "hits.csv", "--subjects", at.folder / "customers.csv")


def decide(at, match, verdict, who, reason="another birth"):
    return run(at, "decide", match, "--verdict", verdict, "--reason", reason, "--by", who)


def ids(at):
    return [case["id"] for case in listed(at.home)]


def test_from_taking_up_to_four_eyes(at):
    assert take(at).output == "2 taken up, 0 known before, 0 refused\n"
    assert take(at).output == "0 taken up, 2 known before, 0 refused\n"
    first, second = ids(at)
    said = decide(at, first, "different", "Ann")
    assert said.output == (
        f"{first[:12]}: proposed different; until another person confirms, the hit stays\n"
    )
    again = decide(at, first, "different", "ann")
    assert isinstance(again.exception, UsageError)
    assert str(again.exception) == (
        f"{first[:12]}: this person has said so already; somebody else has to confirm or dispute it"
    )
    said = decide(at, first[:5], "different", "Bo")
    assert said.output == (
        f"{first[:12]}: confirmed different; "
        "the hit stays away while both sides say what they say now\n"
    )
    decide(at, second, "same", "Ann")
    said = decide(at, second, "different", "Bo")
    assert said.output == f"{second[:12]}: disputed; until they agree, the hit stays\n"
    assert run(at, "list").output.splitlines() == [
        f"{first[:12]}  confirmed different  C1  kp/E1  KIM Chol Su",
        f"{second[:12]}  disputed  C2  kp/E2  RI Yong Ho",
    ]
    assert run(at, "list", "--state", "disputed").output.startswith(second[:12])
    assert run(at, "list", "--state", "open").output == ""


def test_a_match_as_it_was(at):
    take(at)
    match = ids(at)[0]
    decide(at, match, "different", "Ann", "passport seen: born in Seoul")
    at.publish()
    lines = run(at, "show", match).output.splitlines()
    assert lines[0] == f"{match[:12]}: proposed different"
    for line in (
        "score 0.91 for KIM Chol Su", "  the whole name is the same", "subject C1 said",
        "  births: 1984-05-06", "entry kp/E1 said", "  births: 1970 (1970-01-01 to 1970-12-31)",
    ):  # fmt: skip
        assert line in lines
    assert lines[-1].endswith("Z Ann: different, passport seen: born in Seoul")
    shown = json.loads(run(at, "show", match, "--json").output)
    assert shown["decisions"][0]["who"] == "Ann"
    assert json.loads(run(at, "list", "--json").output)[0] == shown


def test_a_change_is_named(at):
    take(at)
    match = ids(at)[0]
    at.say(match, "Ann:different", "Bo:different")
    (at.folder / "customers.csv").write_text(CUSTOMERS.replace("1984", "1970"))
    assert take(at).output == "1 taken up, 1 known before, 0 refused\n"
    lines = run(at, "show", ids(at)[-1]).output.splitlines()
    assert f"changed since {match[:12]}, which two people found different" in lines
    assert "  the subject's births" in lines


def test_a_name_cannot_command_the_terminal(at):
    take(at)
    decide(at, ids(at)[0], "different", "Ann", "\x1b[2Jlook \u202ehere")
    shown = run(at, "show", ids(at)[0]).output
    assert "<U+001B>[2Jlook <U+202E>here" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("missing", ["--verdict", "--reason", "--by"])
def test_who_why_and_what_must_be_given(at, missing):
    take(at)
    given = {"--verdict": "different", "--reason": "another birth", "--by": "Ann"}
    del given[missing]
    result = run(at, "decide", ids(at)[0], *[each for pair in given.items() for each in pair])
    assert result.exit_code == 2
    assert missing in result.output
    assert audit(at.home).records == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("list", "--state", "maybe"), "--state maybe: choose open, proposed"),
        (("show", "ffff"), "no match begins with 'ffff'"),
        (("decide", "ffff", "--verdict", "same", "--reason", "x", "--by", "A"), "taken up here"),
        (("take", "/nowhere.csv", "--subjects", "/nowhere.csv"), "cannot be read"),
    ],
)
def test_usage(at, arguments, why):
    result = run(at, *arguments)
    assert isinstance(result.exception, UsageError)
    assert why in str(result.exception)
    assert not at.journal.exists()


def test_the_home_must_be_given(at):
    result = run(at, "list", home=False)
    assert isinstance(result.exception, UsageError)
    assert "--home" in str(result.exception)


def test_rows_that_are_refused_are_told_without_names(at):
    (at.folder / "hits.csv").write_text(HITS.replace(",E2,", ",E9,"))
    result = take(at)
    assert result.stdout == "1 taken up, 0 known before, 1 refused\n"
    assert result.stderr.endswith("row 3: its entry is not in that version of the list\n")
    assert "RI" not in result.stderr.replace(str(at.folder), "")


def test_check(at):
    assert run(at, "check").output == "0 records, none changed; the last is sealed -\n"
    take(at)
    first = run(at, "check").output
    seal = first.split()[-1]
    assert first.startswith("2 records, none changed")
    decide(at, ids(at)[0], "different", "Ann")
    assert run(at, "check", "--noted", seal).exit_code == 0
    edit(at, "update record set body = replace(body, 'Ann', 'Eve') where seq = 3")
    result = run(at, "check", "--noted", seal)
    assert isinstance(result.exception, StanchError)
    assert "record 3 is not what was sealed\n" in result.stderr
    assert "Eve" not in result.output + str(result.exception)


def stanch(at, *arguments):
    code = "import sys; from stanch.cli import main; main(sys.argv[1:])"
    return subprocess.Popen(
        [sys.executable, "-c", code, "review", *map(str, arguments), "--home", str(at.home)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_two_who_confirm_at_once_are_two(at):
    """Whoever comes first proposes, the other confirms; a third is told that it is settled."""
    take(at)
    match = ids(at)[0]
    words = ("--verdict", "different", "--reason", "another birth", "--by")
    running = [stanch(at, "decide", match, *words, who) for who in ("Ann", "Bo", "Cy", "ann")]
    errors = [each.communicate(timeout=120)[1] for each in running]
    assert sorted(each.returncode for each in running) == [0, 0, 2, 2]
    assert any("is different already" in each or "said so already" in each for each in errors)
    (case, _) = listed(at.home)
    assert (case["state"], case["verdict"], len(case["decisions"])) == (
        "confirmed", "different", 2,
    )  # fmt: skip
    assert audit(at.home).faults == ()


@pytest.mark.slow
def test_kill_9_in_the_middle_of_a_decision(at):
    take(at)
    match, chance, confirmed = ids(at)[0], random.Random(1), 0
    for turn in range(40):
        verdict = ("different", "open")[turn // 2 % 2]
        words = ("--verdict", verdict, "--reason", "x", "--by", ("Ann", "Bo")[turn % 2])
        deciding = stanch(at, "decide", match, *words)
        time.sleep(chance.random() * 1.2)
        os.kill(deciding.pid, signal.SIGKILL)
        confirmed += match[:12] in deciding.communicate()[0]
        found = audit(at.home)
        assert found.faults == ()
        assert found.records >= 2 + confirmed
