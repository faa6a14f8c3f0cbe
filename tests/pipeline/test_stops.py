"""Where a trace ends, and what it leaves open."""

import json
from datetime import UTC, datetime

import pytest

from stanch.app.trace import TraceCommand, run_trace
from stanch.model.kinds import CATEGORIES, METHODS
from stanch.tracing.stops import FATE_BY_CATEGORY
from tests.ledger.tiny import CHAIN, Rows, build_at
from tests.pipeline.cases import CONSERVING, ETH, USDC, Reach, address, pay, swap, trace

EVERY = pytest.mark.parametrize("method", CONSERVING)
HEIST = [pay(1, "victim", "thief", 100)]
ON = [*HEIST, pay(2, "thief", "desk", 100), pay(3, "desk", "till", 100)]


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_has_its_fate(tmp_path, category):
    fate = FATE_BY_CATEGORY.get(category)
    want = {("desk", "ETH", fate): 100} if fate else {("till", "ETH", "held"): 100}
    for method in CONSERVING:
        place = tmp_path / method
        assert trace(place, ON, ["thief"], method, labels={"desk": category}).ends == want


def test_the_categories_that_stop():
    passing = {c for c in CATEGORIES if c not in FATE_BY_CATEGORY}
    assert passing == {"deposit", "token", "none"}
    assert FATE_BY_CATEGORY["mixer"] == "mixer"
    assert FATE_BY_CATEGORY["bridge"] == "bridge_unmatched"


@EVERY
def test_a_deposit_address_passes_on_to_its_exchange(tmp_path, method):
    labels = {"desk": "deposit", "till": "exchange"}
    assert trace(tmp_path, ON, ["thief"], method, labels=labels).ends == {
        ("till", "ETH", "service"): 100
    }


@EVERY
def test_what_nobody_can_hold_is_burned(tmp_path, method):
    null, dead = "0x" + "0" * 40, "0x" + "0" * 36 + "dead"
    rows = [*HEIST, pay(2, "thief", null, 60), pay(3, "thief", dead, 40), pay(4, null, "a", 60)]
    ends = trace(tmp_path, rows, ["thief"], method).ends
    assert {(fate, amount) for (_, _, fate), amount in ends.items()} == {
        ("burned", 60),
        ("burned", 40),
    }


@EVERY
def test_fees_are_a_fate(tmp_path, method):
    rows = [*HEIST, pay(2, "thief", "fees", 3, kind="fee", tx="x"), pay(2, "thief", "a", 97)]
    assert trace(tmp_path, rows, ["thief"], method).ends == {
        ("fees", "ETH", "fee"): 3,
        ("a", "ETH", "held"): 97,
    }


@EVERY
def test_a_seed_with_a_label_is_no_stop(tmp_path, method):
    answer = trace(tmp_path, ON, ["desk"], method, labels={"desk": "exchange"})
    assert answer.ends == {("till", "ETH", "held"): 100}


@EVERY
def test_a_suspect_stops_only_on_request(tmp_path, method):
    assert trace(tmp_path / "a", ON, ["thief"], method).ends == {("till", "ETH", "held"): 100}
    answer = trace(tmp_path / "b", ON, ["thief"], method, suspects=["desk"])
    assert answer.ends == {("desk", "ETH", "service"): 100}


@EVERY
def test_money_does_not_come_back_out_of_a_stop(tmp_path, method):
    rows = [*ON, pay(4, "till", "thief", 30)]
    answer = trace(tmp_path, rows, ["thief,,1,,100"], method, labels={"desk": "mixer"})
    assert answer.ends == {("desk", "ETH", "mixer"): 100}


@EVERY
def test_hops(tmp_path, method):
    for hops, want in ((1, "desk"), (2, "till")):
        answer = trace(tmp_path / str(hops), ON, ["thief"], method, reach=Reach(hops=hops))
        assert answer.ends == {(want, "ETH", "stopped"): 100}
    answer = trace(tmp_path / "3", ON, ["thief"], method, reach=Reach(hops=3))
    assert answer.ends == {("till", "ETH", "held"): 100}


