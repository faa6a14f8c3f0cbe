"""The quarantine in a real Chromium: read at both widths, settled by keyboard, shut to others."""

import json
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from stanch.app.taxii import partners
from stanch.sharing.collections import making
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.partners.intake import RED
from stanch.sharing.partners.quarantine import Aside, lay_aside
from stanch.sharing.partners.words import NewLink
from stanch.store.desk.tables import partner, quarantine
from tests.web.pages.conftest import Live, Window
from tests.web.pages.seeds import HOSTILE, JAPAN
from tests.web.pages.test_chromium import looked, page, shot, signed_in, to  # noqa: F401

WIDTHS = (1280, 360)
OLD = "indicator--00000000-0000-4000-8000-000000000001"
ODD = "malware--00000000-0000-4000-8000-000000000002"


@dataclass
class Laid:
    """Ids in the quarantine: STIX 2.0, something hostile, and something in red."""

    old: str
    odd: str
    red: str


@pytest.fixture(scope="module")
def laid(live: Live) -> Laid:
    """Two links of Korea's, one of which fails, and three things that came."""
    desk = live.hands.desk
    korea = live.house.caller(live.house.chief, "analyst", "administrator")
    with desk.database.write() as tx:
        into = making.make(tx, korea, NewCollection("Joint", alias="joint"))
    links = []
    for title, host in (("Japan's desk", "desk.example.jp"), (HOSTILE[:80], "b.example")):
        new = NewLink(title, f"https://{host}/taxii2/", "remote", into, JAPAN)
        links.append(partners.add(desk, korea, new, "token"))
    at = "2026-11-26T12:00:00.000Z"
    old = {"type": "indicator", "id": OLD, "created": at, "modified": at, "pattern": "[x:y = 1]",
           "pattern_type": "stix", "valid_from": at, "name": HOSTILE}  # fmt: skip
    things = [
        Aside(OLD, "has no spec_version", json.dumps(old, indent=1).encode()),
        Aside(ODD, f"is no JSON: {HOSTILE}", b"{" * 30_000),
        Aside("", RED, b"", "cd" * 32),
    ]
    with desk.database.write() as tx:
        lay_aside(tx, links[0], into, things)
        failed = "b.example did not answer: ConnectTimeout"
        tx.connection.execute(
            partner.update().where(partner.c.id == links[1]).values(failure=failed)
        )
        rows = tx.connection.execute(select(quarantine)).all()
    by = {row.reason.split(":")[0]: row.id for row in rows}
    return Laid(by["has no spec_version"], by["is no JSON"], by["is TLP"])


@pytest.fixture
def korea(page: Page, live: Live, laid: Laid) -> Page:  # noqa: F811
    """Korea's analyst, in a tab."""
    return signed_in(page, live, live.link("analyst"))


@pytest.mark.parametrize("width", WIDTHS)
def test_all_is_readable_and_nothing_sticks_out(
    korea: Page, live: Live, laid: Laid, width: int
) -> None:
    korea.set_viewport_size({"width": width, "height": 800})
    to(korea, f"{live.url}/quarantine")
    assert "ConnectTimeout" in korea.locator("main").inner_text()
    shot(korea, f"quarantine-{width}")
    looked(korea)
    for name in ("old", "odd", "red"):
        to(korea, f"{live.url}/quarantine/{getattr(laid, name)}")
        shot(korea, f"quarantine-{name}-{width}")
        looked(korea)
    assert "bytes were not kept" in korea.locator("main").inner_text()


def test_one_is_filtered_refused_taken_and_dropped_by_keyboard(
    korea: Page, live: Live, window: Window, laid: Laid
) -> None:
    to(korea, f"{live.url}/quarantine")
    korea.get_by_label("State").select_option("held")
    korea.get_by_role("button", name="Show").press("Enter")
    korea.wait_for_url("**/quarantine?state=held*")
    korea.get_by_role("link", name=OLD).press("Enter")
    korea.wait_for_url(f"**/quarantine/{laid.old}")
    korea.get_by_role("button", name="Take it in").press("Enter")
    korea.get_by_text("Decided, UTC").wait_for()
    assert "taken" in korea.locator(".facts").inner_text()
    assert korea.get_by_role("button", name="Take it in").count() == 0
    to(korea, f"{live.url}/quarantine/{laid.odd}")
    korea.get_by_role("button", name="Take it in").press("Enter")
    said = korea.get_by_role("alert")
    said.wait_for()
    assert "no type, id and times" in said.inner_text()
    shot(korea, "quarantine-refused")
    (noted,) = window.complaints  # Chromium itself notes the refusal
    assert "409" in noted
    window.complaints.clear()
    korea.get_by_role("button", name="Drop it").press("Enter")
    korea.get_by_text("Decided, UTC").wait_for()
    to(korea, f"{live.url}/quarantine?state=held")
    assert korea.locator("section[aria-labelledby=h-aside] tbody tr").count() == 1


def test_others_see_nothing_of_it(page: Page, live: Live, laid: Laid) -> None:  # noqa: F811
    person = live.house.person(live.sown.japan, "analyst")
    other = signed_in(page, live, live.house.link(live.sown.japan, person))
    to(other, f"{live.url}/quarantine")
    assert "Nothing was laid aside." in other.content()
    assert "No partner yet." in other.content()
    answer = other.request.get(f"{live.url}/quarantine/{laid.red}")
    assert answer.status == 404


def test_who_only_reads_is_offered_no_button(page: Page, live: Live, laid: Laid) -> None:  # noqa: F811
    reader = signed_in(page, live, live.link("reader"))
    to(reader, f"{live.url}/quarantine/{laid.red}")
    assert reader.get_by_role("button", name="Drop it").count() == 0
