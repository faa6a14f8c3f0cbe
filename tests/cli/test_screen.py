"""`stanch screen`, as somebody at a counter uses it."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from stanch.cli import app
from stanch.errors import UsageError
from tests.app.screen_home import CUSTOMERS, ETH, home_in


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_in(tmp_path_factory.mktemp("cli"))


def run(*arguments):
    words = ["screen", *map(str, arguments)]
    return CliRunner().invoke(app, words, env={"STANCH_HOME": "", "COLUMNS": "200"})


def test_a_name_with_its_evidence_in_words(home):
    done = run("name", "Chol Su KIM", "--home", home)
    assert done.exit_code == 0
    assert re.match(r"1\. \S.*  Person  score 0\.\d{3}\n", done.output)
    assert re.search(r"\n   .*kim.* \(\+\d+\.\d\)\n", done.output, re.IGNORECASE)
    assert "sdn 17 for DPRK3" in done.output
    assert "un KPi.001 for 1718" in done.output


def test_a_name_in_another_script_as_json(home):
    done = run("name", "김철수", "--home", home, "--born", "1984", "--json", "--top", 1)
    (hit,) = json.loads(done.output)
    assert hit["rank"] == 1
    assert (hit["list"], hit["entry"]) in {("sdn", "17"), ("un", "KPi.001")}
    assert hit["points"] == pytest.approx(sum(each["points"] for each in hit["evidence"]))


def test_an_identifier(home):
    done = run("name", "Jane Doe", "--home", home, "--identifier", "passport=563-410-081")
    assert "the same passport number: 563-410-081, listed as 563410081 (+45.0)" in done.output
    assert run("name", "Jane Doe", "--home", home).output == "no hit\n"


def test_names(home, tmp_path):
    (tmp_path / "in.csv").write_text(CUSTOMERS)
    done = run("names", tmp_path / "in.csv", "--home", home, "--out", tmp_path / "hits.csv")
    assert done.output.splitlines() == [
        "5 screened, 4 with a hit, 6 hits",
        "columns not read: branch",
        f"1 row rejected: see {tmp_path / 'hits.rejected.csv'}",
        f"written to {tmp_path / 'hits.csv'}",
    ]
    with (tmp_path / "hits.csv").open(newline="", encoding="utf-8") as stream:
        assert [row["query_id"] for row in csv.DictReader(stream)] == list("112556")


def test_addresses(home, tmp_path):
    (tmp_path / "in.txt").write_text(f"{'0x' + '1' * 40}\nETH: {ETH}\nnone\n")
    done = run("addresses", tmp_path / "in.txt", "--home", home)
    lines = done.output.splitlines()
    assert lines[0] == "2 addresses looked up, 1 listed"
    assert lines[1] == f"line 2: ETH: {ETH}"
    assert lines[-1] == "line 3 rejected: 'none' is no address of a wallet"
    done = run("addresses", tmp_path / "in.txt", "--home", home, "--out", tmp_path / "out.csv")
    assert "LAZARUS" in (tmp_path / "out.csv").read_text()


def test_a_message(home, tmp_path):
    (tmp_path / "m.json").write_text(json.dumps({"originator": {"originatorPersons": [
        {"naturalPerson": {"name": {"nameIdentifier": [{"primaryIdentifier": "Kim Chol Su"}]}}}
    ], "accountNumber": [ETH]}}))  # fmt: skip
    done = run("message", tmp_path / "m.json", "--home", home)
    assert done.output.startswith("1 parties screened, 1 with a hit\n\nKim Chol Su: m.json, orig")
    assert "LAZARUS GROUP" in done.output


@pytest.mark.parametrize("arguments", [
    ("name", "Kim"), ("name", "...", "--home", "HOME"), ("name", "Kim", "--home", "nowhere"),
    ("name", "Kim", "--home", "HOME", "--born", "soon"),
    ("name", "Kim", "--home", "HOME", "--schema", "Ghost"),
    ("name", "Kim", "--home", "HOME", "--identifier", "passport="),
    ("addresses", "nothing.txt", "--home", "HOME"), ("message", "nothing.xml", "--home", "HOME"),
    ("names", "nothing.csv", "--home", "HOME", "--out", "out.csv"),
])  # fmt: skip
def test_what_cannot_be_done(home, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    done = run(*(home if each == "HOME" else each for each in arguments))
    assert isinstance(done.exception, UsageError)
    assert "\n" not in str(done.exception)
    assert not list(tmp_path.iterdir())


def test_ctrl_c_keeps_what_was_done(home, tmp_path):
    rows = [f"{at},Kim Chol Su" for at in range(20_000)]
    (tmp_path / "in.csv").write_text("\n".join(["id,name", *rows]))
    out, state = tmp_path / "hits.csv", tmp_path / ".hits.csv.partial/state.json"
    words = ["names", str(tmp_path / "in.csv"), "--home", str(home), "--out", str(out)]
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); " \
        f"from stanch.cli import main; main({['screen', *words]!r})"  # fmt: skip
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as process:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            if state.exists() and json.loads(state.read_text())["done"]:
                process.send_signal(signal.SIGINT)
                break
            time.sleep(0.01)
        said = process.stderr.read()
    assert process.returncode == 130, said
    assert "the same command goes on from there" in said
    assert not out.exists()
    assert 0 < json.loads(state.read_text())["done"] < 20_000
