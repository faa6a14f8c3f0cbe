"""A year of a body begins by its pages: a co-chair runs a meeting in a real Chromium, an observer
looks on.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from stanch.app.desk import cases
from stanch.app.desk.words import NewItem, Shared
from stanch.formats.ical import read
from stanch.members.organisations import NewMember
from stanch.model.desk.people import Caller
from tests.app.designation.sample import TEXT
from tests.reports.pack.conftest import cjk_fonts  # noqa: F401
from tests.web.pages.conftest import Live, Window
from tests.web.pages.seeds import JAPAN, joins
from tests.web.pages.test_chromium import looked, page, shot, signed_in, to  # noqa: F401

AUSTRALIA = "mem-australia"
WIDTHS = (1280, 360)


@pytest.fixture(scope="module")
def canberra(live: Live) -> Caller:
    """An administrator of a second government, which founds with Korea."""
    name = "Department of Foreign Affairs and Trade"
    return joins(live.house, NewMember(name, "government", "AU", False, AUSTRALIA), "Smith")


@pytest.fixture
def chair(page: Page, live: Live, canberra: Caller) -> Page:  # noqa: F811
    """A co-chair's analyst, in a tab."""
    return signed_in(page, live, live.link("analyst"))


def observer(page: Page, live: Live) -> Page:  # noqa: F811
    """The same tab, of an analyst of Japan."""
    page.context.clear_cookies()
    person = live.house.person(live.sown.japan, "analyst")
    return signed_in(page, live, live.house.link(live.sown.japan, person))


def fill(page: Page, form: str, **fields: str) -> Page:  # noqa: F811
    """Open a form by keyboard, fill what is said, and send it with Enter on its button."""
    within = page.locator(f"details#{form}")
    if within.get_attribute("open") is None:
        within.locator("summary").press("Enter")
    for name, value in fields.items():
        field = within.locator(f"#{form}-{name}")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    return page


def refused(page: Page, form: str, window: Window, status: int) -> str:  # noqa: F811
    """Send a form that is refused; returns why. Chromium itself notes the status."""
    press(page, form)
    told = page.get_by_role("alert")
    assert told.evaluate("each => document.activeElement === each")
    (noted,) = window.complaints
    assert f"status of {status}" in noted
    window.complaints.clear()
    return str(told.inner_text())


def press(page: Page, form: str) -> Page:  # noqa: F811
    page.locator(f"details#{form} button").press("Enter")
    page.wait_for_load_state()
    return page


