"""Points as libsecp256k1 multiplies them, beside the curve's equation in plain integers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.sharing.common import group
from tests.reference import secp256k1 as plain

SCALARS = st.integers(1, group.ORDER - 1).map(lambda number: number.to_bytes(32, "big"))


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_an_item_is_hashed_to_the_point_that_the_equation_says(item):
    assert group.hashed(item) == plain.hashed(item)


@given(st.text(max_size=10), SCALARS)
@settings(max_examples=25, deadline=None)
def test_a_point_is_multiplied_as_the_equation_says(item, scalar):
    point = group.hashed(item)
    expected = plain.times(plain.decoded(point), int.from_bytes(scalar, "big"))
    assert group.multiplied(point, scalar) == plain.encoded(expected)


@given(SCALARS, SCALARS)
@settings(max_examples=25, deadline=None)
def test_keys_commute_and_can_be_undone(one, other):
    points = group.hashed_all(["a", "b", "c"])
    both = group.multiplied(group.multiplied(points, one), other)
    assert both == group.multiplied(group.multiplied(points, other), one)
    assert group.multiplied(both, group.inverse(one)) == group.multiplied(points, other)


def test_many_points_come_back_in_their_order():
    items = [f"item {at}" for at in range(4500)]  # more than two threads take at once
    points = group.hashed_all(items)
    assert points == b"".join(map(group.hashed, items))
    seen = []
    again = group.multiplied(points, (1).to_bytes(32, "big"), seen.append)
    assert again == points
    assert seen == [2000, 4000, 4500]


def test_keys_are_new_each_time_and_below_the_order():
    keys = {group.new_scalar() for _ in range(50)}
    assert len(keys) == 50
    assert all(0 < int.from_bytes(each, "big") < plain.ORDER for each in keys)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (b"\x02" + b"\xff" * 32, "point 2 is not on the curve"),  # x is p or more
        (b"\x02" + (5).to_bytes(32, "big"), "point 2 is not on the curve"),  # 5**3 + 7: no square
        (b"\x04" + b"\x01" * 32, "point 2 is not in compressed form"),
        (b"\x06" + b"\x01" * 32, "point 2 is not in compressed form"),
        (b"\x00" * 33, "point 2 is not in compressed form"),
        (b"\x02" * 32, "65 bytes are no row of points"),
    ],
)
def test_what_is_no_point_is_refused(points, reason):
    with pytest.raises(ValueError, match=reason):
        group.multiplied(group.hashed("a") + points, group.new_scalar())
