"""`stanch lists` from a user's side: import, show, diff, events."""

import csv
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time

import pytest

from stanch.errors import InputError, UsageError
from stanch.store.home import Home
from tests.cli.ftm import entity, lists, put

VERSION = r"\d{8}T\d{6}Z-[0-9a-f]{12}"
OLD = (
    entity("kp-1", "Kim Chol Su", birthDate=["1984-03-25"]),
    entity("kp-2", "Ri Yong Ho"),
    entity("kp-3", "Lazarus Group", schema="Organization"),
)
NEW = (
    entity("kp-1", "Kim Chol Su", "김철수", birthDate=["1984-03-26"]),
    entity("kp-2", "Ri Yong Ho"),
    entity("kp-4", "Pak\u202eJin\x1b[2J"),
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("STANCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def load(tmp_path, *entities, options=()):
    return lists("import", "ftm", put(tmp_path / "list.json", *entities), *options)


def snapshot(folder):
    return {
        each.relative_to(folder): each.read_bytes() for each in folder.rglob("*") if each.is_file()
    }


def test_import_says_what_became_of_it(tmp_path, home):
    first = load(tmp_path, *OLD)
    assert first.exit_code == 0, first.exception
    assert re.fullmatch(rf"ftm: 3 entries in version {VERSION}\nits first version\n", first.output)
    second = load(tmp_path, *NEW)
    assert second.output.splitlines()[1] == "1 new, 1 changed, 1 delisted since the version before"
    versions = Home.open(home).versions("ftm")
    assert [sorted(each.digests()) for each in versions] == [
        ["kp-1", "kp-2", "kp-3"],
        ["kp-1", "kp-2", "kp-4"],
    ]


def test_the_same_files_give_no_new_version(tmp_path, home):
    load(tmp_path, *OLD)
    before = snapshot(home)
    again = load(tmp_path, *OLD)
    assert (again.exit_code, again.output[:19]) == (0, "ftm: nothing new; 2")
    assert snapshot(home) == before


def test_an_older_edition_can_come_back(tmp_path, home):
    for edition in (OLD, NEW, OLD):
        load(tmp_path, *edition)
    versions = Home.open(home).versions("ftm")
    assert len(versions) == 3
    assert list(versions[0].entries()) == list(versions[2].entries())
    assert [each.version for each in versions] == sorted(each.version for each in versions)


def test_a_name_of_ones_own(tmp_path, home):
    load(tmp_path, *OLD, options=("--as", "mine"))
    assert Home.open(home).names() == ("mine",)
    assert "mine  ftm         3" in lists("show").output


def test_refused_rows_are_said_and_kept(tmp_path, home):
    file = put(tmp_path / "list.json", *OLD)
    file.write_text(file.read_text() + "{broken\n")
    said = lists("import", "ftm", file).output
    assert "1 row refused: see " in said
    (version,) = Home.open(home).current()
    with (version.folder / "refused.csv").open() as stream:
        assert [row["row"] for row in csv.DictReader(stream)] == ["4"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("import", "pdf", "x"), "there is no kind of list pdf"),
        (("import", "ftm", "missing.json"), "no such file"),
        (("import", "ftm", "."), "is a folder"),
        (("import", "ftm", "list.json", "--as", "../x"), "no name for a list"),
        (("show", "nothing"), "no list nothing"),
        (("diff", "nothing"), "no list nothing"),
        (("diff", "ftm"), "only one version"),
        (("diff", "ftm", "2"), "name two versions"),
        (("diff", "ftm", "x", "2"), "ftm has no version x"),
        (("diff", "ftm", "--json", "--out", "x.csv"), "choose one"),
    ],
)
def test_wrong_commands_are_usage_errors(tmp_path, home, monkeypatch, arguments, why):
    monkeypatch.chdir(tmp_path)
    load(tmp_path, *OLD)
    before = snapshot(home)
    result = lists(*arguments)
    assert isinstance(result.exception, UsageError), result.output
    assert why in str(result.exception)
    assert snapshot(home) == before


