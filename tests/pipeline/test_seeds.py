"""What a seed means, on ledgers whose answer can be checked by eye."""

import pytest

from stanch.errors import InputError
from tests.pipeline.cases import CONSERVING, USDC, pay, swap, trace

EVERY = pytest.mark.parametrize("method", CONSERVING)

HEIST = [
    pay(1, "victim", "thief", 100, tx="0xheist"),
    pay(2, "thief", "mule", 60),
    pay(3, "mule", "till", 60),
]


@EVERY
def test_an_account_receives_what_is_stolen(tmp_path, method):
    answer = trace(tmp_path, HEIST, ["thief"], method)
    assert answer.ends == {("thief", "ETH", "held"): 40, ("till", "ETH", "held"): 60}
    assert answer.books() == {("1", "ETH"): (100, 0)}
    assert answer.flows[0] == ("victim", "thief", 0, 100, "seed")


@EVERY
def test_a_transaction_dates_the_seed(tmp_path, method):
    rows = [pay(0, "boss", "thief", 50), *HEIST, pay(4, "friend", "thief", 7)]
    answer = trace(tmp_path, rows, ["thief,0xHEIST"], method)
    assert answer.books() == {("1", "ETH"): (107, 0)}  # not the 50 of before
    assert trace(tmp_path / "whole", rows, ["thief"], method).books() == {("1", "ETH"): (157, 0)}


@EVERY
def test_a_time_dates_the_seed(tmp_path, method):
    answer = trace(tmp_path, [pay(0, "boss", "thief", 50), *HEIST], ["thief,,1"], method)
    assert answer.books() == {("1", "ETH"): (100, 0)}


@EVERY
def test_an_amount_is_taken_from_what_is_held_and_then_from_what_comes(tmp_path, method):
    rows = [
        pay(1, "boss", "thief", 30),
        pay(5, "victim", "thief", 50),
        pay(6, "victim", "thief", 50),
        pay(7, "thief", "till", 130),
    ]
    answer = trace(tmp_path, rows, ["thief,,2,,70"], method)
    assert answer.books() == {("1", "ETH"): (70, 0)}
    assert answer.ends == {("till", "ETH", "held"): 70}
    assert [flow[2:4] for flow in answer.flows] == [(0, 40), (70, 0)]


@EVERY
def test_less_than_what_is_held(tmp_path, method):
    rows = [pay(1, "boss", "thief", 30), pay(5, "thief", "till", 30)]
    answer = trace(tmp_path, rows, ["thief,,2,,10"], method)
    assert answer.ends == {("till", "ETH", "held"): 10}


@EVERY
def test_a_seed_that_begins_after_the_last_row_holds_what_it_holds(tmp_path, method):
    answer = trace(tmp_path, HEIST, ["till,,100,,25"], method)
    assert answer.ends == {("till", "ETH", "held"): 25}
    line = answer.accounts["till", "ETH"]
    assert (line["held"], line["hop"], line["first_time"], line["last_time"]) == ("25", "0", "", "")


@EVERY
def test_a_seed_that_only_receives_is_listed(tmp_path, method):
    line = trace(tmp_path, HEIST[:1], ["thief"], method).accounts["thief", "ETH"]
    assert (line["held"], line["traced_in"], line["hop"]) == ("100", "0", "0")


@EVERY
def test_what_a_seed_pays_beyond_its_balance_is_stolen(tmp_path, method):
    answer = trace(tmp_path, HEIST[1:], ["thief"], method)
    assert answer.books() == {("1", "ETH"): (60, 0)}
    assert answer.ends == {("till", "ETH", "held"): 60}


@EVERY
def test_but_not_what_it_paid_beyond_its_balance_before(tmp_path, method):
    rows = [pay(0, "thief", "baker", 9), pay(1, "friend", "thief", 4), *HEIST]
    answer = trace(tmp_path, [*rows, pay(4, "thief", "till", 64)], ["thief,0xheist"], method)
    assert answer.books() == {("1", "ETH"): (120, 0)}  # holds 104, pays 60 and 64: 20 unseen
    assert not any(account == "baker" for account, _ in answer.accounts)


@EVERY
def test_seeds_that_pay_each_other_count_once(tmp_path, method):
    rows = [*HEIST[:1], pay(2, "thief", "second", 100), pay(3, "second", "thief", 100)]
    answer = trace(tmp_path, rows, ["thief", "second"], method)
    assert answer.books() == {("1", "ETH"): (100, 0)}
    assert answer.ends == {("thief", "ETH", "held"): 100}


@EVERY
def test_the_same_seed_twice_counts_once(tmp_path, method):
    assert trace(tmp_path, HEIST, ["thief", "thief"], method).books() == {("1", "ETH"): (100, 0)}