def both(page: Page, name: str) -> None:  # noqa: F811
    """Look at a page as it is, wide and narrow."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        shot(page, f"{name}-{width}")
        looked(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def founded(page: Page, live: Live, window: Window, name: str) -> str:  # noqa: F811
    """A body by its template, with Japan as an observer; returns its address."""
    to(page, f"{live.url}/bodies")
    fill(page, "found", template="korea-australia", name=name)
    assert "no member of AU" in refused(page, "found", window, 422)
    assert page.locator("#found-name").input_value() == name
    both(page, "found-refused")
    page.get_by_label("Foreign Affairs and Trade (AU)").check()
    press(page, "found")
    page.wait_for_url("**/bodies/body-*")
    assert page.locator("h1").inner_text() == name
    fill(page, "seat", member=JAPAN, agency="外務省", role="observer")
    press(page, "seat")
    page.wait_for_url("**#seats")
    return page.url.partition("#")[0]


def called(page: Page, body: str, place: str) -> str:  # noqa: F811
    page.goto(body)
    press(fill(page, "call", place=place), "call")
    page.wait_for_url("**/meetings/meet-*")
    return page.url


def test_a_co_chair_runs_a_whole_meeting_by_the_pages(
    chair: Page,
    live: Live,
    window: Window,
    tmp_path: Path,
    cjk_fonts: Path,  # noqa: F811
) -> None:
    body = founded(chair, live, window, "Group of two")
    fill(chair, "target", measure="Time to hold", unit="hours", baseline="72", target="24",
         due="2031-12-31")  # fmt: skip
    press(chair, "target")
    press(fill(chair, "reading", value="60.5", day="2026-01-05"), "reading")
    assert "60.5" in chair.get_by_role("row", name="Time to hold").inner_text()
    both(chair, "body-run")
    meeting = called(chair, body, "Canberra")
    press(fill(chair, "item", title="Prices of the day", topic="other"), "item")
    press(fill(chair, "paper", title="Bridges", text="Two.\nOf which one large."), "paper")
    press(fill(chair, "decision", text="Exchanges are asked for one contact."), "decision")
    press(fill(chair, "action", by=AUSTRALIA, what="Ask them", due="2030-07-01"), "action")
    chair.wait_for_url("**#actions")
    assert "open" in chair.get_by_role("row", name="Ask them").inner_text()
    fill(chair, "end", state="dropped")
    assert "what is dropped is dropped for one" in refused(chair, "end", window, 422)
    assert chair.locator("#end-state").input_value() == "dropped"
    both(chair, "meeting-refused")
    press(fill(chair, "end", reason="Another body has it."), "end")
    assert "Another body has it." in chair.get_by_role("row", name="Ask them").inner_text()
    both(chair, "meeting-run")
    press(fill(chair, "move", at="2031-02-03T14:00", place="Sydney"), "move")
    facts = chair.locator(".facts").first.inner_text()
    assert "2031-02-03 14:00 UTC+11:00" in facts
    assert "Sydney" in facts
    text = chair.locator("main").inner_text()
    for shown in ("Prices of the day", "Bridges", "Of which one large.", "one contact."):
        assert shown in text
    with chair.expect_download() as saving:
        chair.get_by_role("link", name="Save the invitation").press("Enter")
    saving.value.save_as(tmp_path / "plain.ics")
    assert read((tmp_path / "plain.ics").read_bytes()).sequence == 1
    with chair.expect_download() as saving:
        press(fill(chair, "invite", **{f"address-{AUSTRALIA}": "desk@dfat.example"}), "invite")
    saving.value.save_as(tmp_path / "named.ics")
    sent = read((tmp_path / "named.ics").read_bytes())
    assert sent.place == "Sydney"
    assert "desk@dfat.example" in {each.address for each in sent.attendees}
    packs(chair, live, meeting, tmp_path)
    press(fill(chair, "cancel", reason="No quorum."), "cancel")
    assert "cancelled" in chair.locator(".facts").first.inner_text()
    assert chair.locator("details#paper").count() == 0


def packs(page: Page, live: Live, meeting: str, folder: Path) -> None:  # noqa: F811
    """The preview in three languages, and the PDF beside it."""
    for lang, name, word in (("en", "English", "Meeting"), ("ko", "한국어", "회의"),
                             ("ja", "日本語", "会合")):  # fmt: skip
        to(page, meeting)
        page.get_by_role("link", name=name, exact=True).press("Enter")
        page.wait_for_url(f"**/pack?lang={lang}")
        assert page.evaluate("document.documentElement.lang") == lang
        assert word in page.locator("body").inner_text()
        assert "Group of two" in page.locator("body").inner_text()
        shot(page, f"pack-{lang}-1280")
    to(page, meeting)
    with page.expect_download() as saving:
        page.get_by_role("link", name="日本語, PDF").press("Enter")
    saving.value.save_as(folder / "pack.pdf")
    assert (folder / "pack.pdf").read_bytes().startswith(b"%PDF-")


def test_an_observer_reads_what_it_may_and_finds_no_form(
    chair: Page, live: Live, window: Window
) -> None:
    body = founded(chair, live, window, "Group with an observer")
    meeting = called(chair, body, "Seoul")
    press(fill(chair, "paper", title="For all", text="Shared."), "paper")
    press(fill(chair, "paper", title="Ours alone", text="Secret.", marking="TLP:RED"), "paper")
    fill(chair, "paper", title="For Canberra", text="Secret too.")
    chair.locator("details#paper").get_by_label("Foreign Affairs and Trade").check()
    press(chair, "paper")
    press(fill(chair, "decision", text="In red.", marking="TLP:RED"), "decision")
    both(chair, "meeting-marked")
    watched = observer(chair, live)
    for path in (body, meeting):
        to(watched, path)
        assert watched.locator("main form").count() == 0
        assert watched.locator("main details").count() == 0
        both(watched, f"observer-{path.rpartition('/')[2][:4]}")
    text = watched.content()
    assert "For all" in text
    for secret in ("Ours alone", "For Canberra", "Secret", "In red"):
        assert secret not in text
    to(watched, f"{live.url}/bodies")
    assert watched.locator("details#found").count() == 1  # Japan founds, and is no co-chair here


def test_a_proposed_designation_is_read_and_saved(
    chair: Page, live: Live, window: Window, tmp_path: Path
) -> None:
    body = founded(chair, live, window, "Group on sanctions")
    meeting = called(chair, body, "Seoul")
    analyst = live.house.caller(live.house.chief, "analyst")
    case = cases.open_case(live.hands.desk, analyst, "Proposals", Shared())
    new = NewItem(case, "file", {}, Shared())
    cases.keep_file(live.hands.desk, analyst, new, "two.toml", TEXT.encode())
    to(chair, meeting)
    label = chair.locator("#paper-file option", has_text="two.toml, of Proposals")
    fill(chair, "paper", title="Two people", topic="sanctions", marking="TLP:GREEN",
         file=label.get_attribute("value") or "")  # fmt: skip
    press(chair, "paper")
    watched = observer(chair, live)
    to(watched, meeting)
    watched.get_by_role("link", name="Read it as a proposed designation").press("Enter")
    watched.wait_for_url("**/designations/paper-*")
    han = watched.get_by_role("region", name="HAN Sim Il")
    assert "sold stolen coins" in han.inner_text()
    assert "sdn has HAN Sim-il (17)" in han.inner_text()
    assert "Secretname" not in watched.content()
    both(watched, "designation-green")
    for name, ending in (("FollowTheMoney", ".ftm.jsonl"), ("STIX 2.1", ".stix.json")):
        with watched.expect_download() as saving:
            watched.get_by_role("link", name=f"Save as {name}").press("Enter")
        saving.value.save_as(tmp_path / ending)
        assert saving.value.suggested_filename.endswith(ending)
        saved = (tmp_path / ending).read_text("utf-8")
        assert "HAN Sim Il" in saved
        assert "Secretname" not in saved
    watched.get_by_role("link", name="Document to print").press("Enter")
    watched.wait_for_url("**/html")
    assert "HAN Sim Il" in watched.locator("h3").all_inner_texts()[0]
