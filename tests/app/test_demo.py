"""`stanch demo` from end to end."""

import json

import pytest
from typer.testing import CliRunner

from stanch.cli import app


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    out = tmp_path_factory.mktemp("demo") / "out"
    result = CliRunner().invoke(app, ["demo", "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out, result.output


def test_the_terminal_says_what_was_stolen_and_where_it_is(demo):
    _, said = demo
    assert said.lstrip().startswith("SIMULATION: ")
    assert "sim-1  100,000 SIMETH stolen" in said
    for name in ("Simulated Exchange South", "Simulated Mixer", "still held", "paid as fees"):
        assert name in said
    assert "eip155:31337" not in said
    assert said.rstrip().endswith("report.html")


def test_the_page_is_marked_and_speaks_of_symbols(demo):
    html = (demo[0] / "trace" / "report.html").read_text(encoding="utf-8")
    assert "<title>SIMULATION" in html
    assert "100,000 SIMETH" in html
    assert "coin 60" not in html


def test_the_mark_travels_from_file_to_file(demo):
    for file in ("case/scenario.json", "ledger/ledger.json", "trace/manifest.json"):
        assert json.loads((demo[0] / file).read_text(encoding="utf-8"))["simulation"] is True
    assets = json.loads((demo[0] / "trace" / "manifest.json").read_text())["assets"]
    assert {each["symbol"]: each["decimals"] for each in assets.values()} == {
        "SIMETH": 18, "SIMUSD": 6, "SIMSTK": 18,
    }  # fmt: skip
