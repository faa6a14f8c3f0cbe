"""The page: one file, no script, links that lead somewhere, text that stays text."""

import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from stanch.i18n.pack import LANGUAGES
from stanch.model.registry.words import AmountKind
from stanch.reports.pack.common_threats import Common
from stanch.reports.pack.compose import compose
from stanch.reports.pack.draw_ahead import draw_ahead
from stanch.reports.pack.html import html
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import Heard, Lacking
from tests.reports.pack.sample import NORTH, SOUTH, incident, long, order, review, sample

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
    absent = sample(actions=None, targets=None, orders=None, designations=None, threats=None,
                    common=None, entries=())  # fmt: skip
    page = html(compose(absent, "en"))
    assert "Not collected for this document" in page
    assert "Targets of cooperation, Common threats, Proposed designations" in page
    assert 'id="orders"' not in page
    assert "There are none in this period" not in page
    assert "There are none in this period" in html(compose(sample(orders=(), targets=()), "en"))


def section(document, anchor):
    return next((each for each in document.sections if each.anchor == anchor), None)


def lines(table):
    """Rows of a table as texts, a row's spans together."""
    return [
        tuple("".join(span.text for line in cell.lines for span in line) for cell in row)
        for row in table.rows
    ]


def test_common_threats_are_told_with_all_that_shows_them():
    document = compose(sample(), "en")
    said, first, incidents, second, cases = section(document, "common").blocks
    assert said.spans[0].text == (
        "Told are threats that touch two or more of these countries: South Korea, Japan, United "
        "States; in incidents, by seat of the victim."
    )
    assert (first.text, second.text) == ("In incidents", "In cases")
    countries = "South Korea 1, Japan 1"
    assert lines(incidents) == [
        ("Actor",), ("Group", countries, "2", "1,460,000,500"),
        ("Technique",), ("spear-phish", countries, "2", "–"),
        ("Campaign or strain",), ("maui", countries, "2", "500"),
    ]  # fmt: skip
    account = "eip155:1:0x" + "ab" * 20
    assert lines(cases) == [
        ("Account on which two or more members work",),
        (account, "Japan 1, Korea 1", "TLP:AMBER", "2"),
        ("Actor named by judgements of two or more countries",),
        ("Group / Band", "Japan 1, South Korea 1", "TLP:AMBER", "2"),
    ]
    touched = [span.to for span in incidents.rows[1][1].lines[0] if span.to]
    assert touched == ["A1", "A2"]
    assert [span.to for span in cases.rows[1][1].lines[0] if span.to] == ["E2", "E1"]


def test_reviews_are_counted_with_the_orders_and_listed_in_an_annex():
    document = compose(sample(), "en")
    _, head, said, counts = section(document, "orders").blocks
    assert head.text == "Reviews of these orders"
    assert said.spans[0].text.endswith("others are not counted.")
    assert [(*line, row[1].lines[0][0].to) for line, row in
            zip(lines(counts), counts.rows, strict=True)] == [
        ("asked for", "4", "C3"), ("answered in time", "1", "F3"), ("answered late", "1", "F4"),
        ("to be answered", "1", "F2"), ("not answered, and overdue", "1", "F1"),
        ("upheld", "1", "F3"), ("upheld, and the order was released", "1", "F3"),
        ("not upheld", "1", "F4"),
    ]  # fmt: skip
    (named,) = section(document, "annex-c").blocks
    assert lines(named)[2][0] == "C3"
    assert named.rows[2][2].anchors == ("F1", "F2", "F3", "F4")
    (table,) = section(document, "annex-f").blocks
    assert table.anchors == ("F1", "F2", "F3", "F4")
    late = ("F4", "Feb 23, 2026", "order-8rev-2", "Mar 2, 2026", "Mar 9, 2026")
    assert lines(table)[3] == (*late, "answered latenot upheld")
    assert table.rows[3][2].lines[0][0].to == "B2"


def test_upheld_is_not_yet_released():
    held = order(reviews=(review("rev-1", Heard.IN_TIME, True),))
    *_, counts = section(compose(sample(orders=(held,)), "en"), "orders").blocks
    assert lines(counts)[5:7] == [("upheld", "1"), ("upheld, and the order was released", "0")]


def test_of_reviews_that_nobody_shows_nothing_is_counted():
    document = compose(sample(orders=(order(),)), "en")
    _, said = section(document, "orders").blocks
    assert said.spans[0].text == "No review of these orders is visible to this reader."
    assert section(document, "annex-f") is None
    assert len(section(compose(sample(orders=(), targets=()), "en"), "orders").blocks) == 1


