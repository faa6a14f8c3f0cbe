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


def test_common_threats_are_of_the_countries_that_are_named(tmp_path, capsys):
    folder = written(
        tmp_path / "registry",
        places=["south-2020,seat,JP,paper"],
        statements=["south-2020,police,attributes,group,2020-03-01,,paper,TLP:CLEAR,"],
    )
    page = tmp_path / "pack.html"
    words = (*PERIOD, "--registry", folder, "--html", page)
    assert run(*words) == 0
    assert "Told are threats that touch two or more countries" in page.read_text("utf-8")
    assert run(*words, "--common", "JP,US") == 0
    said = page.read_text("utf-8")
    assert "two or more of these countries: Japan, United States" in said
    assert "None is visible to this reader." in said
    assert run(*words, "--common", "KR,JP") == 0
    assert "None is visible to this reader." not in page.read_text("utf-8")
    capsys.readouterr()
    assert run(*words, "--common", "KR") == 2
    assert "two countries or more" in capsys.readouterr().err
    assert run("pack", "meet-1", "--common", "KR,JP", "--html", page) == 2
    assert "a meeting has the countries of its members" in capsys.readouterr().err
