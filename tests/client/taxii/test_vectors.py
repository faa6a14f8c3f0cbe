"""OpenCTI and MISP as they answer: written down from their public source."""

from typing import Any

import pytest

from stanch.client.taxii import server
from stanch.client.taxii.collection import Collection
from stanch.client.taxii.cursor import Cursor
from stanch.client.taxii.line import Line, Settings
from stanch.formats.stix.reach import reach_of
from stanch.model.desk.marking import Marking
from tests.taxii_script import Played

OPENCTI = ("https://peer.example/taxii2/root/", "7f3b2f0e-6f0a-4f55-9d5d-2f9a4c1c9d10")
MISP = ("https://peer.example/taxii2/api1/", "28dfa8c5-dff4-52ad-90df-e5112b2ade90")


def rounds(
    played: Played, place: tuple[str, str], many: int = 1
) -> tuple[list[dict[str, Any]], list[str], Cursor]:
    """Objects and reasons that so many rounds bring, and where they end."""
    line = Line(place[0], None, Settings(transport=played, sleep=lambda _: None))
    remote, cursor = Collection(line, place[1]), Cursor()
    objects, refused = list[dict[str, Any]](), list[str]()
    for _ in range(many):
        while True:
            page = remote.page(cursor)
            objects += page.found.objects
            refused += [each.reason for each in page.found.refused]
            cursor = page.asked.after(page.seen, len(page.found.objects))
            if not cursor.under_way:
                break
    return objects, refused, cursor


def test_opencti_is_found_and_read() -> None:
    played = Played("opencti")
    found = server.roots(Line("https://peer.example/taxii2/", None, Settings(transport=played)))
    assert found == ["https://peer.example/root/", OPENCTI[0]]
    there = Line(OPENCTI[0], None, Settings(transport=played))
    assert [each["id"] for each in server.collections(there)] == [OPENCTI[1]]


@pytest.mark.parametrize("name", ["opencti", "opencti-before-6"])
def test_opencti_gives_all_it_has_and_then_only_what_is_new(name: str) -> None:
    played = Played(name)
    objects, refused, cursor = rounds(played, OPENCTI, 2)
    assert [each["name"] for each in objects] == [f"198.51.100.{n}" for n in (1, 2, 3)]
    assert refused == []
    assert not cursor.every, "it is not asked for all versions again"
    assert [("next" in each, "added_after" in each) for each in played.asked] == [
        (False, False), (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert "match[version]" not in played.asked[-1]


def test_the_time_that_opencti_is_asked_from_is_its_own() -> None:
    newest = Played("opencti")
    rounds(newest, OPENCTI, 2)
    assert newest.asked[-1]["added_after"] == "2026-01-02T23:59:00.000000Z"
    clock = Played("opencti-before-6")
    rounds(clock, OPENCTI, 2)
    assert clock.asked[-1]["added_after"] == "2026-01-01T11:55:00.000000Z"


def test_the_label_that_opencti_made_itself_is_known() -> None:
    *_, last = rounds(Played("opencti"), OPENCTI)[0]
    assert reach_of(last, {}) == Marking.STRICT


def test_misp_by_its_connector() -> None:
    played = Played("misp-taxii")
    objects, refused, cursor = rounds(played, MISP, 2)
    assert [each["type"] for each in objects] == ["indicator", "indicator", "x-misp-object"]
    assert len(refused) == 1
    assert cursor.top == "2026-01-02T00:00:00.000000Z"
    assert played.asked[-1]["added_after"] == "2026-01-01T23:59:00.000000Z"
