"""`stanch feed` and `stanch changes`, against a desk that runs: nothing that was told is lost."""

import json
import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from stanch.cli import main
from stanch.client.state import StateFile
from stanch.model.desk.orders import Said
from tests.cli.test_key import run
from tests.client.test_live import tell
from tests.live_desk import COMMAND
from tests.live_world import live_world
from tests.test_exchanges_live import THIEF, drafted, say


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        yield world


def reached(world, who: str) -> dict[str, str]:
    """The environment of somebody's terminal."""
    person = world.people[who]
    return {
        "STANCH_SERVER": world.desk.url, "STANCH_API_KEY": person.api_key,
        "STANCH_PIN": world.pin, "STANCH_DESK_KEY": world.desk.key,
        "STANCH_MEMBER": person.member,
    }  # fmt: skip


@pytest.fixture
def as_(world, monkeypatch):
    def become(who: str) -> None:
        for name, value in reached(world, who).items():
            monkeypatch.setenv(name, value)

    return become


def told(cursor: Path) -> list[dict]:
    """What the feed has that was not read yet."""
    done = run("feed", "--cursor", cursor)
    assert done.exit_code == 0, done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


def following(world, who: str, cursor: Path) -> subprocess.Popen[str]:
    return started(world, who, "feed", "--cursor", cursor, "--follow")


def started(world, who: str, *said: object) -> subprocess.Popen[str]:
    words = [*COMMAND, *map(str, said)]
    pipe = subprocess.PIPE
    env = {**os.environ, **reached(world, who)}
    return subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=env)


def stopped(follower: subprocess.Popen[str]) -> tuple[int, str, str]:
    """How it ended after Ctrl-C, and what it still said."""
    follower.send_signal(signal.SIGINT)
    rest, said = follower.communicate(timeout=60)
    return follower.returncode, rest, said


def test_each_message_is_a_line_and_read_once(world, as_, tmp_path):
    as_("upbeat")
    cursor = tmp_path / "stanch.state"
    before = len(told(cursor))
    order = drafted(world, "emergency")
    say(world, "kr", order, Said.PROPOSE)
    (message,) = told(cursor)
    told_of = (before + 1, "order.in_force", order)
    assert (message["n"], message["kind"], message["subject"]) == told_of
    assert message["body"]["desk"] == world.desk.id
    assert message["id"].startswith(f"mem-upbeat-{before + 1}-")
    assert told(cursor) == []
    assert StateFile(cursor).read().cursor == before + 1
    assert len(told(tmp_path / "another")) == before + 1  # each file its own place


def test_a_line_that_was_not_written_is_told_again(world, as_, tmp_path):
    as_("jp")
    cursor = tmp_path / "cursor"
    told(cursor)
    at = StateFile(cursor).read().cursor
    tell(world, "mem-japan", at + 1)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "feed", "--cursor", str(cursor)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    line = done.stderr.splitlines()[0]
    assert line.startswith(f"stanch: the line of mem-japan-{at + 1}-")
    assert line.endswith(" was not written: No space left on device")
    assert StateFile(cursor).read().cursor == at
    assert [each["n"] for each in told(cursor)] == [at + 1]


def test_whenever_it_is_killed_the_file_has_every_message(world, as_, tmp_path):
    as_("latecoin")
    cursor, out = tmp_path / "cursor", tmp_path / "feed.jsonl"
    told(cursor)
    at = StateFile(cursor).read().cursor
    tell(world, "mem-latecoin", *range(at + 1, at + 301))
    kills = 3
    for done in range(1, kills + 1):
        with out.open("ab") as stream:
            running = subprocess.Popen([*COMMAND, "feed", "--cursor", str(cursor)], stdout=stream)
        while len(out.read_bytes().splitlines()) < 20 * done and running.poll() is None:
            time.sleep(0.002)
        running.kill()
        running.wait()
    assert at < StateFile(cursor).read().cursor < at + 300  # it was killed in the middle
    lines = [json.loads(line)["n"] for line in out.read_text().splitlines()]
    lines += [each["n"] for each in told(cursor)]
    assert set(lines) == set(range(at + 1, at + 301))
    assert len(lines) <= 300 + kills