@EVERY
def test_hops_are_the_fewest_of_an_account(tmp_path, method):
    rows = [*HEIST, pay(2, "thief", "a", 100), pay(3, "a", "thief", 40), pay(4, "thief", "b", 40)]
    answer = trace(tmp_path, rows, ["thief,,1,,100"], method, reach=Reach(hops=2))
    assert answer.ends == {("a", "ETH", "held"): 60, ("b", "ETH", "held"): 40}


@EVERY
def test_until(tmp_path, method):
    until = datetime.fromtimestamp(2, UTC)
    answer = trace(tmp_path, ON, ["thief"], method, reach=Reach(until=until))
    assert answer.ends == {("desk", "ETH", "held"): 100}
    before = datetime.fromtimestamp(0, UTC)
    assert trace(tmp_path / "no", ON, ["thief"], method, reach=Reach(until=before)).ends == {}


@EVERY
def test_least_amount(tmp_path, method):
    rows = [*HEIST, pay(2, "thief", "a", 9), pay(3, "thief", "b", 91), pay(4, "a", "c", 9)]
    answer = trace(tmp_path, rows, ["thief"], method, reach=Reach(least="10"))
    assert answer.ends == {("a", "ETH", "stopped"): 9, ("b", "ETH", "held"): 91}


@EVERY
def test_limits_hold_for_what_a_swap_brought(tmp_path, method):
    rows = [
        *HEIST,
        pay(2, "thief", "mule", 100),
        *swap(3, ("mule", "pool", 100, ETH), ("pool", "mule", 500, USDC)),
        pay(4, "mule", "a", 500, USDC),
        pay(5, "a", "b", 500, USDC),
    ]
    answer = trace(tmp_path, rows, ["thief"], method, reach=Reach(hops=2))
    assert answer.ends == {("pool", "ETH", "converted_out"): 100, ("a", "USDC", "stopped"): 500}


SHORT = [
    pay(1, "victim", "thief", 100),
    pay(2, "thief", "mule", 100),
    pay(3, "mule", "a", 100),
    pay(4, "mule", "b", 100),
]


@pytest.mark.parametrize("method", METHODS)
def test_an_account_that_paid_more_than_it_got(tmp_path, method):
    answer = trace(tmp_path, SHORT, ["thief"], method)
    exempt = method in ("poison@1", "affinity@1")
    assert exempt or sum(answer.ends.values()) == 100
    low, high = answer.bounds["a", "ETH", "held"]
    if method in ("haircut@1", "fifo@1"):
        assert (low, high) == ({"haircut@1": 50, "fifo@1": 0}[method], 100)
    elif method == "lifo@1":
        assert answer.ends == {("a", "ETH", "held"): 100}
        assert low == high == 100


@EVERY
def test_bounds_speak_of_assets_that_only_one_reading_reaches(tmp_path, method):
    """What is swapped is clean or stolen, depending on when the unseen money came."""
    rows = [
        *SHORT[:2],
        *swap(3, ("mule", "pool", 100, ETH), ("pool", "mule", 500, USDC)),
        pay(4, "mule", "b", 100),
    ]
    answer = trace(tmp_path, rows, ["thief"], method)
    for low, high in answer.bounds.values():
        assert low <= high
    held = answer.bounds.get(("mule", "USDC", "held"))
    assert held == {"haircut@1": (250, 500), "fifo@1": (0, 500), "lifo@1": (500, 500)}[method]


def test_the_manifest_says_who_had_earlier_money(tmp_path):
    build_at(tmp_path / "ledger", Rows(SHORT))
    out = tmp_path / "out"
    run_trace(TraceCommand(tmp_path / "ledger", (), (address("thief"),), "fifo@1", out))
    told = json.loads((out / "manifest.json").read_text())
    assert told["opening_balances"] == [
        {"account": f"{CHAIN}:{address('mule')}", "asset": ETH, "at_least": "100"}
    ]
    assert "opening_balances" in {notice["code"] for notice in told["notices"]}
    assert told["incidents"][0]["assets"] == [
        {"asset": ETH, "stolen": "100", "converted_in": "0", "sum_of_fates": "100"}
    ]