@EVERY
def test_incidents_keep_their_shares_apart(tmp_path, method):
    rows = [
        pay(1, "v1", "t1", 30),
        pay(2, "v2", "t2", 10),
        pay(3, "t1", "pot", 30),
        pay(4, "t2", "pot", 10),
        pay(5, "pot", "till", 40),
    ]
    answer = trace(tmp_path, rows, ["t1,,,,,old", "t2,,,,,new"], method)
    assert answer.by_incident == {
        ("old", "till", "ETH", "held"): 30,
        ("new", "till", "ETH", "held"): 10,
    }


@EVERY
def test_one_incident_that_pays_the_seed_of_another_stays_its_own(tmp_path, method):
    rows = [pay(1, "v1", "t1", 30), pay(2, "t1", "t2", 30), pay(3, "t2", "till", 30)]
    answer = trace(tmp_path, rows, ["t1,,,,,old", "t2,,,,,new"], method)
    assert answer.by_incident == {("old", "till", "ETH", "held"): 30}


@EVERY
def test_a_seed_without_an_asset_means_every_asset(tmp_path, method):
    rows = [*HEIST, pay(4, "victim", "thief", 9, USDC), pay(5, "thief", "till", 9, USDC)]
    answer = trace(tmp_path, rows, ["thief"], method)
    assert answer.ends["till", "USDC", "held"] == 9
    one = trace(tmp_path / "one", rows, [f"thief,,,{USDC}"], method)
    assert one.ends == {("till", "USDC", "held"): 9}
    assert trace(tmp_path / "two", rows, ["thief,,,ETH"], method).books() == {
        ("1", "ETH"): (100, 0)
    }


def test_an_amount_needs_an_asset_where_there_are_several(tmp_path):
    rows = [*HEIST, pay(4, "victim", "thief", 9, USDC)]
    with pytest.raises(InputError, match="an amount needs its asset, one of "):
        trace(tmp_path, rows, ["thief,,,,5"])


@pytest.mark.parametrize(
    ("seed", "says"),
    [
        ("nobody", "is not in the ledger"),
        ("thief,0xother", "takes no part in transaction 0xother"),
        ("thief,,,BTC", "asset BTC is not in the ledger"),
        (f"till,,,{USDC}", "never held"),
        ("thief,,yesterday", "is no ISO 8601 time"),
        ("thief,,,ETH,1.5", "is no positive integer"),
        ("thief,,,ETH,0", "is no positive integer"),
        ("thief,a,b,c,d,e,f", "more than the 6 parts"),
    ],
)
def test_a_seed_that_cannot_be_found(tmp_path, seed, says):
    rows = [*HEIST, pay(4, "victim", "thief", 9, USDC)]
    with pytest.raises(InputError, match=says):
        trace(tmp_path, rows, [seed])


@EVERY
def test_a_theft_that_is_a_swap_is_a_theft(tmp_path, method):
    """An exploit: one unit of bait goes in, the pool's reserve comes out."""
    rows = [
        pay(1, "boss", "thief", 1),
        *swap(2, ("thief", "pool", 1, "eip155:1/slip44:60"), ("pool", "thief", 500, USDC)),
        pay(3, "thief", "till", 500, USDC),
    ]
    for seed in ("thief,swap2", "thief,,2"):
        answer = trace(tmp_path / seed, rows, [seed], method)
        assert answer.books() == {("1", "USDC"): (500, 0)}
        assert answer.ends == {("till", "USDC", "held"): 500}


@EVERY
def test_a_seed_counts_for_the_whole_of_its_first_swap(tmp_path, method):
    """The account takes part from the second row of the transaction on."""
    legs = [
        ("user", "router", 5, "eip155:1/slip44:60"),
        ("router", "thief", 5, "eip155:1/slip44:60"),
        ("pool", "user", 9, USDC),
    ]
    answer = trace(tmp_path, swap(2, *legs), ["thief,swap2"], method)
    assert answer.ends == {("thief", "ETH", "held"): 5}


@EVERY
def test_stolen_money_that_a_seed_exchanges_is_not_stolen_twice(tmp_path, method):
    rows = [
        *HEIST[:1],
        *swap(2, ("thief", "pool", 100, "eip155:1/slip44:60"), ("pool", "thief", 500, USDC)),
    ]
    answer = trace(tmp_path, rows, ["thief"], method)
    assert answer.books() == {("1", "ETH"): (100, 0), ("1", "USDC"): (0, 500)}
    assert answer.ends == {
        ("pool", "ETH", "converted_out"): 100,
        ("thief", "USDC", "held"): 500,
    }
