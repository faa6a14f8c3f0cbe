"""Common threats in a real Chromium: the list, one of them, and the question with its form."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from stanch.app.desk import common
from stanch.formats.common.reports import Report, sign_report
from stanch.model.desk.people import Caller
from tests.members.house import KOREA
from tests.web.pages.conftest import Live
from tests.web.pages.seeds import JAPAN
from tests.web.pages.test_chromium import looked, page, shot, signed_in, to  # noqa: F401

WIDTHS = (1280, 360)
TAGS = tuple(f"{at:032x}" for at in range(3))


@pytest.fixture(scope="module")
def japan(live: Live) -> Caller:
    """Japan's analyst. Korea reported three things, Japan two of them."""
    of_japan = live.house.caller(live.sown.japan, "analyst")
    _report(live, live.house.caller(live.house.chief, "analyst"), TAGS)
    _report(live, of_japan, TAGS[:2])
    return of_japan


def _report(live: Live, by: Caller, tags: tuple[str, ...]) -> None:
    member = by.member.id
    key = live.hands.keys[live.hands.people[member][0]]
    at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    said = Report(live.hands.desk.id, "run-0123456789abcdef", member, (JAPAN, KOREA), 2, at, tags)
    common.report(live.hands.desk, by, sign_report(key, said))


@pytest.fixture
def korea(page: Page, live: Live, japan: Caller) -> Page:  # noqa: F811
    """Korea's analyst, in a tab."""
    return signed_in(page, live, live.link("analyst"))


@pytest.mark.parametrize("width", WIDTHS)
def test_all_is_readable_and_nothing_sticks_out(korea: Page, live: Live, width: int) -> None:
    korea.set_viewport_size({"width": width, "height": 800})
    to(korea, f"{live.url}/common")
    assert "2 wait for your answer" in korea.locator(".empty").inner_text()
    shot(korea, f"common-{width}")
    looked(korea)
    for row, name in ((0, "one"), (1, "two"), (2, "three")):
        to(korea, f"{live.url}/common")
        korea.locator("tbody th a").nth(row).click()
        korea.wait_for_url("**/common/thr-*")
        korea.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        shot(korea, f"common-{name}-{width}")
        looked(korea)


def test_the_question_is_answered_and_what_both_offer_is_opened(
    korea: Page, live: Live, japan: Caller
) -> None:
    to(korea, f"{live.url}/common")
    korea.locator("tbody tr", has_text="asked").first.locator("th a").press("Enter")
    korea.wait_for_url("**/common/thr-*")
    address = korea.url
    assert "Nobody else" not in korea.content()
    korea.get_by_label("Your answer").select_option("yes")
    korea.get_by_label("Small theft 29", exact=False).check()
    korea.get_by_role("button", name="Answer").press("Enter")
    korea.wait_for_url("**#question")
    assert "Your organisation answered yes" in korea.locator("#question").inner_text()
    assert korea.locator("#h-opened").count() == 0
    korea.context.clear_cookies()
    person = live.house.person(live.sown.japan, "analyst")
    other = signed_in(korea, live, live.house.link(live.sown.japan, person))
    to(other, address)
    assert "Small theft 29" not in other.content()
    other.get_by_label("Your answer").select_option("yes")
    other.get_by_label("Hidden from Korea", exact=False).first.check()
    other.get_by_role("button", name="Answer").press("Enter")
    other.wait_for_url("**#question")
    assert other.locator("section", has_text="What was opened").locator("li").count() == 2
    shot(other, "common-opened")
    other.get_by_role("link", name="case-").first.click()
    other.wait_for_url("**/cases/case-*")
    to(other, f"{live.url}/cases?sort=title")
    assert "Small theft 29" in other.content()
    assert "Small theft 28" not in other.content()
