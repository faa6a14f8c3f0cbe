"""What is shared, with whom and why, in a real Chromium: as one, as a partner, and taken back."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from stanch.app.desk import cases, shares
from stanch.app.desk.shares import Into
from stanch.app.desk.words import NewItem, Shared
from stanch.model.desk.marking import Marking
from stanch.registry.registry import load
from stanch.sharing.collections import making
from stanch.sharing.collections.making import NewCollection
from tests.members.house import KOREA, UPBEAT
from tests.web.pages.conftest import Live, Window
from tests.web.pages.seeds import ACCOUNT, HOSTILE, JAPAN
from tests.web.pages.test_chromium import FOCUS, REACHABLE, looked, page, shot, signed_in, to  # noqa: F401

WIDTHS = (1280, 360)
SECRET = "Of Japan for Upbeat"


@dataclass
class Shelf:
    """A collection of Korea's, what lies in it, and a case to share."""

    id: str
    case: str
    ended: str
    paths: dict[str, str]


@pytest.fixture(scope="module")
def shelf(live: Live) -> Shelf:
    desk = live.hands.desk
    korea = live.house.caller(live.house.chief, "analyst")
    japan = live.house.caller(live.sown.japan, "analyst")
    with desk.database.write() as tx:
        into = making.make(tx, korea, NewCollection("Stolen assets", alias="stolen-assets"))
        for member, may in ((JAPAN, (True, True)), (UPBEAT, (True, False))):
            making.grant(tx, korea, into, member, may)
        making.make(tx, korea, NewCollection("Nothing yet"))
    to_japan = Shared(Marking.AMBER, (JAPAN,))
    case = cases.open_case(desk, korea, "Theft at Upbeat", to_japan)
    cases.add_item(desk, korea, NewItem(case, "account", {"account": ACCOUNT}, to_japan))
    shares.share(desk, korea, case, Into(into, f"Japan asked. {HOSTILE}"), load)
    shares.share(desk, korea, "ronin-2022", Into(into, "Known to all."), load)
    other = cases.open_case(desk, korea, HOSTILE, Shared(Marking.GREEN))
    done = shares.share(desk, korea, other, Into(into, "By mistake."), load)
    shares.end(desk, korea, done["id"], "It was the wrong case.")
    theirs = cases.open_case(desk, japan, SECRET, Shared(Marking.AMBER, (UPBEAT,)))
    shares.share(desk, japan, theirs, Into(into, "For Upbeat alone."), load)
    waiting = cases.open_case(desk, korea, "Not yet shared", to_japan)
    paths = {
        "sharing": "/sharing",
        "sharing-as": f"/sharing/as/{JAPAN}",
        "sharing-as-upbeat": f"/sharing/as/{UPBEAT}",
        "sharing-collection": f"/sharing/collections/{into}",
    }
    return Shelf(into, waiting, other, paths)


@pytest.fixture
def analyst(page: Page, live: Live, shelf: Shelf) -> Page:  # noqa: F811
    return signed_in(page, live, live.link("analyst"))


@pytest.mark.parametrize("width", WIDTHS)
def test_all_is_readable_and_nothing_sticks_out(
    analyst: Page, live: Live, shelf: Shelf, width: int
) -> None:
    analyst.set_viewport_size({"width": width, "height": 800})
    for name, path in shelf.paths.items():
        to(analyst, live.url + path)
        shot(analyst, f"{name}-{width}")
        opened = "document.querySelectorAll('details').forEach((each) => each.open = true)"
        analyst.evaluate(opened)
        looked(analyst)
        assert analyst.locator("h1").count() == 1
        assert analyst.locator("table th:not([scope]), table:not(:has(caption))").count() == 0


def test_the_pages_are_walked_by_keyboard(analyst: Page, live: Live, shelf: Shelf) -> None:
    for path in shelf.paths.values():
        to(analyst, live.url + path)
        reached = 0
        for _ in range(400):
            analyst.keyboard.press("Tab")
            seen = analyst.evaluate(FOCUS)
            if seen["tag"] == "BODY" or seen["at"] < reached:
                break
            assert seen["ring"], (path, seen)
            reached += 1
        assert reached >= analyst.evaluate(REACHABLE), path


def test_a_row_is_shared_and_taken_back_by_keyboard(
    analyst: Page, live: Live, shelf: Shelf, window: Window
) -> None:
    analyst.goto(f"{live.url}/sharing")
    analyst.locator("summary", has_text="Share something").press("Enter")
    analyst.get_by_label("What, by its id").fill("case-0000000000000000")
    analyst.get_by_label("Into").select_option(label="Stolen assets")
    analyst.locator("#share-why").fill("Japan works on it too.")
    analyst.get_by_role("button", name="Share it").press("Enter")
    wrong = analyst.locator("[role=alert]")
    assert wrong.inner_text() == "Not done. no case case-0000000000000000."
    assert len(window.complaints) == 1  # Chromium itself notes the 404
    window.complaints.clear()
    assert analyst.locator("#share-why").input_value() == "Japan works on it too."
    analyst.get_by_label("What, by its id").fill(shelf.case)
    analyst.get_by_role("button", name="Share it").press("Enter")
    analyst.wait_for_url("**/sharing#share-*")
    row = analyst.locator("#collections tr", has_text="Not yet shared")
    assert "Japan works on it too." in row.inner_text()
    assert "Japan Cyber Police Bureau" in row.inner_text()
    to(analyst, f"{live.url}/sharing/as/{JAPAN}")
    assert "Not yet shared" in analyst.locator("main").inner_text()
    to(analyst, f"{live.url}/sharing")
    analyst.locator("summary", has_text="Take back: Not yet shared").press("Enter")
    analyst.locator("details[open] textarea[name=reason]").fill("It was for a day.")
    analyst.get_by_role("button", name="Take it back").locator("visible=true").press("Enter")
    analyst.wait_for_url("**/sharing#ended")
    gone = analyst.locator("#ended tr", has_text="Not yet shared")
    assert "It was for a day." in gone.inner_text()
    to(analyst, f"{live.url}/sharing/as/{JAPAN}")
    assert "Not yet shared" not in analyst.locator("main").inner_text()


def test_as_a_partner_one_sees_nothing_that_is_hidden_from_oneself(
    analyst: Page, live: Live, shelf: Shelf
) -> None:
    """Japan let Upbeat alone have a case: Korea is told of it on no page."""
    for path in shelf.paths.values():
        to(analyst, live.url + path)
        assert SECRET not in analyst.content()
    to(analyst, f"{live.url}/sharing/as/{UPBEAT}")
    assert "Theft at Upbeat" not in analyst.locator("main").inner_text()
    assert "Ronin" in analyst.locator("main").inner_text()
    analyst.context.clear_cookies()
    person = live.house.person(live.sown.upbeat, "analyst")
    upbeat = signed_in(analyst, live, live.house.link(live.sown.upbeat, person))
    to(upbeat, f"{live.url}/sharing/as/{JAPAN}")
    assert upbeat.locator("section").count() == 0  # who reads Korea's collection is Korea's to tell
    to(upbeat, f"{live.url}/sharing/as/{KOREA}")
    assert "Ronin" in upbeat.locator("main").inner_text()
    assert SECRET not in upbeat.content()
