"""Members of a ring learn which of their indicators at least k of them hold."""

import pytest

from tests.app.common.parties import Parties, people
from tests.reference.in_common import at_least

SETS = {
    "kr": people(1, 2, 3, 4, 5, 6),
    "jp": people(1, 2, 3, 7, 8),
    "us": people(1, 2, 9, 10),
    "ex": people(1, 6, 9, 11, 12, 13),
}


@pytest.mark.parametrize("k", [2, 3, 4])
@pytest.mark.parametrize("teller", ["us", "kr", "ex"])
def test_each_member_learns_of_its_own_what_k_members_hold(tmp_path, k, teller):
    all_four = Parties(tmp_path)
    for member, items in SETS.items():
        all_four.prepare(member, items)
    found = all_four.ring(teller, list(SETS), k)
    assert found == at_least({member: set(items) for member, items in SETS.items()}, k)


def test_a_teller_may_stand_outside_the_ring(tmp_path):
    three = Parties(tmp_path)
    sets = {member: SETS[member] for member in ("kr", "jp", "us")}
    for member, items in sets.items():
        three.prepare(member, items)
    found = three.ring("ex", list(sets), 2)
    assert found == at_least({member: set(items) for member, items in sets.items()}, 2)
