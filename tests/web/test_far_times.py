"""Times at the edges of the calendar, in every body that takes one: told, never a broken server."""

import pytest

from tests.web.conftest import Client

EDGES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")


@pytest.mark.parametrize("at", EDGES)
def test_a_case_is_reported_at_a_time_that_there_is(korea: Client, at: str) -> None:
    answer = korea.post("/v1/cases", {"title": "Theft", "reported": at})
    assert answer.status_code == 422, answer.text


def test_a_time_long_ago_is_kept_with_all_its_digits(korea: Client) -> None:
    made = korea.post("/v1/cases", {"title": "Theft", "reported": "0999-02-03T00:00:00Z"})
    assert made.status_code == 201, made.text
    case = korea.get(f"/v1/cases/{made.json()['id']}").json()
    assert case["reported"] == "0999-02-03T00:00:00.000000Z"


@pytest.mark.parametrize("at", ["2026-11-26", "2026-11-26T12:00:00", "now", "9" * 40, "١٢"])
def test_what_is_no_time_with_a_zone_is_refused(korea: Client, at: str) -> None:
    answer = korea.post("/v1/cases", {"title": "Theft", "reported": at})
    assert answer.status_code == 422, answer.text
