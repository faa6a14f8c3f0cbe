"""The omniscient books: which units a payment takes, and that lost units are noticed."""

import pytest

from stanch.errors import InvariantError
from stanch.sources.scenario.books import Books, Money
from stanch.sources.scenario.chain import Chain, Theft, Trade
from stanch.sources.scenario.marks import DOLLAR, FEES, NATIVE
from stanch.sources.scenario.truth import check, endings

ETHER = 10**18


def purse(own: int, **stolen: int) -> Books:
    books = Books()
    books.give("desk", DOLLAR, own, {})
    for incident, units in stolen.items():
        books.give("desk", DOLLAR, units, {int(incident[1:]): units})
    return books


@pytest.mark.parametrize(
    ("amount", "of", "taken"),
    [
        (4, None, {}),  # one's own money first
        (6, None, {0: 1}),
        (4, 0, {0: 3}),  # the loot that the payer means, then one's own
        (8, 1, {1: 2, 0: 1}),  # then what else there is
        (10, 0, {0: 3, 1: 2}),
    ],
)
def test_a_payment_takes_what_the_payer_means(amount, of, taken):
    books = purse(5, i0=3, i1=2)
    assert books.take("desk", Money(DOLLAR, amount, of)) == taken
    assert books.held("desk", DOLLAR) == 10 - amount
    assert sum(books.stolen["desk", DOLLAR].values()) == 5 - sum(taken.values())


@pytest.mark.parametrize("amount", [11, -1])
def test_nobody_pays_more_than_he_holds(amount):
    with pytest.raises(InvariantError, match="holds too little"):
        purse(5, i0=3, i1=2).take("desk", Money(DOLLAR, amount))


def theft() -> Chain:
    """A theft of 10, of which 4 are swapped by way of a router and 3 go to an exchange."""
    chain = Chain(services={"exchange": "service"})
    for account in ("vault", "pool"):
        for asset in (NATIVE, DOLLAR):
            chain.endow(account, asset, 100 * ETHER)
    chain.steal(Theft("vault", "thief", Money(NATIVE, 10 * ETHER, 0)))
    chain.swap(Trade("thief", "pool", Money(NATIVE, 4 * ETHER, 0), Money(DOLLAR, 9_001), "router"))
    chain.pay("thief", "exchange", Money(NATIVE, 3 * ETHER, 0))
    return chain


def test_every_stolen_unit_ends_somewhere():
    chain = theft()
    ends = endings(chain)
    check(chain, ends)
    assert ends == {
        (0, "router", NATIVE, "converted_out"): 4 * ETHER,
        (0, "exchange", NATIVE, "service"): 3 * ETHER,
        (0, FEES, NATIVE, "fee"): 2 * chain.fee,
        (0, "thief", NATIVE, "held"): 3 * ETHER - 2 * chain.fee,
        (0, "thief", DOLLAR, "held"): 9_001,
    }
    assert chain.converted_in == {(0, DOLLAR): 9_001}


@pytest.mark.parametrize(
    ("account", "asset"), [("thief", NATIVE), ("thief", DOLLAR), ("nobody", NATIVE)]
)
def test_a_unit_too_many_is_noticed(account, asset):
    chain = theft()
    chain.books.give(account, asset, 1, {0: 1})
    with pytest.raises(InvariantError, match=r"sim-1: \d+ of .* came in but"):
        check(chain, endings(chain))


def test_units_at_the_wrong_account_are_noticed():
    chain = theft()
    chain.books.give("friend", DOLLAR, 1, chain.books.take("thief", Money(DOLLAR, 1, 0)))
    with pytest.raises(InvariantError, match="by the journal"):
        check(chain, endings(chain))
