"""How well name@1 finds real names never falls below the bars that it was released with."""

from collections.abc import Iterator

import pytest

from screening_contestants import Stanch
from screening_data import FULL, LATIN_ONLY, Screening
from screening_measure import best_threshold, by_group, f1, passed, threshold
from screening_run import Answers, names

BARS = {"Hangul_P": 0.95, "Hanja": 0.95, "Kana": 0.95}  # found in first place
FIRST, ALERTED = 0.91, 0.82  # mean of the groups: in first place, and where 1 % of innocents alert
F1, CHECKS = 0.80, 206


@pytest.fixture(scope="module")
def data(data_dir) -> Screening:
    return Screening(data_dir / "screening")


@pytest.fixture(scope="module")
def stanch() -> Iterator[Stanch]:
    contestant = Stanch()
    yield contestant
    contestant.close()


def test_names_in_korean_scripts(data, stanch):
    """The group bars, on the two indexes that they need."""
    answers = Answers(stanch.name, stanch.published)
    names(stanch, data, answers, (FULL, LATIN_ONLY))
    asked = [query for query in data.queries if query.variant in (FULL, LATIN_ONLY)]
    found = by_group(asked, answers.hits, threshold(data.innocents, answers.hits))
    for group, bar in BARS.items():
        assert found[group].count >= 30
        assert found[group].first >= bar, group


@pytest.mark.slow
def test_the_mean_of_all_groups(data, stanch):
    answers = Answers(stanch.name, stanch.published)
    names(stanch, data, answers, data.variants())
    found = by_group(data.queries, answers.hits, threshold(data.innocents, answers.hits))
    assert len(found) == 9
    assert found["macro"].first >= FIRST
    assert found["macro"].alerted >= ALERTED


def test_labelled_pairs_and_checks(data, stanch):
    """Each pair is an index of its own; the threshold is the one that serves them best."""
    pairs, checks = data.name_pairs(), data.checks()
    assert best_threshold(f1, pairs, stanch.pairs(pairs))[1] > F1
    assert best_threshold(passed, checks, stanch.pairs(checks))[1] >= CHECKS
