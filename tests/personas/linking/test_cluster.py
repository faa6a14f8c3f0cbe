"""Clusters: what joins, and above all what does not."""

from stanch.personas.evidence import address, device, document, ip, passages, phone, rare_lines
from stanch.personas.evidence.indicator import FARM, OPERATOR, Indicator
from stanch.personas.linking.cluster import clusters
from stanch.personas.linking.evidence import INDICATORS
from stanch.personas.linking.score import Piece, Scoring

BAR = 21_000_000
SCORING = Scoring(INDICATORS, BAR)
Edges = dict[tuple[int, int], dict[str, Piece]]


def piece(of: Indicator, bits: int, holders: int = 2, n: int = 1, *, sole: bool = False) -> Piece:
    return Piece(bits * 1_000_000, n, holders, sole, of.level)


def joined(edges: Edges, count: int, level: str = OPERATOR) -> dict[int, int]:
    members = [(each, 1) for each in range(count)]
    return clusters(members, edges, lambda each: SCORING.score(each, level), BAR)


DEVICE = {device.INDICATOR.name: piece(device.INDICATOR, 30)}
PASSAGE = {passages.INDICATOR.name: piece(passages.INDICATOR, 17)}
DOCUMENT = {document.INDICATOR.name: piece(document.INDICATOR, 26, sole=True)}


def test_one_shared_device_never_joins_whatever_it_weighs() -> None:
    assert joined({(0, 1): DEVICE}, 2) == {0: 0, 1: 1}


def test_what_a_household_shares_is_one_thing_however_much_it_is() -> None:
    home = DEVICE | {
        phone.INDICATOR.name: piece(phone.INDICATOR, 30),
        address.INDICATOR.name: piece(address.INDICATOR, 30),
        ip.INDICATOR.name: piece(ip.INDICATOR, 30, holders=4),
    }
    assert joined({(0, 1): home}, 2) == {0: 0, 1: 1}
    assert joined({(0, 1): home}, 2, FARM) == {0: 0, 1: 1}


def test_a_value_that_an_office_gives_once_joins_alone() -> None:
    assert joined({(0, 1): DOCUMENT}, 2) == {0: 0, 1: 0}


def test_two_kinds_join_and_one_accident_does_not_chain_honest_people() -> None:
    tied = DEVICE | PASSAGE
    # 0 and 1 are one operator; 2 has 1's device by accident, 3 has 2's telephone.
    call = {phone.INDICATOR.name: piece(phone.INDICATOR, 30)}
    assert joined({(0, 1): tied, (1, 2): DEVICE, (2, 3): call}, 4) == {0: 0, 1: 0, 2: 2, 3: 3}


def test_evidence_towards_several_members_is_put_together() -> None:
    tied = DEVICE | PASSAGE
    edges = {(0, 1): tied, (0, 2): DEVICE, (1, 2): PASSAGE}
    assert set(joined(edges, 3).values()) == {0}


def test_a_larger_cluster_has_to_be_tied_by_more() -> None:
    weak = {
        passages.INDICATOR.name: piece(passages.INDICATOR, 15),
        device.INDICATOR.name: piece(device.INDICATOR, 7),
    }
    both = {
        passages.INDICATOR.name: piece(passages.INDICATOR, 15),
        device.INDICATOR.name: piece(device.INDICATOR, 14),
    }
    core: Edges = {(a, b): DOCUMENT for a in range(8) for b in range(a + 1, 8)}
    assert joined({**core, (0, 8): both}, 9)[8] == 0
    strong = {rare_lines.INDICATOR.name: piece(rare_lines.INDICATOR, 23, n=3, sole=True)}
    assert joined({(0, 1): strong}, 2) == {0: 0, 1: 0}
    assert joined({**core, (0, 8): strong}, 9)[8] == 8  # 23 bits, less log2 of 8 pairs
    assert joined({**core, (0, 8): weak}, 9)[8] == 8


def test_the_order_of_edges_changes_nothing() -> None:
    tied = DEVICE | PASSAGE
    edges: Edges = {(0, 1): tied, (1, 2): tied, (2, 3): PASSAGE, (0, 3): DEVICE, (4, 5): DOCUMENT}
    backwards = dict(reversed(list(edges.items())))
    assert joined(edges, 6) == joined(backwards, 6)