def test_without_a_home(tmp_path, monkeypatch):
    monkeypatch.delenv("STANCH_HOME", raising=False)
    for verb in ("show", "events"):
        assert "--home" in str(lists(verb).exception)
    assert "no such home" in str(lists("show", "--home", tmp_path / "none").exception)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("dear")
    file = put(tmp_path / "list.json", *OLD)
    result = lists("import", "ftm", file, "--home", tmp_path / "mine")
    assert "another --home" in str(result.exception)


def test_what_is_no_such_list_changes_nothing(tmp_path, home):
    load(tmp_path, *OLD)
    before = snapshot(home)
    result = lists("import", "un", tmp_path / "list.json")
    assert isinstance(result.exception, InputError)
    assert "list.json" in str(result.exception)
    assert snapshot(home) == before


def test_a_list_below_its_minimum_is_refused(tmp_path, home):
    file = tmp_path / "SDN.CSV"
    file.write_text(
        '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
    )
    result = lists("import", "ofac-csv", file)
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == (
        "SDN.CSV: 1 entry where ofac-csv must have at least 5,000; "
        "it may be cut short, and nothing was imported"
    )
    assert Home.open(home).current() == ()


def test_a_list_that_loses_much_is_refused_unless_accepted(tmp_path, home):
    many = [entity(f"e{n:02}") for n in range(30)]
    load(tmp_path, *many)
    before = snapshot(home)
    result = load(tmp_path, *many[11:])
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith("ftm: 11 of the 30 entries of ")
    assert snapshot(home) == before
    assert load(tmp_path, *many[11:], options=("--accept-shrink",)).exit_code == 0
    assert load(tmp_path, *many[11 + 6 :]).exit_code == 0  # six of nineteen are less than a third


def test_a_tiny_list_may_lose_one_of_two_but_not_all(tmp_path, home):
    load(tmp_path, *OLD[:2])
    assert load(tmp_path, *OLD[:1]).exit_code == 0
    nobody = {"id": "kp-9", "schema": "Person", "properties": {}}
    assert "1 of the 1 entries" in str(load(tmp_path, nobody).exception)
    assert load(tmp_path, nobody, options=("--accept-shrink",)).exit_code == 0
    assert Home.open(home).current()[0].count == 0


def test_show(tmp_path, home):
    load(tmp_path, *OLD)
    load(tmp_path, *NEW)
    one, other = (each.version for each in Home.open(home).versions("ftm"))
    head, line = lists("show").output.splitlines()
    assert head.split() == ["list", "kind", "entries", "version", "age", "versions"]
    assert line.split() == ["ftm", "ftm", "3", other, "just", "now", "2"]
    _, *lines = lists("show", "ftm").output.splitlines()
    assert [each.split()[:6] for each in lines] == [
        [one, "3", "3", "0", "0", "0"],
        [other, "3", "1", "1", "1", "0"],
    ]


def test_diff_for_people(tmp_path, home):
    load(tmp_path, *OLD)
    load(tmp_path, *NEW)
    head, *lines = lists("diff", "ftm").output.splitlines()
    assert re.fullmatch(rf"ftm: {VERSION} to {VERSION}: 1 new, 1 changed, 1 delisted", head)
    assert lines[0] == r"+ kp-4  Pak\u202eJin\x1b[2J"
    assert lines[1] == "~ kp-1  Kim Chol Su"
    assert any("1984-03-25" in each and " -> 1984-03-26" in each for each in lines)
    assert any(each.startswith("    names: + 김철수") for each in lines)
    assert lines[-1] == "- kp-3  Lazarus Group"


