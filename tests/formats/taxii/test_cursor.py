"""A cursor says nothing, and serves for nothing but what it was made for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.formats.taxii.cursor import context, key_of, place_of, seal
from stanch.formats.taxii.filters import EVERYTHING, Filters

KEY = key_of(b"a" * 32)
PLACE = "2026-11-26T12:00:00.000120Z"
BOUND = context("collection", "mem-us", EVERYTHING, "objects")


def test_it_leads_back_and_is_the_same_each_time():
    cursor = seal(KEY, PLACE, BOUND)
    assert place_of(KEY, cursor, BOUND) == PLACE
    assert seal(KEY, PLACE, BOUND) == cursor
    assert "2026" not in cursor
    assert place_of(KEY, cursor, context("collection", "mem-us", Filters(limit=5), "objects"))


@pytest.mark.parametrize(
    "other",
    [
        context("another", "mem-us", EVERYTHING, "objects"),
        context("collection", "mem-jp", EVERYTHING, "objects"),
        context("collection", "mem-us", EVERYTHING, "manifest"),
        context("collection", "mem-us", Filters(types=("url",)), "objects"),
        context("collection", "mem-us", Filters(after=PLACE), "objects"),
        context("collection", "mem-us", Filters(versions=("all",)), "objects"),
    ],
)
def test_it_serves_for_nothing_else(other):
    with pytest.raises(ValueError, match="next is none"):
        place_of(KEY, seal(KEY, PLACE, BOUND), other)


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_what_somebody_makes_up_is_refused(text):
    with pytest.raises(ValueError, match="next is none"):
        place_of(KEY, text, BOUND)


def test_another_desk_has_another_key():
    with pytest.raises(ValueError, match="next is none"):
        place_of(key_of(b"b" * 32), seal(KEY, PLACE, BOUND), BOUND)
