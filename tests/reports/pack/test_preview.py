"""What is looked at on a desk: the document in pages, each link to the page that has its row."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from stanch.errors import NotFoundError
from stanch.i18n.pack import LANGUAGES
from stanch.reports.pack import preview as module
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import html
from stanch.reports.pack.preview import Looked, preview
from tests.reports.pack.sample import incident, line, sample

WHOLE = "/v1/whole?lang=en"
ID, HREF = re.compile(r'\bid="([^"]*)"'), re.compile(r'href="([^"]*)"')
ROW = re.compile(r'<tr id="(A\d+)">')


@pytest.fixture
def small(monkeypatch):
    """Pages of three rows, so that a pack of a few has many pages."""
    monkeypatch.setattr(module, "ROWS", 3)
    monkeypatch.setattr(module, "NAMED", 2)


def many(count):
    """A pack of so many incidents; half of them are behind a figure of their own."""
    some = tuple(incident(f"sim-{place}", usd=place) for place in range(count))
    names = tuple(each.name for each in some)
    pack = sample()
    return sample(
        incidents=(*pack.incidents, *some),
        whole=line("", "", (*pack.whole.incidents.rows, *names), 7),
        counts=(replace(pack.counts[0], lines=(line("2026-Q1", "2026-Q1", names[::2], 5),)),),
    )


def pages(pack, language="en"):
    """All that can be reached from the first page, by its address."""
    found, ahead = {}, ["?lang=" + language]
    while ahead:
        address = ahead.pop()
        if address in found:
            continue
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        looked = Looked(asked.get("of", ""), int(asked.get("after", 0)), WHOLE)
        found[address] = preview(pack, asked["lang"], looked).decode()
        ahead += [to.partition("#")[0] for to in links(found[address]) if to.startswith("?")]
    return found


def links(page):
    return [unescape(each) for each in HREF.findall(page)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("small")
def test_every_link_leads_to_a_row_that_is_there(language):
    found = pages(many(11), language)
    assert len(found) > 4
    for address, page in found.items():
        ids = ID.findall(page)
        assert len(ids) == len(set(ids))
        assert WHOLE in links(page)
        for to in links(page):
            where, _, anchor = to.partition("#")
            if anchor:
                assert f'id="{anchor}"' in found[where or address], (address, to)


@pytest.mark.usefixtures("small")
def test_the_pages_have_all_rows_of_the_annex_as_the_document_has_them():
    pack = many(11)
    whole = html(compose(pack, "en"))
    found = pages(pack)
    walked = [page for address, page in found.items() if "of=C" not in address]
    rows = sorted((row for page in walked for row in ROW.findall(page)), key=lambda id: int(id[1:]))
    assert rows == ROW.findall(whole)
    assert "rows 1-3 of 13" in found["?lang=en"]
    assert "rows 13-13 of 13" in found["?lang=en&of=A&after=12"]
    assert "Next" not in found["?lang=en&of=A&after=12"]


@pytest.mark.usefixtures("small")
def test_a_figure_has_the_rows_of_its_line_and_no_other():
    pack = many(11)
    whole, found = html(compose(pack, "en")), pages(pack)
    lines = dict(re.findall(r'<tr id="(C\d+)">(.*?)</tr>', whole))
    shown = {}
    for address, page in found.items():
        if line := re.search(r"of=(C\d+)", address):
            shown.setdefault(line[1], set()).update(ROW.findall(page))
    assert shown
    for line, rows in shown.items():
        named = re.findall(r'href="#(A\d+)"', lines[line])
        assert len(named) > module.NAMED
        assert rows == set(named)


def test_a_small_pack_is_one_page_and_says_all_that_the_document_says():
    page = preview(sample(), "en", Looked(whole=WHOLE)).decode()
    notice = re.compile(r'<p class="notice">.*?</p>\n')
    assert notice.sub("", page) == html(compose(sample(), "en"))
    assert set(pages(sample())) == {"?lang=en"}


@pytest.mark.parametrize(
    "looked",
    [Looked("A", 2), Looked("C99"), Looked("B"), Looked("", 10**8), Looked('"><script>')],
)
def test_rows_that_are_not_there_are_not_found(looked):
    with pytest.raises(NotFoundError):
        preview(sample(), "en", looked)
