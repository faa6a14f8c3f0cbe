"""Canonical JSON: RFC 8785's own examples, and what it refuses."""

import hashlib
import json
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model.desk.canonical import MAX_DEPTH, canonical, digest

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALAR = st.none() | st.booleans() | TEXT | st.integers(-(2**53) + 1, 2**53 - 1)
VALUE = st.recursive(SCALAR, lambda of: st.lists(of) | st.dictionaries(TEXT, of), max_leaves=20)


class Word(StrEnum):
    HOLD = "hold"


def test_the_order_of_keys_is_that_of_rfc_8785():
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]  # section 3.2.3
    named = json.loads(canonical(dict.fromkeys(keys, 1)))
    assert list(named) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_text_is_escaped_as_little_as_may_be():
    said = canonical({"string": '\u20ac$\u000f\u000aA\'\u0042"\\\\"/'})  # section 3.2.2
    assert said == '{"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()


def test_a_word_is_its_text_and_a_tuple_is_a_list():
    assert canonical({"kind": Word.HOLD, "of": (1, True, None)}) == (
        b'{"kind":"hold","of":[1,true,null]}'
    )


@given(VALUE)
def test_what_is_read_back_is_the_same_and_is_spelled_the_same(value):
    read = json.loads(canonical(value))
    assert read == value
    assert canonical(read) == canonical(value)


@given(st.dictionaries(TEXT, SCALAR))
def test_the_order_in_which_it_was_made_does_not_count(value):
    assert digest(dict(reversed(value.items()))) == digest(value)


def test_a_digest_names_its_hash():
    assert digest({}) == "sha256:" + hashlib.sha256(b"{}").hexdigest()


DEEP: list = []
for _ in range(MAX_DEPTH):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.0, "float"),
        ({"a": [float("nan")]}, "float"),
        (2**53, "2\\*\\*53"),
        ([-(2**53)], "2\\*\\*53"),
        ({1: 2}, "key"),
        (b"x", "bytes"),
        ({"a", "b"}, "set"),
        ("\ud800", "codepoints"),
        ({"\udfff": 1}, "surrogates"),
        (DEEP, "levels"),
    ],
)
def test_what_readers_would_disagree_on_is_refused(value, why):
    with pytest.raises(ValueError, match=why):
        canonical(value)


def test_a_value_in_a_circle_is_refused():
    circle: list = []
    circle.append(circle)
    with pytest.raises(ValueError, match="levels"):
        canonical(circle)
