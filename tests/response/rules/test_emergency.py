"""A target bears one emergency hold that nobody concurred with, whoever's it was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import RefusedError
from stanch.model.desk.orders import OrderKind, Said, Target
from stanch.response.rules.emergency import may_hold, used_up
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


def test_a_lapsed_emergency_hold_is_not_renewed_by_anybody():
    lapsed, _ = pass_time(proposed(EMERGENCY), at(72))
    used = used_up([lapsed])
    assert used == (X,)
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
    for standing in (running, released, short):
        assert used_up([standing]) == (X,)


def test_a_hold_with_concurrence_uses_nothing_up():
    confirmed, _ = after(proposed(EMERGENCY), signed(Said.CONCUR, "jp-1", 1))
    ended, _ = pass_time(confirmed, at(24 * 30))
    assert used_up([confirmed, ended, in_force(), draft(EMERGENCY, HASH, START)]) == ()


@pytest.mark.parametrize(
    ("used", "new", "refused"),
    [
        (X, TOKEN, True),  # an order on the account was on each of its assets
        (TOKEN, X, True),  # an order on the account would be on that asset again
        (TOKEN, TOKEN, True),
        (TOKEN, OTHER, True),  # or one key would hold the account for ever, a token at a time
        (TOKEN, replace(TOKEN, amount=5), True),
        (X, Y, False),
        (X, replace(X, account=X.account.upper()), True),
        (TOKEN, replace(TOKEN, asset="eip155:1/erc20:0xAA"), True),
    ],
)
def test_assets_of_one_account(used, new, refused):
    if not refused:
        may_hold((used,), order(OrderKind.EMERGENCY, (new,)))
        return
    with pytest.raises(RefusedError):
        may_hold((used,), order(OrderKind.EMERGENCY, (new,)))


targets = st.builds(Target, st.sampled_from("xyz"), st.sampled_from([None, "p", "q"]))
tries = st.lists(
    st.tuples(st.integers(0, 400), targets, st.integers(1, 72), st.integers(1, 20)), max_size=12
)


@given(tries)
def test_one_key_holds_a_target_once_and_for_the_hours_of_one_lapse(tries):
    """Emergency orders by one person, as many as it likes: an account is held at most 72 h."""
    standings, hours = [], {}
    for n, (hour, target, lapses, days) in enumerate(sorted(tries, key=lambda t: t[0])):
        what = order(OrderKind.EMERGENCY, (target,), id=f"o{n}")
        rule = replace(what.rule, lapses_hours=lapses)
        what = replace(what, rule=rule, expires=text(at(hour) + timedelta(days=days)))
        said = signed(Said.PROPOSE, "kr-1", hour, order=f"o{n}")
        try:
            standing, _ = propose(draft(what, HASH, at(hour)), said, used_up(standings))
        except RefusedError:
            continue
        standings.append(standing)
        held = hours.setdefault(target.account, set())
        held.update(h for h in range(hour, hour + 500) if pass_time(standing, at(h))[0].held)
    assert all(len(held) <= 72 and max(held) - min(held) < 72 for held in hours.values())
