"""The pages in a real Chromium: signed into, walked by keyboard, at 1280 and at 360 px."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.live_desk import COMMAND
from tests.members.house import KOREA
from tests.web.pages.conftest import Live, Window
from tests.web.pages.seeds import HOSTILE, KOREAN

LOOK = (Path(__file__).parent / "look.js").read_text()
WIDTHS = (1280, 360)
FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  window.walked ??= new Map();
  if (!window.walked.has(at)) window.walked.set(at, window.walked.size);
  return { at: window.walked.get(at), tag: at.tagName, text: at.textContent.trim().slice(0, 60),
           ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
}"""
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, pre[tabindex='0']")]
  .filter((each) => each.checkVisibility()).length"""


@pytest.fixture
def page(window: Window, live: Live) -> Iterator[Page]:
    """A tab that nobody has signed in with; in the end, what no page may have done."""
    window.context.clear_cookies()
    window.requests.clear()
    window.complaints.clear()
    page = window.page()
    yield page
    page.close()
    assert window.requests
    assert [url for url in window.requests if not url.startswith(live.url + "/")] == []
    assert window.complaints == []


@pytest.fixture
def auditor(page: Page, live: Live) -> Page:
    """A tab of somebody who may do everything."""
    return come_in(page, live, "analyst", "auditor", "approver")


def come_in(page: Page, live: Live, *roles: str) -> Page:
    return signed_in(page, live, live.link(*roles))


def signed_in(page: Page, live: Live, link: str) -> Page:
    page.goto(f"{live.url}/sign-in#{link}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/cases")
    return page


def paths(live: Live) -> dict[str, str]:
    return {
        "cases": "/cases",
        "cases-closed": "/cases?state=closed",
        "case": f"/cases/{live.sown.full}",
        "case-bare": f"/cases/{live.sown.bare}",
        "orders": "/orders",
        "orders-none": "/orders?state=expired",
        "order-draft": f"/orders/{live.draft}",
        "order": f"/orders/{live.held}",
        "order-issuer": f"/orders/{live.frozen}",
        "propose": f"/orders/{live.draft}/sign/propose",
        "release": f"/orders/{live.held}/sign/release",
        "bodies": "/bodies",
        "body": f"/bodies/{live.sown.body}",
        "meeting": f"/meetings/{live.sown.meeting}",
        "designation": f"/meetings/{live.sown.meeting}/designations/{live.sown.designation}",
        "incidents": "/incidents",
        "incident": "/incidents/ronin-2022",
        "statistics": "/statistics?by=country",
        "claims": "/claims",
        "claim": "/claims/elliptic-2023-05",
        "audit": "/audit?after=0",
    }


def to(page: Page, url: str) -> None:
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200, url


def shot(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture, where somebody wants to look at them."""
    if folder := os.environ.get("STANCH_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=whole)


def test_a_link_is_taken_out_of_the_address_and_signs_in_at_the_press_of_a_key(
    page: Page, live: Live
) -> None:
    token = live.link("analyst")
    page.goto(f"{live.url}/sign-in#{token}")
    assert page.url == f"{live.url}/sign-in"
    assert token not in page.content()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.wait_for_url("**/sign-in")
    page.goto(f"{live.url}/sign-in")
    page.get_by_label("One-time link").fill(f"{live.url}/sign-in#{live.link('analyst')}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases")


def test_who_is_not_signed_in_is_told_where_to(page: Page, live: Live, window: Window) -> None:
    page.goto(f"{live.url}/cases")
    page.get_by_role("link", name="Sign in", exact=True).press("Enter")
    page.wait_for_url("**/sign-in")
    assert len(window.complaints) == 1  # Chromium itself notes the 401
    window.complaints.clear()


@pytest.mark.parametrize("width", WIDTHS)
def test_all_is_readable_and_nothing_sticks_out(auditor: Page, live: Live, width: int) -> None:
    auditor.set_viewport_size({"width": width, "height": 800})
    for name, path in paths(live).items():
        to(auditor, live.url + path)
        auditor.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        shot(auditor, f"{name}-{width}")
        looked(auditor)
    auditor.get_by_role("button", name="Sign out").click()
    shot(auditor, f"sign-in-{width}")
    looked(auditor)


def looked(page: Page) -> dict[str, Any]:
    seen: dict[str, Any] = page.evaluate(LOOK)
    assert seen["texts"] > 5
    assert seen["faint"] == [], page.url
    assert seen["wide"] == [], page.url
    assert seen["sideways"] == 0, page.url
    return seen


def test_the_look_sees_what_is_faint_and_what_sticks_out(auditor: Page, live: Live) -> None:
    """The measure itself is tried: a grey text and a wide box are found."""
    auditor.goto(f"{live.url}/cases")
    auditor.evaluate("document.querySelector('h1').style.color = '#999'")
    auditor.evaluate("document.querySelector('main').style.minWidth = '3000px'")
    seen = auditor.evaluate(LOOK)
    assert seen["faint"] == ["Cases"]
    assert seen["wide"]
    assert seen["sideways"] > 0


def test_every_page_is_walked_by_keyboard(auditor: Page, live: Live) -> None:
    for path in paths(live).values():
        to(auditor, live.url + path)
        auditor.keyboard.press("Tab")
        first = auditor.evaluate(FOCUS)
        assert first["text"] == "Skip to the content"
        reached, seen = 1, first
        for _ in range(400):
            assert seen["ring"], (path, seen)
            auditor.keyboard.press("Tab")
            seen = auditor.evaluate(FOCUS)
            if seen["tag"] == "BODY" or seen["at"] < reached:
                break
            reached += 1
        assert reached >= auditor.evaluate(REACHABLE), path
        to(auditor, live.url + path)
        auditor.keyboard.press("Tab")
        auditor.keyboard.press("Enter")
        assert auditor.evaluate("document.activeElement.id") == "main"


def test_every_page_has_landmarks_labels_and_headed_tables(auditor: Page, live: Live) -> None:
    for path in paths(live).values():
        to(auditor, live.url + path)
        assert auditor.evaluate("document.documentElement.lang") == "en"
        for landmark in ("banner", "navigation", "main"):
            assert auditor.get_by_role(landmark).first.is_visible(), (path, landmark)
        assert auditor.locator("h1").count() == 1
        unnamed = auditor.evaluate("""() => [...document.querySelectorAll(
          "input:not([type=hidden]), select, textarea")].filter((each) => !each.labels.length)
          .map((each) => each.outerHTML)""")
        assert unnamed == []
        bare = auditor.locator("table th:not([scope]), table:not(:has(caption))")
        assert bare.count() == 0
        twice = auditor.evaluate("""() => { const ids = [...document.querySelectorAll("[id]")]
          .map((each) => each.id); return ids.filter((id, at) => ids.indexOf(id) !== at); }""")
        assert twice == []


def test_a_hostile_title_is_a_title(auditor: Page, live: Live) -> None:
    auditor.on("dialog", lambda _: pytest.fail("a script of somebody's title ran"))
    auditor.goto(f"{live.url}/cases/{live.sown.bare}")
    assert auditor.locator("h1").inner_text() == HOSTILE
    assert auditor.title() == f"{HOSTILE} · Joint desk"
    auditor.goto(f"{live.url}/cases/{live.sown.full}")
    assert auditor.locator("h1").inner_text() == KOREAN
    assert HOSTILE in auditor.locator("#items").inner_text()


def test_a_case_is_opened_filled_and_closed_by_keyboard(auditor: Page, live: Live) -> None:
    auditor.goto(f"{live.url}/cases")
    auditor.locator("summary", has_text="Open a case").press("Enter")
    auditor.get_by_label("Title").press_sequentially("Theft by keyboard")
    auditor.get_by_label("Title").press("Enter")
    auditor.wait_for_url("**/cases/case-*")
    assert auditor.locator("h1").inner_text() == "Theft by keyboard"
    auditor.locator("summary", has_text="Add a note").press("Enter")
    auditor.get_by_label("Note", exact=True).fill("Seen.\nTwice.")
    auditor.get_by_role("button", name="Add the note").press("Enter")
    auditor.wait_for_url("**#note")
    assert auditor.locator(".note").inner_text() == "Seen.\nTwice."
    auditor.locator("summary", has_text="Close the case").press("Enter")
    auditor.get_by_label("Why").fill("A trial.")
    auditor.get_by_role("button", name="for good").press("Enter")
    auditor.wait_for_load_state()
    assert auditor.locator("summary", has_text="Add a note").count() == 0


def test_an_approver_signs_on_their_own_machine_and_hands_it_in(
    page: Page, live: Live, tmp_path: Path
) -> None:
    """As the page says: the document saved, the very command run, its file pasted."""
    order = live.hands.draft()
    person = live.hands.people[KOREA][0]
    key, secret = tmp_path / "KEY.pem", tmp_path / "passphrase"
    key.touch(0o600)
    key.write_text(live.hands.keys[person].to_pem("a long passphrase"))
    secret.write_text("a long passphrase")
    signed_in(page, live, live.house.link(live.house.chief, person))
    to(page, f"{live.url}/orders/{order}")
    page.get_by_role("link", name="Propose").press("Enter")
    page.wait_for_url("**/sign/propose")
    words = [line.strip() for line in page.locator(".words p").all_inner_texts()]
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save ord-").press("Enter")
    saving.value.save_as(tmp_path / saving.value.suggested_filename)
    command = page.locator("#command").inner_text().replace("\\\n", " ").split()
    assert command[0] == "stanch"
    told = subprocess.run(
        [*COMMAND, *command[1:], "--yes", "--passphrase-file", str(secret)],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert [line.strip() for line in told.splitlines()][: len(words)] == words
    statement = (tmp_path / f"{order}-propose.jws").read_text()
    page.get_by_label("Text of").fill(statement)
    page.get_by_role("button", name="Hand it in").press("Enter")
    page.wait_for_url(f"**/orders/{order}#signed")
    assert page.locator("#signed tbody tr").count() == 1
    assert page.locator(".facts .tag").inner_text() == "proposed"


def test_the_command_is_copied(auditor: Page, live: Live, window: Window) -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    to(auditor, f"{live.url}/orders/{live.draft}/sign/propose")
    auditor.get_by_role("button", name="Copy").press("Enter")
    auditor.get_by_role("button", name="Copied").wait_for()
    copied = auditor.evaluate("navigator.clipboard.readText()")
    assert copied == auditor.locator("#command").inner_text()


def test_what_is_closed_to_somebody_is_not_there(auditor: Page, live: Live, window: Window) -> None:
    for _ in range(3):
        assert "Hidden" not in auditor.content()
        if auditor.get_by_role("link", name="More of them").count() == 0:
            break
        auditor.get_by_role("link", name="More of them").click()
    answer = auditor.goto(f"{live.url}/cases/{live.sown.hidden}")
    assert answer is not None
    assert answer.status == 404
    assert "Hidden" not in auditor.content()
    window.complaints.clear()  # Chromium itself notes the 404


def test_the_pages_work_without_the_script(window: Window, live: Live) -> None:
    window.context.clear_cookies()
    page = window.page()
    page.route("**/static/desk.js", lambda route: route.abort())
    page.goto(f"{live.url}/sign-in")
    page.get_by_label("One-time link").fill(live.link("analyst"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/cases")
    assert page.locator("tbody tr").count() == 25
    page.close()


def test_paper_has_no_buttons(auditor: Page, live: Live) -> None:
    auditor.emulate_media(media="print")
    auditor.goto(f"{live.url}/cases/{live.sown.full}")
    assert not auditor.get_by_role("button").first.is_visible()
    assert auditor.locator("h1").is_visible()
    assert auditor.locator(".hops").is_visible()


def test_the_bar_is_moved_by_a_choice_and_every_figure_with_it(auditor: Page, live: Live) -> None:
    to(auditor, f"{live.url}/claims/elliptic-2023-05")
    japan = auditor.get_by_role("region", name="japan: Japan")
    assert "718,000,000" in japan.inner_text()
    auditor.get_by_label("Attribution bar").select_option("A")
    auditor.wait_for_url("**bar=A**")
    assert "97,000,000" in japan.inner_text()
    assert auditor.get_by_label("Attribution bar").input_value() == "A"
