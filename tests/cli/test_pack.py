"""`stanch pack`, as people call it."""

from stanch.cli import main
from tests.registry.tables import written
from tests.reports.pack.conftest import cjk_fonts  # noqa: F401


def run(*words):
    try:
        main([str(word) for word in words])
    except SystemExit as end:
        return end.code or 0
    return 0


PERIOD = ("pack", "--first", "2019", "--last", "2020")


def test_both_documents_are_written(tmp_path, capsys, monkeypatch, cjk_fonts):  # noqa: F811
    folder = written(tmp_path / "registry")
    monkeypatch.setenv("STANCH_FONTS", str(cjk_fonts))
    pdf, page = tmp_path / "pack.pdf", tmp_path / "pack.html"
    assert run(*PERIOD, "--lang", "ja", "--for", "外務省", "--registry", folder,
               "--out", pdf, "--html", page) == 0  # fmt: skip
    assert capsys.readouterr().out == f"wrote {pdf}\nwrote {page}\n"
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "外務省" in page.read_text("utf-8")


def test_what_is_wrong_is_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("STANCH_SERVER", raising=False)
    folder = written(tmp_path / "registry")
    page = tmp_path / "pack.html"
    assert run("pack", "--first", "2019", "--html", page) == 2
    assert "--first and --last" in capsys.readouterr().err
    assert run("pack", "meet-1", "--html", page) == 2
    assert "--server" in capsys.readouterr().err
    assert run(*PERIOD, "--registry", folder) == 2
    assert "--out, --html" in capsys.readouterr().err
    assert run(*PERIOD, "--registry", folder, "--lang", "fr", "--html", page) == 2
    assert "en, ko, ja" in capsys.readouterr().err
    assert run(*PERIOD, "--registry", folder, "--out", tmp_path / "pack.pdf",
               "--fonts", tmp_path) == 2  # fmt: skip
    assert "fonts-noto-cjk" in capsys.readouterr().err
    assert not list(tmp_path.glob("*pack.*"))
