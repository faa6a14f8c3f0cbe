"""`stanch incidents` and `stanch reconcile`, as people call them."""

import csv
import json

from stanch.cli import main
from stanch.formats.seeds import from_csv
from tests.registry.tables import cell, written


def run(*words):
    try:
        main([str(word) for word in words])
    except SystemExit as end:
        return end.code or 0
    return 0


def test_check_names_each_fault_and_ends_with_one(tmp_path, capsys):
    assert run("incidents", "check") == 0
    assert "no fault" in capsys.readouterr().out
    folder = written(tmp_path, places=cell("places", 2, country="XX"))
    assert run("incidents", "check", folder) == 1
    said = capsys.readouterr()
    assert said.err.startswith("places.csv, line 2: country: 'XX' is no country of ISO 3166-1")
    assert "1 fault" in said.out
    assert run("incidents", "check", folder, "--json") == 1
    assert len(json.loads(capsys.readouterr().out)["faults"]) == 1
    assert run("incidents", "check", tmp_path / "none") == 2


def test_list_and_show(tmp_path, capsys):
    folder = written(tmp_path)
    assert run("incidents", "list", "--registry", folder, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["incident"], each["bar"], each["usd"]) for each in found] == [
        ("north-2019", "A", 1000), ("south-2020", "C", 500),
    ]  # fmt: skip
    assert run("incidents", "list", "--registry", folder, "--bar", "A") == 0
    assert "south" not in capsys.readouterr().out
    assert run("incidents", "list", "--bar", "Z") == 2
    capsys.readouterr()
    assert run("incidents", "show", "north-2019", "--registry", folder) == 0
    shown = capsys.readouterr().out
    assert "stolen: 10.5 BTC; USD 1,000 (others: 900 to 1,100), as published [1]" in shown
    assert "Police (KR), police, attributes: Group (G0032), 2019-06-01 [1]" in shown
    assert run("incidents", "show", "nothing") == 1


def test_the_schema_is_a_data_package(capsys):
    assert run("incidents", "schema") == 0
    found = json.loads(capsys.readouterr().out)
    tables = {each["name"]: each["schema"] for each in found["resources"]}
    kinds = {each["name"]: each for each in tables["incidents"]["fields"]}
    assert kinds["kind"]["constraints"] == {
        "required": True, "enum": ["theft", "ransomware", "payroll", "laundering", "other"],
    }  # fmt: skip
    assert tables["statements"]["foreignKeys"][0]["reference"] == {
        "resource": "incidents", "fields": ["id"],
    }  # fmt: skip


