"""A target bears one emergency hold that nobody concurred with, whoever's it was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import RefusedError
from stanch.model.chain import BITCOIN, BITCOIN_CASH, TRON
from stanch.model.desk.orders import OrderKind, Said, Target
from stanch.response.rules.emergency import Used, may_hold, used_up
from stanch.response.rules.lifecycle import pass_time, propose
from stanch.response.rules.standing import draft
from tests.response.rules.desk import (
    HASH,
    START,
    X,
    Y,
    Z,
    after,
    at,
    in_force,
    order,
    proposed,
    signed,
    text,
)

EMERGENCY = order(OrderKind.EMERGENCY, (X,))
TOKEN = replace(X, asset="eip155:1/erc20:0xaa")
OTHER = replace(X, asset="eip155:1/erc20:0xbb")
ADDRESS = X.account.rpartition(":")[2]
KEY = "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"  # the example of the CashAddr specification
CASH = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
TETHER = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
TETHER_HEX = "41a614f803b6fd780986a42c78ec9c7f77e6ded13c"


def test_a_lapsed_emergency_hold_is_not_renewed_by_anybody():
    lapsed, _ = pass_time(proposed(EMERGENCY), at(72))
    used = used_up([lapsed], at(72))
    assert used == (Used(X.account, over=True),)
    assert used_up([proposed(EMERGENCY)], at(72)) == used  # nobody has written it down yet
    for kind, member in ((OrderKind.EMERGENCY, "kr"), (OrderKind.EMERGENCY, "jp")):
        with pytest.raises(RefusedError, match="propose an order of kind hold"):
            may_hold(used, order(kind, (Y, X), authority=member))
    may_hold(used, order(OrderKind.EMERGENCY, (Y, Z)))
    may_hold(used, order(OrderKind.HOLD, (X,)))
    may_hold(used, order(OrderKind.ISSUER, (TOKEN,)))
    again = draft(EMERGENCY, HASH, at(73))
    with pytest.raises(RefusedError, match="had no concurrence"):
        propose(again, signed(Said.PROPOSE, "kr-1", 73), used)


def test_a_hold_that_runs_expired_early_or_was_released_is_used_up_too():
    running = proposed(EMERGENCY)
    hands = (signed(Said.RELEASE, who, 1) for who in ("kr-1", "kr-2", "jp-1"))
    released, _ = pass_time(after(running, *hands)[0], at(25))
    short, _ = pass_time(proposed(order(OrderKind.EMERGENCY, (X,), days=1)), at(24))
    assert used_up([running], at(1)) == (Used(X.account, over=False),)
    for standing in (released, short):
        assert used_up([standing], at(25)) == (Used(X.account, over=True),)


def test_an_account_that_a_running_hold_let_go_is_over():
    running = proposed(order(OrderKind.EMERGENCY, (X, Y)))
    hands = (signed(Said.RELEASE, who, 1, [X]) for who in ("kr-1", "kr-2", "jp-1"))
    partly, _ = pass_time(after(running, *hands)[0], at(25))
    assert used_up([partly], at(25)) == (Used(X.account, True), Used(Y.account, False))


def test_a_hold_with_concurrence_uses_nothing_up():
    confirmed, _ = after(proposed(EMERGENCY), signed(Said.CONCUR, "jp-1", 1))
    ended, _ = pass_time(confirmed, at(24 * 30))
    others = (in_force(), draft(EMERGENCY, HASH, START))
    assert used_up([confirmed, ended, *others], at(24 * 30)) == ()


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize(
    ("used", "new", "refused"),
    [
        (X, TOKEN, True),  # an order on the account was on each of its assets
        (TOKEN, X, True),  # an order on the account would be on that asset again
        (TOKEN, TOKEN, True),
        (TOKEN, OTHER, True),  # or one key would hold the account for ever, a token at a time
        (TOKEN, replace(TOKEN, amount=5), True),
        (X, Y, False),
        (X, replace(X, account="eip155:1:" + ADDRESS.upper()), True),
        (TOKEN, replace(TOKEN, asset="eip155:1/erc20:0xAA"), True),
    ],
)
def test_assets_of_one_account(over, used, new, refused):
    assert refuses(Used(used.account, over), new.account) is refused


@pytest.mark.parametrize(
    ("used", "new"),
    [
        (X.account, f"eip155:10:{ADDRESS}"),
        (X.account, f"eip155:999999999:{ADDRESS}"),  # a chain that nobody knows
        (f"solana:x:{ADDRESS}", X.account),
        (X.account, f"solana:x:{ADDRESS.upper()}"),
        (X.account, f"solana:x:eth-{ADDRESS}"),  # screening takes off what stands around it
        (f"{BITCOIN}:{KEY}", f"{BITCOIN_CASH}:{CASH}"),  # the same key, found under either
        (f"{BITCOIN_CASH}:{CASH}", f"{BITCOIN}:{KEY}"),
        (f"{TRON}:{TETHER}", f"solana:x:{TETHER_HEX}"),
        (f"solana:x:{TETHER_HEX}", f"{TRON}:{TETHER}"),
    ],
)
def test_an_address_is_used_up_on_every_chain_once_it_is_over(used, new):
    assert refuses(Used(used, over=True), new)
    assert not refuses(Used(used, over=False), new)  # who bridges is followed


def test_names_too_short_for_an_address_are_compared_as_they_are():
    assert refuses(Used("cosmos:hub:abc", over=True), "solana:x:ABC")
    assert not refuses(Used("cosmos:hub:abc", over=True), "solana:x:abd")


def refuses(used, account):
    try:
        may_hold((used,), order(OrderKind.EMERGENCY, (Target(account),)))
    except RefusedError:
        return True
    return False


accounts = st.builds("{}:{}".format, st.sampled_from(["eip155:1", "made:up", "made:too"]),
                     st.sampled_from("xyz"))  # fmt: skip
targets = st.builds(Target, accounts, st.sampled_from([None, "p", "q"]))
tries = st.lists(
    st.tuples(st.integers(0, 400), targets, st.integers(1, 72), st.integers(1, 20)), max_size=12
)


@given(tries)
def test_one_key_holds_a_target_once_and_for_the_hours_of_one_lapse(tries):
    """Emergency orders by one person, as many as it likes: an account is held at most 72 h, and an
    address under the names of all chains less than twice as long.
    """
    standings, hours, everywhere = [], {}, {}
    for n, (hour, target, lapses, days) in enumerate(sorted(tries, key=lambda t: t[0])):
        what = order(OrderKind.EMERGENCY, (target,), id=f"o{n}")
        rule = replace(what.rule, lapses_hours=lapses)
        what = replace(what, rule=rule, expires=text(at(hour) + timedelta(days=days)))
        said = signed(Said.PROPOSE, "kr-1", hour, order=f"o{n}")
        used = used_up(standings, at(hour))
        try:
            standing, _ = propose(draft(what, HASH, at(hour)), said, used)
        except RefusedError:
            continue
        standings.append(standing)
        held = {h for h in range(hour, hour + 160) if pass_time(standing, at(h))[0].held}
        address = target.account.rpartition(":")[2]
        hours.setdefault(target.account, set()).update(held)
        everywhere.setdefault(address, set()).update(held)
    assert all(len(held) <= 72 and max(held) - min(held) < 72 for held in hours.values())
    assert all(max(held) - min(held) < 2 * 72 for held in everywhere.values())
