import pytest
from typer.testing import CliRunner

from stanch.cli import app
from stanch.errors import InputError, UsageError
from tests.reports.golden import golden


def test_the_page_is_drawn_anew(tmp_path):
    folder = golden(tmp_path)
    (folder / "report.html").write_text("old")
    result = CliRunner().invoke(app, ["report", str(folder)])
    assert result.exit_code == 0
    assert result.output == f"report: {folder / 'report.html'}\n"
    assert "100 ETH" in (folder / "report.html").read_text(encoding="utf-8")
    assert not [file for file in folder.iterdir() if "draft" in file.name]


def test_a_broken_trace_leaves_the_old_page(tmp_path):
    folder = golden(tmp_path)
    (folder / "report.html").write_text("old")
    (folder / "flows.csv").write_text("incident\n")
    result = CliRunner().invoke(app, ["report", str(folder)])
    assert isinstance(result.exception, InputError)
    assert (folder / "report.html").read_text() == "old"


@pytest.mark.parametrize("name", ["missing", "file"])
def test_no_folder(tmp_path, name):
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(app, ["report", str(tmp_path / name)])
    assert isinstance(result.exception, UsageError)
