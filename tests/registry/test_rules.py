"""Every rule finds what it is for, and names file, line and rule."""

import pytest

from stanch.errors import InputError, UsageError
from stanch.registry import rules
from stanch.registry.files import shipped
from stanch.registry.registry import checked, load
from tests.registry.tables import BASE, cell, written

INCIDENT = "{id},theft,{victim},exchange,{happened},,,,,,,TLP:CLEAR,paper,"
ADDRESS = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
CHECKSUMMED = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
PAYMENT = f"north-2019,eip155:1,{CHECKSUMMED},,ETH,1.5,2019-06-01,paper"


def faults(folder):
    return [(each.file, each.line, each.rule) for each in checked(folder)[1]]


def test_the_small_registry_has_no_fault(tmp_path):
    assert faults(written(tmp_path)) == []


def test_what_is_shipped_has_no_fault_and_no_guess():
    rows, found = checked(shipped())
    assert found == []
    assert len(rows["incidents"]) == 79
    assert len(rows["slices"]) == 61


CASES = {
    "unknown country": (("places", 2, "country"), cell("places", 2, country="XX")),
    "a country that is no more": (("places", 2, "country"), cell("places", 2, country="SU")),
    "no date": (("incidents", 2, "moment"), cell("incidents", 2, happened="2019-02-30")),
    "a date in words": (("incidents", 2, "moment"), cell("incidents", 2, happened="May 2019")),
    "no number": (("amounts", 2, "whole"), cell("amounts", 2, usd="1,000")),
    "below nothing": (("amounts", 2, "units"), cell("amounts", 2, units="-1")),
    "no kind": (("incidents", 2, "word"), cell("incidents", 2, kind="robbery")),
    "no marking": (("statements", 2, "missing"), cell("statements", 2, marking="")),
    "digits of another script": (("amounts", 2, "whole"), cell("amounts", 2, usd="1٠٠٠")),
    "units in other digits": (("amounts", 2, "units"), cell("amounts", 2, units="1٢")),
    "a group in other digits": (("actors", 2, "attack"), cell("actors", 2, attack="G٠٠٣٢")),
    "a trillion dollars": (("amounts", 2, "whole"), cell("amounts", 2, usd="1000000000000")),
    "a filler of Hangul": (("incidents", 2, "text"), cell("incidents", 2, victim="\u3164")),
    "a blank of Braille": (("incidents", 2, "text"), cell("incidents", 2, victim="a\u2800b")),
    "nothing behind a semicolon": (("actors", 2, "listed"), cell("actors", 2, aliases="Band;")),
    "a formula": (("incidents", 2, "formula"), cell("incidents", 2, victim="=1+1")),
    "a formula among names": (("actors", 2, "formula"), cell("actors", 2, aliases="@a;b")),
    "no id": (("incidents", 2, "identifier"), cell("incidents", 2, id="North 2019")),
    "no group": (("actors", 2, "attack"), cell("actors", 2, attack="Lazarus")),
    "no chain": (("seeds", 2, "chain"), cell("seeds", 2, chain="ethereum")),
    "a name twice": (("actors", 2, "listed"), cell("actors", 2, aliases="Band;Band")),
    "what cannot be seen": (("incidents", 2, "text"), cell("incidents", 2, victim="a\u202eb")),
    "attribution without source": (("statements", 2, "missing"), cell("statements", 2, source="")),
    "an id twice": (("bodies", 4, "id-twice"), ["police,Other,KR,police"]),
    "an unknown id": (("statements", 2, "id-unknown"), cell("statements", 2, body="nobody")),
    "a claim of an unknown group": (
        ("claims", 2, "id-unknown"), cell("claims", 2, actors="group;nobody"),
    ),
    "a circle": (("actors", 2, "circle"), cell("actors", 2, part_of="group")),
    "disclosed before": (
        ("incidents", 2, "date-order"), cell("incidents", 2, disclosed="2019-05-01"),
    ),
    "disclosed before, and noticed some day of the year": (
        ("incidents", 2, "date-order"), 
        cell("incidents", 2, noticed="2019", disclosed="2019-05-01"),
    ),
    "an incident after its source": (
        ("incidents", 3, "source-older"), cell("incidents", 3, source="early"),
    ),
    "an amount after its source": (
        ("amounts", 2, "source-older"), cell("amounts", 2, source="early"),
    ),
    "a seed after its source": (("seeds", 2, "source-older"), cell("seeds", 2, source="early")),
    "a payment after its source": (
        ("payments", 2, "source-older"), [PAYMENT.replace("paper", "early")],
    ),
    "a claim after its source": (
        ("claims", 2, "source-older"), cell("claims", 2, source="early"),
    ),
    "a figure after its source": (
        ("slices", 4, "source-older"), cell("slices", 4, source="early"),
    ),
    "a later claim that is earlier": (
        ("claims", 3, "date-order"),
        ["firm-later,firm,Thefts,theft,,,C,seat,2020-03-02,firm-2020,late,"],
    ),
    "said before": (("statements", 2, "date-order"), cell("statements", 2, date="2019-04")),
    "still to come": (("incidents", 3, "date-ahead"), cell("incidents", 3, disclosed="2999")),
    "an older source": (("statements", 3, "source-older"), cell("statements", 3, date="2020-04")),
    "amount without unit": (("amounts", 2, "amount-unit"), cell("amounts", 2, asset="")),
    "no amount": (("amounts", 3, "amount-empty"), cell("amounts", 3, usd="")),
    "low over high": (("amounts", 2, "amount-range"), cell("amounts", 2, usd_low="1001")),
    "high below": (("slices", 2, "amount-range"), cell("slices", 2, usd_high="1")),
    "no prices": (("amounts", 3, "amount-price"), cell("amounts", 3, priced="")),
    "no prices of a range": (
        ("amounts", 3, "amount-price"), cell("amounts", 3, usd="", usd_low="400", priced=""),
    ),
    "dollars of the whole and of a part": (
        ("amounts", 4, "amount-twice"), ["south-2020,stolen,ETH,5,500,,,as published,paper,"],
    ),
    "an asset in small letters": (
        ("amounts", 4, "amount-twice"), ["north-2019,stolen,btc,1,5,,,as published,paper,"],
    ),
    "a payment twice": (
        ("payments", 3, "payment-twice"), [PAYMENT, PAYMENT.replace(CHECKSUMMED, ADDRESS)],
    ),
    "an amount twice": (
        ("amounts", 4, "amount-twice"), ["south-2020,stolen,,,500,,,as published,paper,"],
    ),
    "a statement twice": (("statements", 4, "statement-twice"), [BASE["statements"][2]]),
    "another name": (
        ("incidents", 4, "duplicate"),
        [INCIDENT.format(id="north-again", victim="NORTH-Coin exchange", happened="2019-05-20")],
    ),
    "another name in wide letters": (
        ("incidents", 4, "duplicate"),
        [INCIDENT.format(id="north-again", victim="Ｎｏｒｔｈ Ｃｏｉｎ", happened="2019-05-20")],
    ),
    "a checksum": (
        ("seeds", 2, "address"),
        cell("seeds", 2, value="0x098b716B8Aaf21512996dC57EB0615e2383E2f96"),
    ),
    "no hash": (("seeds", 2, "address"), cell("seeds", 2, kind="transaction")),
    "a seed twice": (("seeds", 3, "seed-twice"), [BASE["seeds"][1]]),
    "a seed twice, once with its checksum": (
        ("seeds", 3, "seed-twice"), [BASE["seeds"][1].replace(ADDRESS, CHECKSUMMED)],
    ),
    "no case": (("links", 2, "link"), cell("links", 2, value="case-1")),
    "no manifest": (("links", 2, "link"), cell("links", 2, kind="trace")),
    "a link twice": (("links", 3, "link-twice"), [BASE["links"][1]]),
    "a period backwards": (("slices", 2, "date-order"), cell("slices", 2, last="2018")),
    "a period ahead of its claim": (
        ("slices", 2, "date-order"),
        cell("slices", 2, first="2020-04", last="2020-05", source="late"),
    ),
    "a figure twice": (("slices", 5, "slice-twice"), [BASE["slices"][1]]),
    "more names than it counts": (
        ("slices", 4, "slice-count"), cell("slices", 4, count="0"),
    ),
    "a name outside": (("slices", 4, "name-period"), cell("slices", 4, names="north-2019")),
    "a claim in its own place": (
        ("claims", 2, "circle"), cell("claims", 2, superseded_by="firm-2020"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_named_with_file_line_and_rule(tmp_path, name):
    (table, line, rule), change = CASES[name]
    found = faults(written(tmp_path, **{table: change}))
    assert (f"{table}.csv", line, rule) in found
    follows = {"id-unknown"} if rule == "identifier" else set()  # what named the old id
    assert {each[2] for each in found} - follows == {rule}


def test_every_rule_has_a_case():
    import inspect
    import re

    named = {
        found
        for module in {inspect.getmodule(rule) for rule in rules.RULES}
        for found in re.findall(r'fault\("([a-z-]+)"', inspect.getsource(module))
    }
    assert named == {case[0][2] for case in CASES.values() if "-" in case[0][2]} | {
        "circle", "duplicate", "address", "link",
    }  # fmt: skip


def test_what_looks_alike_and_is_not(tmp_path):
    rows = [
        INCIDENT.format(id="south-coin", victim="South Coin", happened="2019-05-20"),
        INCIDENT.format(id="north-later", victim="North Coin", happened="2019-08-20"),
    ]
    assert faults(written(tmp_path, incidents=rows)) == []


def test_two_that_look_alike_are_told_apart_by_whoever_knows(tmp_path):
    row = INCIDENT.format(id="north-again", victim="North Coin", happened="2019-05-20")
    told = row.replace(",,TLP", ",north-2019,TLP")
    assert faults(written(tmp_path / "a", incidents=[row])) == [("incidents.csv", 4, "duplicate")]
    assert faults(written(tmp_path / "b", incidents=[told])) == []


def test_a_row_of_a_whole_year_makes_no_twins_of_others(tmp_path):
    rows = [
        INCIDENT.format(id="whole-year", victim="Zed", happened="2018"),
        INCIDENT.format(id="acme-spring", victim="Acme", happened="2018-01-05"),
        INCIDENT.format(id="acme-winter", victim="Acme", happened="2018-12-20"),
    ]
    assert faults(written(tmp_path, incidents=rows)) == []


def test_the_same_amount_to_the_last_digit_is_one_incident(tmp_path):
    row = INCIDENT.format(id="other", victim="Other Name", happened="2019-05-20")
    for asset, units, found in (("BTC", "173600.0", 1), ("ETH", "173600", 0), ("BTC", "173601", 0)):
        amounts = cell("amounts", 2, units="173600")
        amounts |= {3: f"other,stolen,{asset},{units},,,,,paper,"}
        folder = written(tmp_path / f"{asset}{units}", incidents=[row], amounts=amounts)
        assert faults(folder) == [("incidents.csv", 4, "duplicate")] * found


def test_a_file_that_cannot_be_read_costs_those_that_name_its_rows_nothing(tmp_path):
    folder = written(tmp_path)
    path = folder / "incidents.csv"
    path.write_bytes(path.read_bytes().replace(b"North Coin", b"North\0Coin"))
    assert faults(folder) == [("incidents.csv", 1, "file")]
    path.write_text(path.read_text().replace("\0", " ").replace("unlike", "unlikely"))
    assert faults(folder) == [("incidents.csv", 1, "column")]


def test_a_long_chain_of_claims_is_walked_once(tmp_path):
    rows = [
        f"claim-{n},firm,Thefts,theft,,,C,seat,2020-03-01,claim-{n + 1},paper," for n in range(4000)
    ]
    last = "claim-4000,firm,Thefts,theft,,,C,seat,2020-03-01,claim-3999,paper,"
    found = faults(written(tmp_path, claims=[*rows, last]))
    assert found == [("claims.csv", 4002, "circle"), ("claims.csv", 4003, "circle")]


def test_a_seed_that_two_incidents_share_is_one_incident(tmp_path):
    row = INCIDENT.format(id="other", victim="Other Name", happened="2019-05-20")
    seed = BASE["seeds"][1].replace("north-2019", "other")
    found = faults(written(tmp_path, incidents=[row], seeds=[seed]))
    assert found == [("incidents.csv", 4, "duplicate")]


def test_a_row_with_a_fault_costs_itself_alone(tmp_path):
    rows = ["a,b", *cell("incidents", 2, id="third", victim="Third", happened="2018").values()]
    found = faults(written(tmp_path, incidents=rows))
    assert found == [("incidents.csv", 4, "row")]


def test_columns(tmp_path):
    written(tmp_path)
    (tmp_path / "places.csv").write_text("incident,role,country,source,more\n")
    (tmp_path / "actors.csv").write_text("id,name,aliases,attack\n")
    (tmp_path / "seeds.csv").write_bytes(b"")
    found = faults(tmp_path)
    assert {("places.csv", 1, "column"), ("actors.csv", 1, "column"), ("seeds.csv", 1, "file")} <= {
        *found
    }


def test_no_registry(tmp_path):
    with pytest.raises(UsageError, match=r"there is no incidents\.csv"):
        checked(tmp_path)


def test_a_folder_that_no_system_opens(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        checked(tmp_path / ("a" * 300))


def test_one_with_faults_is_not_loaded(tmp_path):
    folder = written(tmp_path, incidents=cell("incidents", 2, kind="robbery"))
    with pytest.raises(InputError, match=r"incidents\.csv, row 2: kind: 'robbery' is none of"):
        load(folder)
