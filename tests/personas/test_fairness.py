"""The fairness gate: the operating point, rates by group, their ratio and its interval."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.personas.evidence.mark import Mark
from stanch.personas.fairness.point import point_of
from stanch.personas.fairness.rates import spread
from stanch.personas.fairness.scores import by_mark, largest


@settings(max_examples=60, deadline=None)
@given(
    scores=st.lists(st.integers(-3, 6), min_size=1, max_size=60),
    share=st.sampled_from([0.01, 0.1, 0.25, 0.5]),
)
def test_the_point_flags_its_share_exactly_or_everybody_who_has_anything(scores, share):
    point = point_of(np.array(scores), share)
    some = sum(score > 0 for score in scores)
    if not some:
        assert point is None
        return
    flagged = point.flagged(np.array(scores))
    assert flagged.sum() == pytest.approx(min(share * len(scores), some))
    ordered = sorted(zip(scores, flagged, strict=True))
    assert [each for _, each in ordered] == sorted(flagged)  # never one above another's score
    assert all(each == 0 for score, each in zip(scores, flagged, strict=True) if score <= 0)


def test_rates_by_group_are_those_that_a_plain_count_finds():
    chance = random.Random(1)
    scores = [chance.choice([0, 0, 0, 5, 10]) for _ in range(5_000)]
    group = [chance.randrange(3) for _ in scores]
    found = spread(np.array(scores), np.array(group), ["a", "b", "c"], 0.1)
    tied = (0.1 * 5_000) / sum(score == 10 for score in scores)
    assert found.point.microbits == 10
    assert found.point.tied == pytest.approx(tied)
    for number, each in enumerate(found.groups):
        here = [score for score, of in zip(scores, group, strict=True) if of == number]
        assert each.records == len(here)
        assert each.rate == pytest.approx(tied * sum(score == 10 for score in here) / len(here))
        assert each.low < each.rate < each.high
    rates = [each.rate for each in found.groups]
    assert found.ratio == pytest.approx(max(rates) / min(rates))


def test_the_interval_is_that_of_records_drawn_again_one_by_one():
    chance = random.Random(2)
    scores = np.array([9 if chance.random() < 0.02 else 0 for _ in range(4_000)])
    group = np.arange(4_000) % 2
    found = spread(scores, group, ["a", "b"], 0.05)
    here = scores[group == 0] > 0
    rng = np.random.default_rng(3)
    plain = [here[rng.integers(0, len(here), len(here))].mean() for _ in range(2_000)]
    low, high = np.percentile(plain, [2.5, 97.5])
    assert found.groups[0].low == pytest.approx(low, abs=0.0015)
    assert found.groups[0].high == pytest.approx(high, abs=0.0015)


@pytest.mark.parametrize(("harm", "even"), [(1.0, True), (2.0, False)])
def test_a_score_that_falls_twice_as_often_on_one_group_does_not_pass(harm, even):
    rng = np.random.default_rng(4)
    group = np.arange(120_000) % 3
    rate = np.where(group == 2, 0.02 * harm, 0.02)
    scores = np.where(rng.random(len(group)) < rate, rng.integers(1, 1_000, len(group)), 0)
    found = spread(scores, group, ["a", "b", "c"])
    assert found.even is even
    assert found.low <= found.ratio <= found.high
    assert (found.low > 1.25) is not even


def test_what_chance_alone_would_bring_about_is_not_held_against_a_score():
    group = np.arange(24_000) % 12
    counts = {True: 0, False: 0, None: 0}
    for seed in range(40):
        scores = np.random.default_rng(seed).integers(0, 1_000_000, len(group))
        found = spread(scores, group, [str(each) for each in range(12)])
        counts[found.even] += 1
        assert found.even is not False or found.ratio > found.by_chance > 1.25
    assert counts[None] > 30  # of 240 flagged in twelve groups a ratio of 1.25 cannot be told
    assert counts[False] <= 6  # one in twenty is expected


@pytest.mark.parametrize("sizes", [[500, 20_000], [20_000]])
def test_of_too_few_records_nothing_is_said(sizes):
    group = np.repeat(np.arange(len(sizes)), sizes)
    scores = np.random.default_rng(5).integers(0, 1_000, len(group))
    found = spread(scores, group, ["small", "large"][: len(sizes)])
    assert found.ratio is found.even is found.low is found.high is None
    assert len(found.groups) == len(sizes)


def test_who_is_in_no_group_counts_for_the_point_alone():
    scores = np.array([8, 7, 0, 0] * 1_000)
    group = np.array([0, -1, 0, 1] * 1_000)
    found = spread(scores, group, ["a", "b"], 0.5)
    assert [each.records for each in found.groups] == [2_000, 1_000]
    assert found.share == pytest.approx(0.5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(4, 6), st.integers(-9, 9)), max_size=15))
def test_a_record_is_held_the_most_that_it_shares_with_one_other(rows):
    most = [max([0, *(bits for *pair, bits in rows if record in pair)]) for record in range(8)]
    a, b, bits = np.array(rows, np.int64).reshape(-1, 3).T
    assert largest(a, b, bits, 8).tolist() == most


def test_marks_of_one_record_add_up_by_indicator():
    found = by_mark({0: [Mark(0, "mrz@1", 3, {}), Mark(0, "mrz@1", 4, {})], 2: []}, 3)
    assert found.pop("mrz@1").tolist() == [7, 0, 0]
    assert all(not scores.any() for scores in found.values())
