"""Listed Korean readings against one of a query, by the numbers alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.kernels.syllables import MISSING_SYLLABLE, SURNAME_LEAST, korean

POINTS = st.sampled_from((-16.0, -10.0, -8.0, -7.5, 0.0, 4.0, 15.0))
SPELLED = 4


def answer(surname, given_columns, readings, least=-1000.0):
    """`readings`: (surname, syllables, doubt), one name each."""
    readings = sorted(readings, key=lambda reading: reading[0])
    counts = np.bincount([each[0] for each in readings], minlength=len(surname))
    syllables = np.zeros((len(readings), 3), np.int32)
    for row, (_, given_syllables, _) in enumerate(readings):
        syllables[row, : len(given_syllables)] = given_syllables
    names, places, points = korean(
        np.array(surname, np.float32),
        np.array(given_columns, np.float32),
        np.concatenate([[0], np.cumsum(counts)]),
        np.array([len(each[1]) for each in readings], np.int32),
        syllables,
        np.arange(len(readings), dtype=np.int32) + 100,
        np.array([each[2] for each in readings], np.float32),
        least,
    )
    assert (names == places + 100).all()
    return readings, dict(zip(places.tolist(), points.tolist(), strict=True))


def by_hand(columns, listed) -> float:
    """The best way to leave the syllables that are too many out at either end."""
    short, odd = min(len(columns), len(listed)), abs(len(columns) - len(listed))
    ways = []
    for at in range(odd + 1):
        mine = columns[at:] if len(columns) > short else columns
        theirs = listed[at:] if len(listed) > short else listed
        ways.append(sum(own[other] for own, other in zip(mine, theirs, strict=False)))
    return max(ways) - MISSING_SYLLABLE * odd


@given(st.data())
def test_as_counted_by_hand(data):
    surname = data.draw(st.lists(POINTS, min_size=3, max_size=3))
    column = st.lists(POINTS, min_size=SPELLED, max_size=SPELLED)
    columns = data.draw(st.lists(column, min_size=1, max_size=3))
    syllables = st.lists(st.integers(0, SPELLED - 1), min_size=1, max_size=3)
    reading = st.tuples(st.integers(0, 2), syllables, st.sampled_from((0.0, 2.5)))
    listed = data.draw(st.lists(reading, min_size=1, max_size=6))
    least = data.draw(st.sampled_from((-1000.0, 0.0)))
    listed, found = answer(surname, columns, listed, least)
    wanted = {
        place: surname[own] + by_hand(columns, syllables) - doubt
        for place, (own, syllables, doubt) in enumerate(listed)
        if surname[own] > SURNAME_LEAST
    }
    assert found == pytest.approx({p: v for p, v in wanted.items() if v >= least})


def test_more_readings_than_there_is_room_for_at_first():
    _, found = answer([5.0], [[1.0]], [(0, [0], 0.0)] * 1000)
    assert len(found) == 1000
    assert set(found.values()) == {6.0}