def test_diff_for_programs_is_the_same_every_time(tmp_path, home):
    load(tmp_path, *OLD)
    load(tmp_path, *NEW)
    one, other = Home.open(home).versions("ftm")
    said = [lists("diff", "ftm", "--json").output for _ in range(2)]
    assert said[0] == said[1]
    found = json.loads(said[0])
    assert (found["old"], found["new"]) == (one.version, other.version)
    assert found["counts"] == {"new": 1, "changed": 1, "delisted": 1}
    assert [(each["change"], each["entity_id"]) for each in found["changes"]] == [
        ("new", "kp-4"),
        ("changed", "kp-1"),
        ("delisted", "kp-3"),
    ]
    back = json.loads(lists("diff", "ftm", other.version, one.version, "--json").output)
    assert [each["entity_id"] for each in back["changes"]] == ["kp-3", "kp-1", "kp-4"]


def test_diff_as_csv(tmp_path, home):
    load(tmp_path, *OLD)
    load(tmp_path, *NEW)
    out = tmp_path / "changes.csv"
    assert lists("diff", "ftm", "--out", out).output.splitlines()[-1] == f"written to {out}"
    with out.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [
        (each["change"], each["entity_id"]) for each in rows if each["change"] != "changed"
    ] == [
        ("new", "kp-4"),
        ("delisted", "kp-3"),
    ]
    assert {each["field"] for each in rows if each["change"] == "changed"} == {"names", "births"}
    assert not list(tmp_path.glob(".changes*"))


def test_events_tell_what_changed_and_show_tampering(tmp_path, home):
    load(tmp_path, *OLD)
    load(tmp_path, *NEW)
    lines = lists("events").output.splitlines()
    assert [each.rpartition(": ")[2] for each in lines] == [
        "3 new, 0 changed, 0 delisted",
        "1 new, 1 changed, 1 delisted",
    ]
    last = list(Home.open(home).events())[-1]
    assert last["ids"] == {"new": ["kp-4"], "changed": ["kp-1"], "delisted": ["kp-3"]}
    assert lists("events", "--check").output == "events and versions are as they were written\n"
    log = home / "events.jsonl"
    log.write_text(log.read_text().replace('"delisted":["kp-3"]', '"delisted":["kp-9"]'))
    result = lists("events", "--check")
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith("events: line 2 was changed")


# What follows runs the command in a process of its own, to interrupt, kill or starve it.


def start(file, home, name="ftm", **how):
    command = "from stanch.cli import main; main()"
    arguments = ["lists", "import", "ftm", str(file), "--home", str(home), "--as", name]
    return subprocess.Popen(
        [sys.executable, "-c", command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **how,
    )


def at_work(home, process):
    """Wait until the home has been made, which is just before the files are read."""
    while process.poll() is None and not (home / "home.json").exists():
        time.sleep(0.01)


@pytest.fixture
def many(tmp_path):
    return put(tmp_path / "many.json", *(entity(f"e{n:06}") for n in range(20_000)))


def test_ctrl_c_leaves_nothing(many, home):
    process = start(many, home)
    at_work(home, process)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "stanch: interrupted; nothing was written\n")
    assert Home.open(home).current() == ()
    assert sorted(snapshot(home)) == [home.relative_to(home) / "home.json"]


def test_a_full_disk_leaves_nothing(many, home):
    def narrow():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    process = start(many, home, preexec_fn=narrow)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (
        1,
        "stanch: ftm: cannot be written: File too large; nothing was imported\n",
    )
    assert Home.open(home).current() == ()


@pytest.mark.slow
def test_kill_leaves_no_half_version_ever(many, tmp_path, home):
    begun = time.monotonic()
    start(many, home, "whole").communicate()
    whole, rounds = time.monotonic() - begun, 30
    for number in range(rounds):
        process = start(many, home, f"n{number}")
        time.sleep(whole * (0.3 + number / rounds))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        there = Home.open(home)
        assert all(each.check() is None for each in there.current())
        assert load(tmp_path, *OLD, options=("--as", "other")).exit_code == 0
        assert lists("events", "--check").exit_code == 0
    done = [name for name in there.names() if name.startswith("n")]
    assert 0 < len(done) < rounds