def test_reconcile(capsys):
    assert run("reconcile", "elliptic-2023-05", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    parts = {each["slice"]: each for each in found["slices"]}
    assert set(parts["japan"]) >= {"claimed", "matched", "extra", "missing", "disputed", "gap"}
    assert parts["vietnam"]["gap"] == {"usd": 0, "share": 0.0}
    assert [each["incident"] for each in parts["japan"]["disputed"]["incidents"]] == [
        "coincheck-2018", "bitpoint-2019",
    ]  # fmt: skip
    assert {"choice": "valuation", "value": "publication", "usd": "not available"} in parts[
        "japan"
    ]["moves"]
    assert run("reconcile", "elliptic-2023-05", "--disputed", "out", "--bar", "B") == 0
    assert "gap      " in capsys.readouterr().out
    assert run("reconcile") == 0
    assert "chainalysis-2024-01" in capsys.readouterr().out
    assert run("reconcile", "nothing") == 1
    assert run("reconcile", "elliptic-2023-05", "--disputed", "perhaps") == 2


def test_count(tmp_path, capsys):
    folder = written(tmp_path / "registry")
    table, picture = tmp_path / "table.csv", tmp_path / "picture.svg"
    words = ["--registry", folder, "--by", "country", "--by", "year"]
    drawn = ["--csv", table, "--svg", picture, "--map", tmp_path / "map.svg"]
    assert run("incidents", "count", *words, *drawn) == 0
    assert "Not on the map: not known 500" in (tmp_path / "map.svg").read_text()
    said = capsys.readouterr().out.splitlines()
    assert said[1].split() == ["not", "known", "/", "2020", "1", "500", "0", "0", "0"]
    assert said[-1].split() == ["all", "2", "1,500", "0", "0", "0"]
    assert (
        table.read_text().splitlines()[2]
        == "KR,2019,1,0,0,1000,0,0,0,,2.0,north-2019,,,,0,0,0,0,0,0"
    )
    drawn = picture.read_text()
    assert "Korea, South" in drawn
    assert "<title>2019: USD 1,000; north-2019</title>" in drawn
    assert run("incidents", "count", *words, "--bar", "A", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["left_out"] == {"bar": 1}
    assert [each["rows"] for each in found["cells"]] == [["north-2019"]]
    assert run("incidents", "count", "--first", "2020", "--last", "2019") == 2


def test_seeds_are_what_a_trace_begins_with(tmp_path, capsys):
    out = tmp_path / "seeds.csv"
    assert run("incidents", "seeds", "wannacry", "bybit-2025", "--out", out) == 0
    said = capsys.readouterr()
    assert said.out == f"4 seeds, written to {out}\n"
    assert "bybit-2025: transaction 0x46deef" in said.err
    specs = list(from_csv("seeds.csv", out.read_text()))
    assert {each.incident for each in specs} == {"wannacry-2017", "bybit-2025"}
    assert specs[0].account.startswith("bip122:000000000019d6689c085ae165831e93:1")
    assert run("incidents", "seeds", "nothing", "--out", out) == 1
    assert run("incidents", "seeds", "bitpoint-2019", "--out", out) == 1


def test_a_payment_is_a_seed_with_its_transaction_and_exact_amount(tmp_path):
    bitcoin = "bip122:000000000019d6689c085ae165831e93"
    address = "115p7UMMngoj1pMvkpHijcRdfJNXj6LrLn"
    rows = [
        f"north-2019,{bitcoin},{address},{'a' * 64},BTC,0.3,2019-05-12T09:00:00Z,paper",
        f"north-2019,{bitcoin},{address},,BTC,1,2019-05-13,paper",
    ]
    folder = written(tmp_path / "registry", payments=rows, seeds=[
        f"north-2019,{bitcoin},account,{address},paper",
    ])  # fmt: skip
    out = tmp_path / "seeds.csv"
    assert run("incidents", "seeds", "north-2019", "--out", out, "--registry", folder) == 0
    specs = [each for each in from_csv("x", out.read_text()) if each.account.startswith("bip122")]
    assert [(each.tx, each.amount) for each in specs] == [("a" * 64, 30_000_000), (None, None)]


def test_an_amount_is_shown_as_it_is_written(tmp_path, capsys):
    rows = cell("amounts", 2, units="0.000000000000000001", usd="") | cell(
        "amounts", 3, usd="", usd_low="400"
    )
    folder = written(tmp_path, amounts=rows)
    assert run("incidents", "show", "north-2019", "--registry", folder) == 0
    assert (
        "stolen: 0.000000000000000001 BTC; USD 900 to 1,100, as published ["
        in capsys.readouterr().out
    )
    assert run("incidents", "show", "south-2020", "--registry", folder) == 0
    assert "stolen: USD 400, as published [" in capsys.readouterr().out


def test_no_digit_of_a_payment_is_rounded_away(tmp_path):
    paid = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"  # as the seed's, with its checksum
    units = "12345678901.123456789012345678"
    row = f"north-2019,eip155:1,{paid},0x{'a' * 64},ETH,{units},2019-05-12,paper"
    folder = written(tmp_path / "registry", payments=[row])
    out = tmp_path / "seeds.csv"
    assert run("incidents", "seeds", "north-2019", "--out", out, "--registry", folder) == 0
    (spec,) = from_csv("x", out.read_text())
    assert (spec.account, spec.amount) == (f"eip155:1:{paid.lower()}", int(units.replace(".", "")))


def test_what_was_moved_frozen_and_recovered_is_counted_with_its_own_rows(tmp_path, capsys):
    later = [
        f"south-2020,{what},{asset},,{usd},,,as published,paper,"
        for what, asset, usd in (
            ("moved", "ETH", 300), ("moved", "USDT", 61), ("frozen", "", 29), ("recovered", "", 17),
        )
    ]  # fmt: skip
    place, table = ["--registry", written(tmp_path / "registry", amounts=later)], tmp_path / "a.csv"
    assert run("incidents", "count", *place, "--csv", table) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split() for line in said[1:4]] == [
        ["2019", "1", "1,000", "0", "0", "0"],
        ["2020", "1", "500", "361", "29", "17"],
        ["all", "2", "1,500", "361", "29", "17"],
    ]
    with table.open(newline="") as stream:
        early, late = csv.DictReader(stream)
    for what, usd in (("moved", "361"), ("frozen", "29"), ("recovered", "17")):
        assert (early[what], early[f"{what}_rows"]) == ("0", "")
        assert (late[what], late[f"{what}_rows"]) == (usd, "south-2020")
    page = tmp_path / "pack.html"
    assert run("pack", "--first", "2019", "--last", "2020", *place, "--html", page) == 0
    text = page.read_text()
    assert "Moved (USD)" in text
    # The figure leads to the one row that it is of: south-2020, the later of two.
    assert '<a href="#A2"><bdi>361</bdi></a>' in text
