"""Blocking and sums against their plain twins, on small random intakes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.personas.linking.small import keys
from tests.reference import shared_values

from stanch.personas.evidence import device
from stanch.personas.evidence.indicator import FARM, OPERATOR
from stanch.personas.evidence.shared import share
from stanch.personas.linking.evidence import INDICATORS
from stanch.personas.linking.score import OF_A_FARM, Piece, Scoring

BAR = 21_000_000
ROWS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 9)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, most=st.integers(2, 6))
def test_pairs_of_runs_are_the_pairs_of_all_comparisons(
    rows: list[tuple[int, int]], most: int
) -> None:
    found = share(device.INDICATOR, keys(rows), most)
    said = {
        (int(a), int(b)): (int(n), int(holders))
        for a, b, n, holders in zip(found.a, found.b, found.n, found.holders, strict=True)
    }
    assert said == shared_values.shared(rows, most)
    assert len(said) == len(found)  # each once


@settings(max_examples=60, deadline=None)
@given(
    pieces=st.dictionaries(
        st.sampled_from([each.name for each in INDICATORS]), st.integers(0, 40_000_000), max_size=8
    ),
    level=st.sampled_from([OPERATOR, FARM]),
)
def test_what_pieces_count_for_is_what_the_plain_rule_says(
    pieces: dict[str, int], level: str
) -> None:
    of = {each.name: each for each in INDICATORS}
    evidence = {
        name: Piece(bits, 1, 2, sole=False, level=of[name].level) for name, bits in pieces.items()
    }
    plain = {name: (bits, of[name].group, of[name].level) for name, bits in pieces.items()}
    expected = shared_values.counted(plain, level, BAR - OF_A_FARM)
    assert Scoring(INDICATORS, BAR).counted(evidence, level) == expected


def test_a_value_of_a_crowd_ties_nobody() -> None:
    rows = [(record, 7) for record in range(device.MOST + 1)]
    assert len(share(device.INDICATOR, keys(rows), device.MOST)) == 0
    assert len(share(device.INDICATOR, keys(rows[:-1]), device.MOST)) == 32 * 31 // 2
