"""What an intake teaches of how often strangers share a value."""

import numpy as np

from stanch.personas.evidence import bank, device, rare_lines
from stanch.personas.evidence.indicator import Found, Indicator
from stanch.personas.weights.learned import Learned, groups, learn


def found(of: Indicator, pairs: list[tuple[int, int]], tier: int = 0) -> Found:
    a, b = (np.array(each, dtype=np.int32) for each in zip(*pairs, strict=True))
    two = np.full(len(pairs), 2, dtype=np.int64)
    return Found(of, a, b, two, two, np.full(len(pairs), tier, dtype=np.int64))


def test_an_agencys_account_does_not_confirm_its_template() -> None:
    pairs = [(0, 1), (2, 3)]
    _, mask = groups([found(rare_lines.INDICATOR, pairs), found(bank.INDICATOR, pairs)], 10)
    assert np.bitwise_count(mask).tolist() == [1, 1]
    _, mask = groups([found(rare_lines.INDICATOR, pairs), found(device.INDICATOR, pairs)], 10)
    assert np.bitwise_count(mask).tolist() == [2, 2]


def test_strangers_are_what_a_second_group_does_not_explain() -> None:
    shared = found(device.INDICATOR, [(each, each + 50) for each in range(30)])
    mask = np.array([1] * 20 + [3] * 10, dtype=np.uint8)
    said = learn(shared, mask, again=0.5)
    assert (said.alone, said.again, said.strangers) == ({0: 20}, {0: 10}, {0: 10})
    assert said.confirmed == {0: 0}


def test_a_value_of_more_holders_is_never_worth_more_and_never_ties_alone_again() -> None:
    said = Learned({}, {}, {0: 9, 1: 2}, {0: -9, 1: 5})
    assert said.rising() == {0: 9, 1: 9}
    assert said.believed(8) == {0: False, 1: False}
    assert said.believed(9) == {0: True, 1: True}
    assert said.believed(0) == {0: False, 1: False}