def test_it_goes_on_until_ctrl_c_and_the_cursor_is_kept(world, as_, tmp_path):
    as_("coinwon")
    cursor = tmp_path / "cursor"
    told(cursor)
    at = StateFile(cursor).read().cursor
    follower = following(world, "coinwon", cursor)
    try:
        tell(world, "mem-coinwon", at + 1)
        assert json.loads(follower.stdout.readline())["n"] == at + 1
        tell(world, "mem-coinwon", at + 2, at + 3)
        assert [json.loads(follower.stdout.readline())["n"] for _ in range(2)] == [at + 2, at + 3]
        for _ in range(200):
            if StateFile(cursor).read().cursor == at + 3:
                break
            time.sleep(0.05)
        assert stopped(follower) == (0, "", "")
    finally:
        follower.kill()
    assert told(cursor) == []
    tell(world, "mem-coinwon", at + 4)
    assert [each["n"] for each in told(cursor)] == [at + 4]


def test_a_desk_that_goes_away_is_asked_again(tmp_path):
    with live_world(tmp_path) as world:
        tell(world, "mem-upbeat", 1)
        follower = following(world, "upbeat", tmp_path / "cursor")
        assert json.loads(follower.stdout.readline())["n"] == 1
    try:
        said = follower.stderr.readline()
        assert said == "stanch: no line to the desk; asked again in 1 s\n"
        assert stopped(follower)[0] == 0
    finally:
        follower.kill()
    assert StateFile(tmp_path / "cursor").read().cursor == 1


def refused(capsys, *words: object) -> str:
    with pytest.raises(SystemExit):
        main([str(word) for word in words])
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_a_desk_that_forgot_or_is_another_is_refused(world, as_, tmp_path, capsys, monkeypatch):
    as_("upbeat")
    cursor = tmp_path / "cursor"
    told(cursor)
    with StateFile(cursor).changing() as change:
        change.state = replace(change.state, cursor=10_000)
    assert "was the desk restored?" in refused(capsys, "feed", "--cursor", cursor)
    as_("coinwon")
    assert "the state is of mem-upbeat" in refused(capsys, "feed", "--cursor", cursor)
    monkeypatch.setenv("STANCH_PIN", "sha256:" + "0" * 64)
    assert "stanch: " in refused(capsys, "feed", "--cursor", tmp_path / "new")
    (tmp_path / "bad").write_text("{}")
    as_("upbeat")
    assert "is no stanch-client@1" in refused(capsys, "feed", "--cursor", tmp_path / "bad")


def test_orders_that_changed_since_a_place(world, as_, capsys):
    as_("upbeat")
    order = drafted(world, "hold")
    say(world, "kr", order, Said.PROPOSE)
    before = json.loads(run("changes", "--json").output)
    place = max([each["n"] for each in before], default=0)
    say(world, "jp", order, Said.CONCUR)
    (found,) = json.loads(run("changes", "--since", place, "--json").output)
    assert (found["order"], found["kind"], found["marking"]) == (order, "hold", "TLP:AMBER")
    assert [(each["account"], each["amount"]) for each in found["held"]] == [(THIEF, "5")]
    head, line = run("changes", "--since", place).output.splitlines()
    assert head.split() == ["n", "order", "kind", "marking", "expires", "holds"]
    assert line.split()[:4] == [str(found["n"]), order, "hold", "TLP:AMBER"]
    assert line.split()[-1] == "1"
    assert run("changes", "--since", found["n"]).output == "none\n"
    assert "log" in refused(capsys, "changes", "--since", 10**9)


def test_changes_come_as_they_happen_to_whom_they_concern(world):
    """By server-sent events, each once, and none of an order that went to others alone."""
    theirs = drafted(world, "hold", addressees={"members": ["mem-coinwon"]})
    order = drafted(world, "hold")
    for each in (theirs, order):
        say(world, "kr", each, Said.PROPOSE)
    follower = started(world, "upbeat", "changes", "--since", 0, "--follow")
    try:
        before = [json.loads(line) for line in run_lines(world, "upbeat")]
        assert [json.loads(follower.stdout.readline()) for _ in before] == before
        for each in (theirs, order):
            say(world, "jp", each, Said.CONCUR)
        said = json.loads(follower.stdout.readline())
        assert (said["order"], len(said["held"])) == (order, 1)
        assert said["n"] > max([0, *(each["n"] for each in before)])
        assert stopped(follower) == (0, "", "")
    finally:
        follower.kill()


def run_lines(world, who: str) -> list[str]:
    """What `stanch changes` lists now, a line each."""
    done = started(world, who, "changes", "--json")
    return [json.dumps(each) for each in json.loads(done.communicate(timeout=60)[0])]
