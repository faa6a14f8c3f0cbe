import json

import pytest
import typer
from typer.testing import CliRunner

from stanch.cli.explain import explain
from stanch.errors import UsageError
from tests.reports.golden import VICTIM, A, X, golden
from tests.reports.trace_folder import UNIT, flow, write


@pytest.fixture
def app():
    app = typer.Typer()
    app.command()(explain)
    return app


def test_a_bare_address_in_any_case(app, tmp_path):
    address = "0x" + X.rsplit("x", 1)[1].upper()
    result = CliRunner().invoke(app, [str(golden(tmp_path)), address])
    assert result.exit_code == 0
    assert result.output.startswith(f"{X} (Hoby 3, exchange)\n")
    assert "\x1b" not in result.output
    assert result.output.index("Path 1: 50 ETH") < result.output.index("Path 2: 30 ETH")


def test_json_keeps_amounts_exact(app, tmp_path):
    result = CliRunner().invoke(app, [str(golden(tmp_path)), X, "--json", "--paths", "1"])
    (answer,) = json.loads(result.output)
    assert answer["traced_in"] == str(75 * UNIT)
    assert next(step["from"] for step in answer["paths"][0]["steps"]) == VICTIM
    assert answer["paths"][0]["steps"][-1]["to_label"] == "Hoby 3"
    assert answer["others"][0]["inferred_amount"] == str(5 * UNIT)


@pytest.mark.parametrize("arguments", [["0xnobody"], [X, "--paths", "0"], [X, "--asset", "DAI"]])
def test_wrong_questions_are_usage_errors(app, tmp_path, arguments):
    result = CliRunner().invoke(app, [str(golden(tmp_path)), *arguments])
    assert isinstance(result.exception, UsageError)
    assert result.exception.exit_code == 2


def test_no_folder(app, tmp_path):
    result = CliRunner().invoke(app, [str(tmp_path / "no"), X])
    assert isinstance(result.exception, UsageError)


def test_labels_are_not_markup(app, tmp_path):
    label = "[red]x[/red]\x1b[31m\u202e"
    end = ["i", A, "eip155:1/slip44:60", "held", 5, label, "", 5, 5, 0]
    folder = write(tmp_path, {"flows": [flow(1, (X, A), 5)], "endpoints": [end]})
    result = CliRunner().invoke(app, [str(folder), A])
    assert "[red]x[/red]" in result.output
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
