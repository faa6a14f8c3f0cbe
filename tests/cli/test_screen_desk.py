"""`stanch screen addresses --server`: an exchange asks a desk about a file of addresses."""

import csv
import json
import time

import pytest

from stanch.errors import ForbiddenError, StrangerError, UsageError
from tests.cli.at_desk import THIEF, AtDesk
from tests.cli.test_key import run

ADDRESS = THIEF.rpartition(":")[2]


@pytest.fixture
def asked(desk: AtDesk, running) -> AtDesk:
    """An order for Upbeat in force, which screening has heard of, and a file of deposits."""
    desk.order = desk.in_force()
    (desk.folder / "in.csv").write_text(f"address\nethereum:{ADDRESS}\n0x{'1' * 40}\nhello\n")
    with running.client("upbeat") as client:
        for _ in range(100):
            (answer,) = client.screen([ADDRESS])
            if desk.order in [each["reference"] for each in answer["findings"]]:
                return desk
            time.sleep(0.05)
    raise AssertionError("the order is not told")


def words(desk: AtDesk, *more: object) -> tuple[object, ...]:
    return ("screen", "addresses", desk.folder / "in.csv", "--server", desk.world.desk.url, *more)


@pytest.mark.parametrize("in_session", [False, True])
def test_what_is_ordered_is_told_to_a_key_or_a_person(asked, in_session):
    asked.in_session = in_session
    shown = asked.say("upbeat", *words(asked))
    assert shown.startswith(f"2 addresses looked up at {asked.world.desk.url}: 1 found\n")
    assert f"line 2: ethereum:{ADDRESS}: order {asked.order}\n" in f"{shown}\n"
    assert "line 4: 'hello' is no address of a wallet" in shown
    found = asked.data("upbeat", *words(asked))
    assert (found["asked"], found["found"], found["rejected"]) == (2, 1, 1)
    assert asked.order in [each["reference"] for each in found["hits"]]
    other = asked.data("coinwon", *words(asked))  # it is not addressed
    assert asked.order not in [each["reference"] for each in other["hits"]]


def test_a_desk_and_its_snapshot_say_the_same(asked, tmp_path, monkeypatch):
    world = asked.world
    for name, value in {"PIN": world.pin, "DESK_KEY": world.desk.key, "MEMBER": "mem-upbeat",
                        "STATE": str(tmp_path / "state")}.items():  # fmt: skip
        monkeypatch.setenv(f"STANCH_{name}", value)
    asked.say("upbeat", "screen", "snapshot", "--out", tmp_path / "snapshot")
    asked.say("upbeat", *words(asked, "--out", tmp_path / "online.csv"))
    offline = ("screen", "addresses", tmp_path / "in.csv", "--snapshot", tmp_path / "snapshot")
    assert run(*offline, "--out", tmp_path / "offline.csv").exit_code == 0
    assert (tmp_path / "online.csv").read_text() == (tmp_path / "offline.csv").read_text()
    with (tmp_path / "online.csv").open() as file:
        rows = list(csv.DictReader(file))
    mine = next(each for each in rows if each["reference"] == asked.order)
    assert (mine["row"], mine["kind"], mine["chain"]) == ("2", "order", "eip155:1")
    assert asked.data("upbeat", *words(asked)) == json.loads(run(*offline, "--json").stdout)


def test_who_may_not_ask(asked, tmp_path, monkeypatch):
    assert "choose one" in asked.refused("upbeat", *words(asked, "--snapshot", tmp_path / "x"))
    monkeypatch.delenv("STANCH_API_KEY", raising=False)
    monkeypatch.delenv("STANCH_SESSION", raising=False)
    assert isinstance(run(*words(asked)).exception, UsageError)
    (tmp_path / "key").write_text("stk_" + "k" * 43)
    (tmp_path / "key").chmod(0o600)
    done = run(*words(asked, "--api-key-file", tmp_path / "key", "--out", tmp_path / "out.csv"))
    assert isinstance(done.exception, StrangerError)
    assert not (tmp_path / "out.csv").exists()


def test_a_key_without_the_scope_is_refused(asked, tmp_path):
    asked.in_session = True
    made = ("api-key", "new", "x", "--scope", "read", "--out", tmp_path / "key")
    asked.say("upbeat", *made)
    done = run(*words(asked, "--api-key-file", tmp_path / "key"))
    assert isinstance(done.exception, ForbiddenError)
