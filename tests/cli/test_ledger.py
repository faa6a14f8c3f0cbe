"""`stanch ledger build`, from a user's side."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest
import typer
from typer.testing import CliRunner

from stanch.cli import ledger
from stanch.errors import InputError, UsageError
from stanch.ledger import layout

A, B, C = (f"0x{letter * 40}" for letter in "abc")
CSV = f"""\
hash,date,sender,receiver,value
t1,2024-01-01T00:00:00Z,{A},{B},10.00
t2,2024-01-02T00:00:00Z,{B},{C},4.005
t3,2024-01-02T00:00:00Z,{B},{C},4.00
"""
OPTIONS = (
    "--from", "csv", "--asset", "USD", "--decimals", "2", "--chain", "eip155:1",
    "--map", "tx=hash,time=date,from=sender,to=receiver,amount=value",
)  # fmt: skip


@pytest.fixture
def payments(tmp_path):
    file = tmp_path / "payments.csv"
    file.write_text(CSV)
    return file


def build(*arguments):
    app = typer.Typer()
    app.add_typer(ledger.app, name="ledger")
    return CliRunner().invoke(app, ["ledger", "build", *map(str, arguments)])


def left(folder):
    return sorted(each.name for each in folder.iterdir())


def test_a_summary_and_the_files(payments, tmp_path):
    result = build(payments, *OPTIONS, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.exception
    assert result.output.splitlines()[:2] == [
        "2 transfers of 3 accounts in 1 asset, from 2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z",
        f"1 row rejected: see {tmp_path / 'out' / 'rejected.csv'}",
    ]
    assert left(tmp_path / "out") == sorted(layout.FILES)
    info = json.loads((tmp_path / "out" / "ledger.json").read_text())
    assert info["inputs"][0]["name"] == "payments.csv"
    assert str(tmp_path) not in (tmp_path / "out" / "ledger.json").read_text()


def test_building_again_replaces_the_ledger_with_the_same_bytes(payments, tmp_path):
    out = tmp_path / "out"
    build(payments, *OPTIONS, "--out", out)
    before = {name: (out / name).read_bytes() for name in left(out)}
    assert build(payments, *OPTIONS, "--out", out).exit_code == 0
    assert {name: (out / name).read_bytes() for name in left(out)} == before
    assert left(tmp_path) == ["out", "payments.csv"]


def test_strict_writes_nothing(payments, tmp_path):
    result = build(payments, *OPTIONS, "--strict", "--out", tmp_path / "out")
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith("--strict: 1 rejected, the first: payments.csv, row 3:")
    assert left(tmp_path) == ["payments.csv"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--map", "tx"), "--map: 'tx' is not of the form"),
        (("--map", "tx="), "--map: 'tx=' is not of the form"),
        (("--map", "tx=a,tx=b"), "names something twice"),
        (("--from", "xml"), "no source xml"),
    ],
)
def test_wrong_options_are_usage_errors(payments, tmp_path, arguments, why):
    result = build(payments, *OPTIONS, *arguments, "--out", tmp_path / "out")
    assert isinstance(result.exception, UsageError)
    assert why in str(result.exception)
    assert left(tmp_path) == ["payments.csv"]


def test_a_file_that_is_not_there(payments, tmp_path):
    result = build(payments, tmp_path / "more.csv", *OPTIONS, "--out", tmp_path / "out")
    assert isinstance(result.exception, UsageError)
    assert "more.csv" in str(result.exception)
    assert left(tmp_path) == ["payments.csv"]


def test_a_file_without_transfers(payments, tmp_path):
    payments.write_text(CSV.splitlines()[0] + "\n")
    result = build(payments, *OPTIONS, "--out", tmp_path / "out")
    assert isinstance(result.exception, InputError)
    assert "holds no transfers" in str(result.exception)


def test_a_folder_of_the_users_own_is_left_alone(payments, tmp_path):
    result = build(payments, *OPTIONS, "--out", tmp_path)
    assert isinstance(result.exception, UsageError)
    assert left(tmp_path) == ["payments.csv"]


# What follows runs the command in a process of its own, to interrupt, kill or starve it.


@pytest.fixture
def many(tmp_path):
    """A file that takes a while."""
    file = tmp_path / "payments.csv"
    rows = (
        f"t{n},{1_700_000_000 + n},0x{n % 9000:040x},0x{n * 7 % 8999:040x},{n}.25"
        for n in range(60_000)
    )
    file.write_text("\n".join([CSV.splitlines()[0], *rows]))
    return file


def start(file, out, **how):
    command = "from stanch.cli import main; main()"
    arguments = ["ledger", "build", file, *OPTIONS, "--out", out]
    return subprocess.Popen(
        [sys.executable, "-c", command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **how,
    )


def at_work(folder, process):
    """Wait until a build in `folder` has begun to write."""
    while process.poll() is None and not list(folder.glob(".*.partial/scratch/staged.parquet")):
        time.sleep(0.01)


def test_ctrl_c_leaves_nothing(many, tmp_path):
    process = start(many, tmp_path / "out")
    at_work(tmp_path, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert left(tmp_path) == ["payments.csv"]


def test_a_full_disk_leaves_nothing(many, tmp_path):
    def narrow():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    process = start(many, tmp_path / "out", preexec_fn=narrow)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("stanch: no space left on the disk")
    assert left(tmp_path) == ["payments.csv"]


def kill_round(many, tmp_path, after):
    """Kill a build some time after it has begun; nothing that stands may be half a ledger."""
    out = tmp_path / "out"
    process = start(many, out)
    at_work(tmp_path, process)
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    if out.exists():
        assert left(out) == sorted(layout.FILES)
    return out.exists()


def test_kill_leaves_no_folder_that_looks_whole(many, tmp_path):
    kill_round(many, tmp_path, 0.5)
    process = start(many, tmp_path / "out")
    process.communicate()
    assert process.returncode == 0
    assert left(tmp_path) == ["out", "payments.csv"]


@pytest.mark.slow
def test_kill_leaves_no_folder_that_looks_whole_ever(many, tmp_path):
    rounds = 100
    done = sum(kill_round(many, tmp_path, 4 * number / rounds) for number in range(rounds))
    assert done < rounds
