"""Personas in a real Chromium: handed in, read by two people, decided, and taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from stanch.app.desk import personas
from stanch.app.desk.words import SaidOf
from tests.persona_result import COLLECTOR, content, folder
from tests.web.pages.conftest import Live, Window
from tests.web.pages.test_chromium import looked, page, shot, signed_in, to  # noqa: F401

WIDTHS = (1280, 360)
SAME = SaidOf("same", "One hand.")


@pytest.fixture(scope="module")
def handed_in(live: Live) -> dict[str, str]:
    """Questions by their names, handed in by a program; one of them was decided and taken back."""
    one, two = (live.house.caller(live.house.chief, "analyst") for _ in range(2))
    desk = live.hands.desk
    personas.submit(desk, one, "From a program <b>", content())
    rows = personas.listed(desk, one, personas.Asked(10, "-rank")).rows
    ids = {str(each["name"]): str(each["id"]) for each in rows}
    for each in (one, two):
        personas.read(desk, each, ids["farm-1"], SAME)
    personas.decide(desk, two, ids["farm-1"], SAME)
    return ids


@pytest.fixture
def korea(page: Page, live: Live, handed_in: dict[str, str]) -> Page:  # noqa: F811
    """Korea's analyst, in a tab."""
    return signed_in(page, live, live.link("analyst"))


@pytest.mark.parametrize("width", WIDTHS)
def test_all_is_readable_and_nothing_sticks_out(
    korea: Page, live: Live, handed_in: dict[str, str], width: int
) -> None:
    korea.set_viewport_size({"width": width, "height": 800})
    paths = {
        "queue": "/personas", "intake": "/personas/intake", "none": "/personas?state=gone",
        "cluster": f"/personas/{handed_in['op-1']}", "farm": f"/personas/{handed_in['farm-1']}",
        "open": f"/personas/{handed_in['op-2']}/decision",
        "decision": f"/personas/{handed_in['farm-1']}/decision",
    }  # fmt: skip
    for name, path in paths.items():
        to(korea, live.url + path)
        korea.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        shot(korea, f"personas-{name}-{width}")
        looked(korea)
    picture = korea.request.get(f"{live.url}/personas/{handed_in['op-1']}/picture.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "A-17" in picture.text()
    to(korea, f"{live.url}/personas/{handed_in['op-1']}")
    drawn = korea.locator("img.cluster").evaluate("(each) => each.currentSrc")
    assert drawn.endswith("/narrow.svg" if width == 360 else "/picture.svg")


def test_from_the_files_to_the_decision_and_back(
    korea: Page, live: Live, window: Window, tmp_path: Path
) -> None:
    at = folder(tmp_path / "linked")
    to(korea, f"{live.url}/personas/intake")
    korea.get_by_label("What it is called").fill("March")
    korea.get_by_label("Files").set_input_files([at / "clusters.csv", at / "people.csv"])
    korea.get_by_role("button", name="Hand it in").press("Enter")
    assert "links.csv: is missing" in korea.locator(".wrong").inner_text()
    assert korea.get_by_label("What it is called").input_value() == "March"
    korea.get_by_label("Files").set_input_files(sorted(at.iterdir()))
    korea.get_by_role("button", name="Hand it in").press("Enter")
    korea.wait_for_url("**/personas?result=psr-*")
    assert korea.locator("tbody tr").count() == 3
    korea.get_by_role("link", name="op-2").press("Enter")
    korea.wait_for_url("**/personas/psc-*")
    address = korea.url
    assert korea.locator("img.cluster").evaluate("(each) => each.complete && each.naturalWidth > 0")
    _read(korea, "same", "One rare line in both.")
    korea.get_by_role("link", name="To the decision").press("Enter")
    assert "A second one must" in korea.locator(".empty").inner_text()
    korea.context.clear_cookies()
    other = signed_in(korea, live, live.link("analyst"))
    to(other, address)
    other.get_by_text("Say what you hold").press("Enter")
    other.get_by_label("Why", exact=True).fill("I looked at both.")
    other.locator("#read button").press("Enter")
    assert "Verdict: choose" in other.locator(".wrong").inner_text()
    _read(other, "same", "<b>The line is nowhere else.</b>")
    to(other, f"{address}/decision")
    other.get_by_label("The decision").select_option("different")
    other.get_by_label("Why", exact=True).fill("Both readers say so.")
    other.get_by_role("button", name="Decide").press("Enter")
    assert "hold another verdict" in other.locator(".wrong").inner_text()
    other.get_by_label("The decision").select_option("same")
    other.get_by_role("button", name="Decide").press("Enter")
    other.wait_for_url("**/decision")
    assert "confirmed" in other.locator(".facts").inner_text()
    other.locator(".facts a").press("Enter")
    other.wait_for_url("**/cases/case-*")
    assert COLLECTOR in other.locator("#items").inner_text()
    to(other, f"{address}/decision")
    other.get_by_text("Take the decision back").press("Enter")
    other.get_by_label("Why", exact=True).fill("The line came from a template.")
    other.get_by_role("button", name="Take it back").press("Enter")
    other.wait_for_url("**/decision")
    assert "queued" in other.locator(".facts").inner_text()
    assert "Nobody has read it" in other.locator(".empty").last.inner_text()
    shot(other, "personas-taken-back")
    assert len(window.complaints) == 3  # Chromium itself notes each refusal
    window.complaints.clear()


def test_another_member_sees_none_of_it(page: Page, live: Live, handed_in: dict[str, str]) -> None:  # noqa: F811
    japan = live.sown.japan
    other = signed_in(page, live, live.house.link(japan, live.house.person(japan, "analyst")))
    to(other, f"{live.url}/personas")
    assert "No question waits" in other.locator(".empty").inner_text()
    for path in ("", "/decision", "/picture.svg"):
        answer = other.request.get(f"{live.url}/personas/{handed_in['op-1']}{path}")
        assert answer.status == 404, path


def _read(page: Page, verdict: str, reason: str) -> None:  # noqa: F811
    form = page.locator("#read")
    if form.get_attribute("open") is None:
        form.locator("summary").press("Enter")
    page.get_by_label("What you hold").select_option(verdict)
    page.get_by_label("Why", exact=True).fill(reason)
    page.locator("#read button").press("Enter")
    page.wait_for_url("**#words")
    assert reason in page.locator("#words").inner_text()
