"""Reading canonical JSON: the one spelling is taken, every other is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import SignatureError
from stanch.formats.signed.canonical import MAX_BYTES, MAX_DEPTH, canonical, digest, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALAR = st.none() | st.booleans() | TEXT | st.integers(-(2**53) + 1, 2**53 - 1)
VALUE = st.recursive(SCALAR, lambda of: st.lists(of) | st.dictionaries(TEXT, of), max_leaves=20)


@given(VALUE)
def test_what_is_written_is_read_back(value):
    assert parse(canonical(value)) == value


def test_a_digest_is_of_bytes_or_of_their_value():
    assert digest({"a": 1}) == digest(b'{"a":1}') != digest('{"a":1}')


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a":1,"a":1}', "twice"),
        (b'[{"x":{"a":1,"b":2,"a":3}}]', "twice"),
        (b'{"a":1,"\\u0061":1}', "twice"),
        (b'{"b":1,"a":1}', "canonical"),
        (b'{"a": 1}', "canonical"),
        (b'{"a":1}\n', "canonical"),
        (b'"\\u0041"', "canonical"),
        (b'"\\/"', "canonical"),
        (b"-0", "canonical"),
        (b"1.0", "only integers"),
        (b"1e2", "only integers"),
        (b"NaN", "only integers"),
        (b"[-Infinity]", "only integers"),
        (b"9007199254740992", "2\\*\\*53"),
        (b"9" * 100_000, "2\\*\\*53"),
        (b'"\\ud800"', "canonical"),
        (b'"\xff"', "UTF-8"),
        (b"\xef\xbb\xbf{}", "no JSON"),
        (b"", "no JSON"),
        (b"{} {}", "no JSON"),
        (b"[" * 500_000, "levels"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "levels"),
        (b'"' + b"a" * MAX_BYTES + b'"', "longer"),
    ],
)
def test_another_spelling_is_refused(data, why):
    with pytest.raises(SignatureError, match=why):
        parse(data)


def test_the_deepest_that_is_allowed_is_read():
    assert parse(b"[" * MAX_DEPTH + b"1" + b"]" * MAX_DEPTH)


@pytest.mark.parametrize("value", [1.5, 2**53, {1: 2}, {"a": b"x"}, "\udc00"])
def test_what_has_no_one_spelling_is_not_written(value):
    with pytest.raises(SignatureError, match="canonical"):
        canonical(value)


@given(st.binary(max_size=60))
def test_bytes_end_in_a_value_of_that_very_spelling_or_in_a_refusal(data):
    with suppress(SignatureError):
        assert canonical(parse(data)) == data
