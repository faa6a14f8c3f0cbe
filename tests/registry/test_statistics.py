"""Counts: every incident of the scope in its cells, and every sum made of its rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from stanch.app.registry.look import listed_in
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import AmountKind, Bar, By, Valuation
from stanch.registry.registry import load
from stanch.registry.scope import Scope, worth
from stanch.registry.statistics import statistics
from tests.registry.tables import cell, written

ALWAYS = (Moment.parse("2000"), Moment.parse("2999"))


@pytest.fixture(scope="module")
def shipped():
    return load()


@given(some.lists(some.sampled_from(By), max_size=2, unique=True), some.sampled_from(Bar))
@settings(deadline=None, max_examples=40)
def test_every_number_is_the_sum_of_its_rows(shipped, by, bar):
    found = statistics(shipped, Scope(bar=bar), tuple(by), ALWAYS)
    for each in [*found.cells, found.whole]:
        values = [worth(shipped.incidents[id], Valuation.THEN) for id in each.incidents]
        assert each.stolen == sum(filter(None, values))
        assert len(each.unvalued) == values.count(None)
    inside = set(found.whole.incidents)
    assert {id for each in found.cells for id in each.incidents} == inside
    assert len(inside) + sum(found.left_out.values()) == len(shipped.incidents)


def test_by_quarter_country_actor_technique_and_chain(tmp_path):
    amounts = [
        "north-2019,frozen,,,70,,,as told,paper,",
        "north-2019,recovered,,,30,,,as told,paper,",
        "south-2020,moved,,,600,,,as told,paper,",
    ]
    folder = written(
        tmp_path, amounts=amounts, incidents=cell("incidents", 3, technique="phishing")
    )
    registry = load(folder)

    def keys(by):
        found = statistics(registry, Scope(), (by,), ALWAYS)
        return {
            each.key[0]: (each.stolen, each.moved, each.frozen, each.recovered)
            for each in found.cells
        }

    north, south = (1000, 0, 70, 30), (500, 600, 0, 0)
    assert keys(By.QUARTER) == {"2019-Q2": north, "2020-Q1": south}
    assert keys(By.COUNTRY) == {"KR": north, "": south}
    assert keys(By.ACTOR) == {"group": north, "": south}
    assert keys(By.TECHNIQUE) == {"": north, "phishing": south}
    assert keys(By.CHAIN) == {"eip155:1": north, "": south}


def test_days_are_counted_where_both_are_known_by_the_day(tmp_path):
    registry = load(written(tmp_path))
    found = statistics(registry, Scope(), (), ALWAYS).whole
    assert (found.noticed, found.disclosed) == ((), (2,))


def test_a_year_alone_is_in_no_quarter(tmp_path):
    registry = load(written(tmp_path, incidents=cell("incidents", 3, happened="2020")))
    found = statistics(registry, Scope(), (By.QUARTER,), ALWAYS)
    assert [each.key for each in found.cells] == [("",), ("2019-Q2",)]


def test_a_group_that_is_named_with_its_larger_group_counts_once(tmp_path):
    registry = load(
        written(
            tmp_path,
            actors=["band,Band,,,group"],
            statements=["north-2019,firm,attributes,band,2019-07,,paper,TLP:CLEAR,"],
        )
    )
    found = statistics(registry, Scope(), (By.ACTOR,), ALWAYS)
    assert {each.key[0] for each in found.cells} == {"", "band"}


def test_nor_do_groups_above_that_one(tmp_path):
    """A cell of a band of a group: where all three are named, the cell alone counts."""
    registry = load(
        written(
            tmp_path,
            actors=["band,Band,,,group", "cell,Cell,,,band"],
            statements=["north-2019,firm,attributes,cell,2019-07,,paper,TLP:CLEAR,"],
        )
    )
    found = statistics(registry, Scope(), (By.ACTOR,), ALWAYS)
    assert {each.key[0] for each in found.cells} == {"", "cell"}


@pytest.mark.parametrize(
    ("rows", "usd", "partly"),
    [
        (["stolen,ETH,5,,"], 1000, True),
        (["stolen,ETH,5,70,"], 1070, False),
        (["stolen,ETH,,,90"], 1000, True),  # at least nothing: a range is no figure
        (["paid,ETH,5,,"], 1000, True),
        (["frozen,ETH,5,,"], 1000, False),  # what is no loss
    ],
)
def test_dollars_of_a_part_are_marked(tmp_path, rows, usd, partly):
    amounts = []
    for row in rows:
        what, asset, units, value, high = row.split(",")
        priced = "as published" if value or high else ""
        amounts.append(f"north-2019,{what},{asset},{units},{value},,{high},{priced},paper,")
    registry = load(written(tmp_path, amounts=amounts))
    found = statistics(registry, Scope(), (By.YEAR,), ALWAYS)
    (cell,) = (each for each in found.cells if each.key == ("2019",))
    assert (cell.stolen, cell.partial) == (usd, ("north-2019",) if partly else ())
    assert found.whole.partial == cell.partial
    listed = {each["incident"]: each["partial"] for each in listed_in(registry)}
    assert listed == {"north-2019": partly, "south-2020": False}


def test_dollars_of_all_that_was_taken_are_no_part(tmp_path):
    """A row that names no asset values the whole, whatever stands beside it in units."""
    registry = load(written(tmp_path, amounts=["south-2020,stolen,ETH,5,,,,,paper,"]))
    assert statistics(registry, Scope(), (), ALWAYS).whole.partial == ()


@pytest.mark.parametrize("kind", ["moved", "frozen", "recovered"])
@pytest.mark.parametrize(
    ("rows", "usd", "lacking"),
    [
        (["ETH,5,,"], 0, "unvalued"),
        ([",,,90"], 0, "unvalued"),  # a range alone
        (["ETH,5,,", "USDT,,70,"], 70, "partial"),
        (["ETH,5,,", ",,70,"], 70, ""),  # of all that was, whatever stands beside it in units
        (["ETH,5,70,"], 70, ""),
        ([",,0,"], 0, ""),  # nothing, and a source says so
    ],
)
def test_what_came_of_the_money_without_a_figure_is_told(tmp_path, kind, rows, usd, lacking):
    amounts = []
    for row in rows:
        asset, units, value, high = row.split(",")
        priced = "as published" if value or high else ""
        amounts.append(f"north-2019,{kind},{asset},{units},{value},,{high},{priced},paper,")
    registry = load(written(tmp_path, amounts=amounts))
    whole = statistics(registry, Scope(), (), ALWAYS).whole
    had = whole.having[AmountKind(kind)]
    assert getattr(whole, kind) == usd
    assert had.rows == (("north-2019",) if usd else ())
    assert had.unvalued == (("north-2019",) if lacking == "unvalued" else ())
    assert had.partial == (("north-2019",) if lacking == "partial" else ())
    assert whole.partial == ()


@pytest.mark.parametrize(
    ("valuation", "usd"), [("then", 70), ("low", 60), ("high", 90), ("publication", 0)]
)
@pytest.mark.parametrize("kind", ["moved", "frozen", "recovered"])
def test_all_sums_are_in_the_dollars_that_are_chosen(tmp_path, kind, valuation, usd):
    registry = load(written(tmp_path, amounts=[f"north-2019,{kind},,,70,60,90,as told,paper,"]))
    whole = statistics(registry, Scope(valuation=Valuation(valuation)), (), ALWAYS).whole
    assert getattr(whole, kind) == usd
    had = whole.having[AmountKind(kind)]
    assert (had.rows, had.unvalued)[usd == 0] == ("north-2019",)
