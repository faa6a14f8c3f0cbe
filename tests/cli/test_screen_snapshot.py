"""`stanch screen addresses --snapshot`: an exchange screens with no line to the desk."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from stanch.client.state import State, StateFile
from stanch.errors import InputError, RefusedError, SignatureError, UsageError
from stanch.formats.snapshot import Issue, write
from stanch.model.watched import Finding, Kind
from tests.cli.test_key import run
from tests.client.bundles import DESK, STRANGER
from tests.formats.signed.tiny import PIN

THIEF = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
ORDERED = Finding(Kind.ORDER, "ord-1", "eip155:1", 0, "eip155:1/slip44:60", "9")


@pytest.fixture
def place(tmp_path, monkeypatch):
    (tmp_path / "in.csv").write_text(f"address\nethereum:{THIEF}\n0x{'1' * 40}\nhello\n")
    with StateFile(tmp_path / "state").changing() as change:
        change.state = State("desk", "ex")
    put(tmp_path, 7)
    for name, value in {
        "STANCH_PIN": PIN, "STANCH_DESK_KEY": DESK.public.text, "STANCH_MEMBER": "ex",
        "STANCH_STATE": str(tmp_path / "state"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return tmp_path


def put(folder, number, recipient="ex", key=DESK, age=timedelta(0)):
    issue = Issue(
        "desk", recipient, number, number - 1, datetime.now(UTC) - age, PIN, b"s" * 32
    )  # fmt: skip
    (folder / "snapshot").write_bytes(write([(THIEF.lower(), ORDERED)], issue, key))


def screen(place, *more):
    return run("screen", "addresses", place / "in.csv", "--snapshot", place / "snapshot", *more)


def test_what_is_ordered_is_found_in_any_spelling(place):
    done = screen(place, "--out", place / "out.csv")
    assert done.exit_code == 0, done.exception
    assert "2 addresses looked up in snapshot 7" in done.output
    assert "line 4: 'hello' is no address of a wallet" in done.output
    with (place / "out.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert (row["row"], row["reference"], row["amount"]) == ("2", "ord-1", "9")
    assert f"line 2: ethereum:{THIEF}: order ord-1" in screen(place).output


def test_an_older_snapshot_is_refused_afterwards(place):
    assert screen(place).exit_code == 0
    put(place, 6)
    assert isinstance(screen(place).exception, RefusedError)


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"recipient": "us"}, SignatureError),
        ({"key": STRANGER}, SignatureError),
        ({"age": timedelta(hours=25)}, RefusedError),
    ],
)
def test_what_is_not_for_this_member_now(place, how, error):
    put(place, 7, **how)
    done = screen(place, "--out", place / "out.csv")
    assert isinstance(done.exception, error)
    assert not (place / "out.csv").exists()


def test_without_what_it_needs(place, monkeypatch):
    monkeypatch.delenv("STANCH_PIN")
    assert isinstance(screen(place).exception, UsageError)


def test_files_that_are_not_there(place):
    (place / "snapshot").unlink()
    assert isinstance(screen(place).exception, InputError)
