"""Entries as lines of JSON."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model.entry_json import decode, encode
from stanch.model.listed import (
    Address,
    Country,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)


def several(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


ENTRIES = st.builds(
    Entry,
    id=TEXT,
    schema=TEXT,
    names=several(st.builds(ListedName, TEXT, TEXT, PAIRS, TEXT, TEXT)),
    programs=TEXTS,
    legal_bases=TEXTS,
    births=several(st.builds(ListedDate, TEXT, TEXT, TEXT, st.booleans())),
    birth_places=TEXTS,
    countries=several(st.builds(Country, TEXT, TEXT, TEXT)),
    genders=TEXTS,
    roles=TEXTS,
    addresses=several(st.builds(Address, TEXT, TEXT, TEXT, TEXT, TEXT)),
    identifiers=several(st.builds(Identifier, TEXT, TEXT, TEXT, TEXT, TEXT)),
    listed_on=TEXT,
    related=PAIRS,
    remarks=TEXTS,
    other=PAIRS,
)
KIM = Entry("7", "Person", (ListedName("KIM Chol Su", "primary"),))


@given(ENTRIES)
def test_an_entry_comes_back_as_it_was(entry):
    line = encode(entry)
    assert b"\n" not in line
    assert decode(line) == entry
    assert encode(decode(line)) == line


@given(ENTRIES, ENTRIES)
def test_different_entries_give_different_lines(one, other):
    assert (one == other) == (encode(one) == encode(other))


def test_the_line_is_short_and_readable():
    entry = replace(KIM, countries=(Country("KP"),), related=(("brother of", "8"),))
    assert encode(entry).decode() == (
        '{"countries":[{"role":"nationality","text":"KP"}],"id":"7",'
        '"names":[{"kind":"primary","text":"KIM Chol Su"}],'
        '"related":[["brother of","8"]],"schema":"Person"}'
    )


def test_an_empty_role_is_not_the_default_role():
    entry = replace(KIM, countries=(Country("KP", role=""),))
    assert decode(encode(entry)).countries[0].role == ""


def test_half_a_surrogate_pair_cannot_be_written():
    with pytest.raises(ValueError, match="not Unicode"):
        encode(replace(KIM, remarks=("\ud800",)))


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b'{"id":"7","new":1}', b"\xff"])
def test_what_is_no_entry(line):
    with pytest.raises(ValueError):  # noqa: PT011 - json's own errors are ValueErrors too
        decode(line)
