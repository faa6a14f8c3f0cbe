"""Two parties come to the intersection of their sets, whatever the sets are."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.sharing.common import group, pair, tags
from tests.reference.in_common import both

ITEMS = st.sets(st.integers(0, 12).map(lambda number: f"email:m{number}@x.example"), max_size=9)
A, B = group.new_scalar(), group.new_scalar()


def held(items: list[str]) -> bytes:
    return group.multiplied(group.hashed_all(items), B)


def published(items: list[str], key: bytes) -> pair.Published:
    return pair.published(tags.tags(group.multiplied(group.hashed_all(items), key), items))


def asked(items: list[str], key: bytes) -> tuple[list[str], bytes]:
    """The items in the order of the question, and the question."""
    points = group.multiplied(group.hashed_all(items), key)
    order = pair.order_of(points)
    return [items[at] for at in order], pair.arranged(points, order)


@given(ITEMS, ITEMS)
@settings(max_examples=60, deadline=None)
def test_both_learn_exactly_what_both_have(ours, theirs):
    mine, other = sorted(ours), sorted(theirs)
    order, question = asked(mine, A)
    public = published(other, B)
    found = pair.matches(order, pair.evaluated(question, B), A, public.tags)
    assert {each.item for each in found} == both(ours, theirs)
    claims = pair.claims("run-1", found)
    assert pair.confirmed("run-1", other, held(other), public, claims) == sorted(both(ours, theirs))


MINE, OTHER = ["a", "b", "c"], ["b", "c", "d"]


def run() -> tuple[list[pair.Match], pair.Published]:
    order, question = asked(MINE, A)
    public = published(OTHER, B)
    return pair.matches(order, pair.evaluated(question, B), A, public.tags), public


def test_a_claim_of_another_run_proves_nothing():
    found, public = run()
    with pytest.raises(ValueError, match="without proof"):
        pair.confirmed("run-2", OTHER, held(OTHER), public, pair.claims("run-1", found))


def test_who_knows_the_tags_alone_can_claim_nothing():
    _, public = run()
    tag = public.tags[: tags.WIDTH]
    forged = tag + hashlib.sha256(b"stanch-common-held@1\0run-1\0" + tag).digest()[:16]
    with pytest.raises(ValueError, match="without proof"):
        pair.confirmed("run-1", OTHER, held(OTHER), public, forged)


def test_what_was_never_published_cannot_be_claimed():
    _, public = run()
    with pytest.raises(ValueError, match="never published"):
        pair.confirmed("run-1", OTHER, held(OTHER), public, b"\x01" * pair.CLAIM)


def test_a_match_cannot_be_claimed_twice():
    found, public = run()
    claims = pair.claims("run-1", found)
    first = claims[: pair.CLAIM]
    twice = first[: tags.WIDTH] + b"\xff" * tags.WIDTH
    with pytest.raises(ValueError, match=r"without proof|twice"):
        pair.confirmed("run-1", OTHER, held(OTHER), public, first + twice)


@pytest.mark.parametrize("change", ["swap", "twice", "cut"])
def test_a_question_is_rising_and_whole(change):
    _, question = asked(MINE, A)
    size = group.SIZE
    wrong = {
        "swap": question[size : 2 * size] + question[:size] + question[2 * size :],
        "twice": question[:size] + question[: 2 * size],
        "cut": question[:-1],
    }[change]
    with pytest.raises(ValueError, match=r"rising order|no rows"):
        pair.evaluated(wrong, B)


def test_an_answer_to_fewer_or_more_points_is_refused():
    order, question = asked(MINE, A)
    answer = pair.evaluated(question, B)
    for wrong in (answer[: -group.SIZE], answer + answer[: group.SIZE]):
        with pytest.raises(ValueError, match="not to 3 points"):
            pair.matches(order, wrong, A, published(OTHER, B).tags)


def test_changes_are_counted_on_both_sides():
    one = tags.rows(b"".join(sorted([b"a" * 16, b"b" * 16, b"c" * 16])), 16)
    two = tags.rows(b"".join(sorted([b"b" * 16, b"c" * 16, b"d" * 16, b"e" * 16])), 16)
    assert tags.changed(one, two) == 3
    assert tags.changed(one, one) == 0
    assert tags.changed(tags.rows(b"", 16), one) == 3


def test_rows_that_end_in_zeros_are_told_apart():
    rising = [b"\0" * 16, b"\0" * 15 + b"\1", b"\1" + b"\0" * 15, b"\1" * 16]
    found = tags.rising(b"".join(rising), 16)
    assert list(tags.places(tags.rows(rising[2] + b"\2" * 16 + rising[0], 16), found)) == [0, 2]
