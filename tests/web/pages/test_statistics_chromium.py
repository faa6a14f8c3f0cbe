"""The pictures of the statistics in a real Chromium: on the page, and opened by themselves."""

import pytest
from playwright.sync_api import Page

from tests.web.pages.conftest import Live
from tests.web.pages.test_chromium import WIDTHS, auditor, looked, page, shot, to

__all__ = ["auditor", "page"]  # fixtures

LOADED = """async () => {
  const all = [...document.querySelectorAll("main img")];
  for (const each of all) { each.loading = "eager"; await each.decode(); }
  const narrow = (each) => new URL(each.currentSrc).search.includes("wide=no");
  return all.map((each) => [narrow(each), each.naturalWidth]);
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pictures_are_shown_and_their_bars_and_discs_open_rows(
    auditor: Page, live: Live, width: int
) -> None:
    auditor.set_viewport_size({"width": width, "height": 1100})
    to(auditor, f"{live.url}/statistics?by=country&bar=D")
    drawn = auditor.evaluate(LOADED)  # bars and map
    assert drawn == [[True, 400] if width < 760 else [False, 920]] * 2
    auditor.evaluate("document.querySelector('.pictures').scrollIntoView()")
    shot(auditor, f"statistics-pictures-{width}", whole=False)
    looked(auditor)
    for picture, name in (("bars", "Japan"), ("map", "JP")):
        to(auditor, f"{live.url}/statistics?by=country&bar=D")
        auditor.get_by_role("link", name=picture, exact=True).click()
        shot(auditor, f"statistics-{picture}-{width}", whole=False)
        auditor.locator("a", has_text=name).last.click()
        auditor.wait_for_url("**/statistics/rows?*key=JP")
        assert "DMM Bitcoin" in auditor.content()
        shot(auditor, f"statistics-rows-{width}")
        looked(auditor)
