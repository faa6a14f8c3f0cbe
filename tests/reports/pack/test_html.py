"""The page: one file, no script, links that lead somewhere, text that stays text."""

import re

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from stanch.i18n.pack import LANGUAGES
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import html
from tests.reports.pack.sample import incident, sample

ID, TO = re.compile(r'\bid="([^"]*)"'), re.compile(r'href="#([^"]*)"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere_and_nothing_is_fetched(language):
    page = html(compose(sample(), language))
    ids = ID.findall(page)
    assert len(ids) == len(set(ids))
    assert len(TO.findall(page)) > 40
    assert set(TO.findall(page)) <= set(ids)
    assert f'<html lang="{language}">' in page
    assert re.findall(r'href="(https?:[^"]*)"', page) == ["https://example.org/a?b=c&amp;d"]
    assert not re.search(r"<(script|link|img|iframe|object)|src=|url\(|@import", page)


def test_every_figure_of_the_tables_leads_to_its_rows():
    document = compose(sample(), "en")
    for section in document.sections:
        for table in (each for each in section.blocks if each.kind == "table"):
            if section.annex or section.anchor == "left-out":
                continue
            for cell in (cell for row in table.rows for cell in row if cell.figure):
                (span,) = cell.lines[0]
                # What nothing makes, what is not known, and what people set as a goal.
                assert span.to or span.text in {"0", "–"} or section.anchor == "targets"


def test_a_figure_of_several_rows_leads_to_their_list():
    page = html(compose(sample(), "en"))
    line = re.search(r'<tr id="C1">.*?</tr>', page)[0]
    assert TO.findall(line) == ["A1", "A2"]


def test_open_actions_come_first_and_what_was_not_collected_is_said():
    assert compose(sample(), "en").sections[0].anchor == "actions"
    absent = sample(actions=None, targets=None, orders=None, designations=None, threats=None)
    page = html(compose(absent, "en"))
    assert "Not collected for this document" in page
    assert 'id="orders"' not in page
    assert "There are none in this period" not in page
    assert "There are none in this period" in html(compose(sample(orders=(), targets=()), "en"))


@given(st.text(max_size=80))
def test_hostile_titles_stay_text(title):
    hostile = f'<script>"&{title}</td>'
    pack = sample(incidents=(incident(victim=hostile, technique=hostile), incident("south-2026")))
    page = html(compose(pack, "en"))
    assert "<script" not in page
    assert not set(page) & set("\u202e\u202d\u2066\u200f\0\x1b")
    assert page.count("</table>") == html(compose(sample(), "en")).count("</table>")


def test_the_picture_is_well_formed_whatever_the_names_are():
    document = compose(sample(), "ko")
    (chart,) = (
        each for section in document.sections for each in section.blocks if each.kind == "chart"
    )
    assert "대한민국" in {each.text for each in ElementTree.fromstring(chart.svg).iter()}
