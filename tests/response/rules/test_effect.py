"""A desk's order binds nobody by itself: each country says what it is there."""

import pytest

from stanch.errors import RefusedError
from stanch.model.desk.states import Effect, OrderState
from stanch.response.rules.effect import change, lift, request

FORCE = OrderState.IN_FORCE
ASKED = request({}, ["KR", "JP"])


def test_an_order_is_requested_once_in_each_country():
    assert ASKED == {"JP": Effect.REQUESTED, "KR": Effect.REQUESTED}
    binding = change(ASKED, "KR", Effect.BINDING, "2026-1", FORCE)
    assert request(binding, ["KR", "US"]) == binding | {"US": Effect.REQUESTED}


def test_voluntary_then_binding_then_lifted_for_good():
    effects = change(ASKED, "JP", Effect.VOLUNTARY, "", FORCE)
    effects = change(effects, "JP", Effect.BINDING, "2026-2", FORCE)
    effects = change(effects, "JP", Effect.LIFTED, "", FORCE)
    assert effects == {"JP": Effect.LIFTED, "KR": Effect.REQUESTED}
    with pytest.raises(RefusedError, match="lifted cannot become"):
        change(effects, "JP", Effect.REQUESTED, "", FORCE)


def test_a_refusal_may_be_asked_again():
    effects = change(ASKED, "JP", Effect.REFUSED, "letter 3", FORCE)
    assert change(effects, "JP", Effect.REQUESTED, "", FORCE) == ASKED


@pytest.mark.parametrize(
    ("country", "to", "reference", "state", "reason"),
    [
        ("US", Effect.BINDING, "2026-1", FORCE, "none cannot become binding"),
        ("KR", Effect.LIFTED, "2026-1", FORCE, "requested cannot become lifted"),
        ("KR", Effect.BINDING, " ", FORCE, "needs a reference"),
        ("KR", Effect.REFUSED, "", FORCE, "needs a reference"),
        ("KR", Effect.BINDING, "2026-1", OrderState.RELEASED, "the order is released"),
        ("KR", Effect.VOLUNTARY, "", OrderState.PROPOSED, "the order is proposed"),
    ],
)
def test_changes_that_may_not_be(country, to, reference, state, reason):
    with pytest.raises(RefusedError, match=reason):
        change(ASKED, country, to, reference, state)


def test_what_had_force_is_lifted_when_the_order_ends():
    effects = change(ASKED, "KR", Effect.BINDING, "2026-1", FORCE)
    for over in (OrderState.RELEASED, OrderState.EXPIRED):
        assert lift(effects, over) == {"JP": Effect.REQUESTED, "KR": Effect.LIFTED}
    with pytest.raises(RefusedError, match="stays"):
        lift(effects, FORCE)