def test_what_lies_in_cases_is_an_annex_with_its_markings():
    (table,) = section(compose(sample(), "en"), "annex-e").blocks
    assert table.anchors == ("E1", "E2", "E3", "E4")
    facts = "attributes, high confidence, case-3, jud-1"
    assert lines(table)[2] == ("E3", "Mar 1, 2026", "Korea", f"Group{facts}", "TLP:AMBER")
    assert [row[-1] for row in lines(table)] == ["TLP:AMBER", "TLP:GREEN", "TLP:AMBER", "TLP:GREEN"]


def test_without_common_threats_it_says_that_none_is_visible_and_no_more():
    document = compose(sample(common=Common(("KR", "JP"), (), ()), entries=()), "en")
    blocks = section(document, "common").blocks
    assert [each.kind for each in blocks] == ["para", "head", "para", "head", "para"]
    assert {blocks[2].spans[0].text, blocks[4].spans[0].text} == {"None is visible to this reader."}
    assert section(document, "annex-e") is None
    alone = section(compose(sample(common=Common(None, ()), entries=()), "en"), "common").blocks
    assert [each.kind for each in alone] == ["para", "para"]
    assert alone[0].spans[0].text == (
        "Told are threats that touch two or more countries, by seat of the victim."
    )
    assert section(compose(sample(common=None, entries=()), "en"), "common") is None


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_row_keeps_of_its_looks_takes_the_numbers_of_each_pack(language):
    """Drawn ahead, drawn for another pack before, or drawn now: the page is the same."""
    rows = tuple(incident(f"{each}-2026", each) for each in ("north", "south", "east"))
    fresh = html(compose(sample(incidents=rows), language))
    draw_ahead(rows, language)
    assert all(each.drawn[language] for each in rows)
    html(compose(sample(incidents=rows[::-1]), language))
    assert html(compose(sample(incidents=rows), language)) == fresh
    again = tuple(replace(each, drawn={}) for each in rows)
    assert html(compose(sample(incidents=again), language)) == fresh


def test_a_mark_that_stands_for_a_number_is_in_no_text_from_outside():
    odd = replace(incident("north-2026"), victim="North \0" + "1\0", technique="\0")
    page = html(compose(sample(incidents=(odd, incident("south-2026"))), "en"))
    assert "\0" not in page
    assert "North \ufffd1\ufffd" in page


def test_a_marking_of_html_in_a_row_stays_a_text():
    odd = replace(incident("north-2026"), victim="<b>&\"'")
    page = html(compose(sample(incidents=(odd, incident("south-2026"))), "en"))
    assert "<bdi>&lt;b&gt;&amp;&#34;&#39;</bdi>" in page


def test_no_word_of_a_paper_is_left_out():
    page = html(compose(long(), "ja"))
    assert page.count("beginning 語 ") == page.count(" last.") == 3


def test_what_is_no_whole_sum_is_said_with_its_rows():
    pack = sample()
    told = html(
        compose(replace(pack, whole=replace(pack.whole, partial=Number(1, (NORTH,)))), "en")
    )
    assert "Of 1 incident only a part has a figure: no more than that part is in the sums." in told
    assert "only a part has" not in html(compose(pack, "en"))


def test_each_bar_of_the_picture_opens_the_rows_of_its_sum():
    page = html(compose(sample(), "en"))
    picture = page[page.index("<figure>") : page.index("</figure>")]
    table = page[page.index("</figure>") :]
    links = re.findall(r'<a href="#([ABC]\d+)">', picture)
    assert links
    for each in links:
        assert f'id="{each}"' in page
        assert f'href="#{each}"' in table


@pytest.mark.parametrize(
    ("language", "unvalued", "part"),
    [
        ("en", "In 2 incidents something was frozen and no source gives a figure",
         "In 1 incident only a part of what was recovered has a figure"),
        ("ko", "2건은 동결된 자산이 있으나", "1건은 환수된 자산 중 일부의"),
        ("ja", "2件は凍結された資産があるが", "1件は回収された資産の一部についてのみ"),
    ],
)  # fmt: skip
def test_what_came_of_the_money_without_a_figure_is_said_with_its_rows(language, unvalued, part):
    none, pack = Number(0), sample()
    lacking = (
        Lacking(AmountKind.MOVED, none, none),
        Lacking(AmountKind.FROZEN, Number(2, (NORTH, SOUTH)), none),
        Lacking(AmountKind.RECOVERED, none, Number(1, (NORTH,))),
    )
    told = html(compose(replace(pack, whole=replace(pack.whole, lacking=lacking)), language))
    for words in (unvalued, part):
        assert told.count(words) == 1
        rest = told.partition(words)[2].partition("</p>")[0]
        assert f'id="{re.search("#([AC][0-9]+)", rest)[1]}"' in told
