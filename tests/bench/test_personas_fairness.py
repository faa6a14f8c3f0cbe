"""The fairness gate on a small simulated intake; bench/personas_fairness.py runs the large one."""

import pytest

from personas_fairness import gate


@pytest.mark.slow
def test_no_culture_and_no_region_is_flagged_more_than_chance_brings_about(tmp_path):
    assert gate(tmp_path, 60_000, seed=7)
