"""`stanch designation`, as people call it."""

import json

from stanch.cli import main
from tests.app.designation.sample import written
from tests.app.designation.test_crosscheck import HAN, home_with


def run(*words):
    try:
        main([str(word) for word in words])
    except SystemExit as end:
        return end.code or 0
    return 0


def test_check_says_what_is_there_and_what_is_wrong(tmp_path, capsys):
    assert run("designation", "check", written(tmp_path)) == 0
    assert capsys.readouterr().out == "2 subjects, 2 wallets, 3 statements, 2 sources: no fault\n"
    broken = written(tmp_path, ('"ronin-2022"', '"none"'))
    assert run("designation", "check", broken) == 1
    said = capsys.readouterr()
    assert said.out == "1 fault\n"
    place = "sim.toml, statement[1].evidence[1].incident"
    assert said.err == f"{place}: the registry has no incident none [incident]\n"
    assert run("designation", "check", broken, "--json") == 1
    assert len(json.loads(capsys.readouterr().out)["faults"]) == 1
    assert run("designation", "check", tmp_path / "none.toml") == 2


def test_check_asks_the_lists_of_a_home(tmp_path, capsys):
    home = home_with(tmp_path, HAN)
    assert run("designation", "check", written(tmp_path), "--home", home) == 0
    said = capsys.readouterr().out
    assert "han: HAN Sim Il: listed, with less than this file has" in said
    assert "sdn has HAN Sim-il (17), listed 2017-01-11: almost certainly the same" in said
    assert run("designation", "check", written(tmp_path), "--home", home, "--json") == 0
    found = json.loads(capsys.readouterr().out)["cross_check"]
    entry = found["subjects"][0]["entries"][0]
    assert (entry["entry"], entry["since"], entry["standing"]) == ("17", "2017-01-11", "partly")
    assert entry["new"]["names"] == ["한심일", "Simon Secretname"]
    assert run("designation", "check", written(tmp_path), "--home", tmp_path / "none") == 2


def test_export_for_a_level(tmp_path, capsys):
    page, bundle = tmp_path / "out.html", tmp_path / "out.json"
    words = ("--for", "TLP:GREEN", "--html", page, "--stix", bundle)
    assert run("designation", "export", written(tmp_path), *words) == 0
    said = capsys.readouterr().out
    assert "1 statement left out: this copy is TLP:GREEN" in said
    assert "Secretname" not in page.read_text() + bundle.read_text()
    assert run("designation", "export", written(tmp_path)) == 2
    assert run("designation", "export", written(tmp_path), "--for", "TLP:BLUE") == 2
