"""The measures of clusters, on cases counted by hand."""

import pytest
from tests.reference.linked import linked


def test_cluster_measures_on_a_case_counted_by_hand():
    # Persons: A has 3 applications (an operator), B two, C one. Clusters: two of A with C; the
    # third of A alone; both of B.
    people = ["A", "A", "A", "B", "B", "C", "D"]
    clusters = ["1", "1", "2", "3", "3", "1", "4"]
    found = linked(clusters, people, [who == "A" for who in people])
    assert found.pair_precision == pytest.approx(2 / 4)  # AA, AC, AC, BB: two are right
    assert found.pair_recall == pytest.approx(2 / 4)  # AA, AA, AA, BB: two are found
    assert found.operator_recall == pytest.approx(1 / 3)
    # A: 2/3, 2/3, 1; B: 1, 1; C: 1/3; D is alone in both and left out
    assert found.bcubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 + 1 + 1 / 3) / 6)
    assert found.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
    assert found.honest_pulled_in == 1


def test_perfect_clusters_have_ones():
    found = linked(list("aabbc"), list("xxyyz"), [True, True, False, False, False])
    assert (found.pair_f1, found.bcubed_f, found.operator_recall) == (1, 1, 1)
    assert found.honest_pulled_in == 0
