"""Versions sort as texts as they do as times, and come back as STIX wrote them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.formats.taxii.versions import shown, sortable, version_of

MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31))


def text(at: datetime, digits: int) -> str:
    whole = at.isoformat(timespec="microseconds")
    return whole[: 20 + digits].rstrip(".") + "Z"


@settings(max_examples=60)
@given(MOMENTS, MOMENTS, st.sampled_from((0, 3, 6)), st.sampled_from((0, 3, 6)))
def test_texts_sort_as_times(one, other, digits, more):
    first, second = text(one, digits), text(other, more)
    times = [datetime.fromisoformat(each).astimezone(UTC) for each in (first, second)]
    assert (sortable(first) < sortable(second)) == (times[0] < times[1])
    assert (sortable(first) == sortable(second)) == (times[0] == times[1])


@settings(max_examples=60)
@given(MOMENTS)
def test_what_stix_writes_comes_back(at):
    said = text(at.replace(microsecond=at.microsecond // 1000 * 1000), 3)
    assert shown(sortable(said)) == said


@pytest.mark.parametrize(
    ("data", "version"),
    [
        ({"modified": "2026-01-02T00:00:00.5Z", "created": "2025-01-01T00:00:00Z"},
         "2026-01-02T00:00:00.500000"),
        ({"created": "2025-01-01T00:00:00Z"}, "2025-01-01T00:00:00.000000"),
        ({"modified": "2025-01-01T00:00:00.123456789Z"}, "2025-01-01T00:00:00.123456789"),
        ({}, ""),
        ({"modified": 5}, ""),
    ],
)  # fmt: skip
def test_the_version_is_modified_else_created(data, version):
    assert version_of(data) == version


@pytest.mark.parametrize(
    "said", ["", "x", "2026-01-01T00:00:00", "2026-01-01T00:00:00.0123456789Z"]
)
def test_what_is_no_version_is_refused(said):
    with pytest.raises(ValueError, match=r"timestamp|nanosecond"):
        sortable(said)
