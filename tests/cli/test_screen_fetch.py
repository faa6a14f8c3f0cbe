"""`stanch screen snapshot`: fetched from a desk that runs, and used when it runs no more."""

import json

import pytest
from typer.testing import CliRunner

from stanch.cli import app
from stanch.client import Desk
from stanch.errors import RefusedError, SignatureError, TooManyError, UnreachableError, UsageError
from stanch.model.desk.orders import Said
from tests.cli.test_key import run
from tests.live_world import live_world
from tests.test_exchanges_live import THIEF, drafted, say

ADDRESS = THIEF.rpartition(":")[2]


@pytest.fixture(scope="module")
def fetched(tmp_path_factory):
    """What an exchange has when the server is gone: two snapshots, its state, and whom to trust."""
    folder = tmp_path_factory.mktemp("fetched")
    with live_world(tmp_path_factory.mktemp("live")) as world, pytest.MonkeyPatch.context() as env:
        id = drafted(world, "emergency")
        say(world, "kr", id, Said.PROPOSE)
        trusted = {
            "STANCH_PIN": world.pin, "STANCH_DESK_KEY": world.desk.key,
            "STANCH_MEMBER": "mem-upbeat", "STANCH_STATE": str(folder / "state"),
        }  # fmt: skip
        server = {
            "STANCH_SERVER": world.desk.url, "STANCH_API_KEY": world.people["upbeat"].api_key,
        }  # fmt: skip
        for name, value in {**trusted, **server}.items():
            env.setenv(name, value)
        said = [run("screen", "snapshot", "--out", folder / "first")]
        said.append(run("screen", "snapshot", "--out", folder / "second", "--json"))
        other = world.people["jp"].key.public.text
        said.append(run("screen", "snapshot", "--out", folder / "no", "--desk-key", other))
        said.append(run("screen", "snapshot", "--out", folder / "no", "--member", "mem-coinwon"))
    return folder, id, trusted, server, said


@pytest.fixture
def home(fetched, monkeypatch):
    folder, _, trusted, server, _ = fetched
    for name, value in {**trusted, **server}.items():
        monkeypatch.setenv(name, value)
    (folder / "in").write_text(f"{ADDRESS}\n0x{'1' * 40}\n")
    return folder


def test_what_was_fetched_answers_with_no_server(fetched, home):
    _, id, _, _, (first, second, *_) = fetched
    assert first.exit_code == 0, first.exception
    assert " of 1 rows, good until " in first.output
    said = json.loads(second.output)
    assert (said["rows"], said["file"]) == (1, str(home / "second"))
    assert said["number"] > int(first.output.split()[1])
    assert said["place"] > 0
    done = run("screen", "addresses", home / "in", "--snapshot", home / "second")
    assert done.exit_code == 0, done.exception
    assert f"line 1: {ADDRESS}: order {id}" in done.output
    assert "1 found" in done.output


def test_an_older_one_is_refused(home):
    done = run("screen", "addresses", home / "in", "--snapshot", home / "first")
    assert isinstance(done.exception, RefusedError)


def test_what_is_not_this_desks_for_this_member_is_not_written(fetched, home):
    *_, (_, _, key, member) = fetched
    assert isinstance(key.exception, SignatureError)
    assert isinstance(member.exception, UsageError | SignatureError)
    assert not (home / "no").exists()
    assert not list(home.glob(".*partial"))


def test_a_desk_that_is_gone_leaves_what_is_there(home):
    before = (home / "second").read_bytes()
    done = run("screen", "snapshot", "--out", home / "second")
    assert isinstance(done.exception, UnreachableError)
    assert (home / "second").read_bytes() == before


def test_the_key_comes_from_a_file_of_ones_own_or_not_at_all(home, monkeypatch):
    monkeypatch.delenv("STANCH_API_KEY")
    done = run("screen", "snapshot", "--out", home / "no")
    assert isinstance(done.exception, UsageError)
    (home / "key").write_text("stk_" + "k" * 43)
    (home / "key").chmod(0o644)
    done = run("screen", "snapshot", "--out", home / "no", "--api-key-file", home / "key")
    assert "others can read it" in str(done.exception)


class Ended(Exception):
    """The test has seen enough."""


def test_it_is_kept_up_whatever_the_desk_does_in_between(tmp_path, monkeypatch):
    """The desk runs; only how long is waited, and that it fails twice, is the test's."""
    with live_world(tmp_path) as world:
        kept_up(world, monkeypatch, tmp_path)


def kept_up(world, monkeypatch, folder):
    waited: list[float] = []
    moods = iter([None, UnreachableError("gone"), TooManyError("asked", 7), None, None])
    fetch = Desk.snapshot

    def moody(desk, path):
        mood = next(moods)
        if mood is not None:
            raise mood
        return fetch(desk, path)

    def wait(seconds):
        waited.append(seconds)
        if len(waited) == 5:
            raise Ended

    monkeypatch.setattr(Desk, "snapshot", moody)
    monkeypatch.setattr("stanch.cli.screen_fetch.time.sleep", wait)
    words = ["screen", "snapshot", "--out", str(folder / "s"), "--every", "30"]
    told = {
        "STANCH_PIN": world.pin, "STANCH_DESK_KEY": world.desk.key, "STANCH_MEMBER": "mem-upbeat",
        "STANCH_STATE": str(folder / "state"), "STANCH_SERVER": world.desk.url,
        "STANCH_API_KEY": world.people["upbeat"].api_key,
    }  # fmt: skip
    done = CliRunner().invoke(app, words, env=told)
    assert isinstance(done.exception, Ended)
    assert waited == [1800, 60, 7, 1800, 1800]
    numbers = [int(line.split()[1]) for line in done.output.splitlines() if "rows" in line]
    assert len(numbers) == 3
    assert numbers == sorted(set(numbers))
    assert "gone; asked again in 60 s" in done.output
