"""The page: outside text is escaped, links lead somewhere, nothing is loaded."""

import re

import pytest

from stanch.app.designation.check import Request, check
from stanch.model.crosscheck import Checked, Compared, CrossCheck, Standing
from stanch.model.hits import Evidence, Hit
from stanch.reports.designation.page import render
from tests.app.designation.sample import written

HIT = Hit("", 1, "sdn", "v1", "17", "Person", "HAN", ("DPRK3",), 0.7, 3.6,
          (Evidence("birth.year", 10.0, "1984", "1984"),), settle=("settle.passport",))  # fmt: skip


def copied(folder, *changes):
    return check(Request(written(folder, *changes))).copy


def test_outside_text_is_escaped_and_nothing_is_loaded(tmp_path):
    page = render(copied(tmp_path, ("sold stolen", "<script>alert(1)</script>")), None, {}, None)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "url(" not in page


def test_links_lead_to_places_of_the_page(tmp_path):
    page = render(copied(tmp_path), None, {}, None)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets >= {"statement-1", "source-1"}
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.LISTED, "nothing"),
        (Standing.PARTLY, "1 wallet, 2 names"),
        (Standing.WALLET, "to be settled first"),
        (Standing.PERHAPS, "to be settled first"),
        (Standing.NOWHERE, "everything"),
    ],
)
def test_each_standing_in_words(tmp_path, standing, words):
    one = Compared(HIT, standing, "HAN", "2017-01-11", ("a", "b"), (), ("w",), 1, 2)
    entries = () if standing is Standing.NOWHERE else (one,)
    found = CrossCheck((("sdn", "v1"),), (Checked("han", "HAN Sim Il", standing, entries),))
    page = render(copied(tmp_path), found, {}, None)
    row = re.search(r"<tr><td><b><bdi>HAN Sim Il</bdi></b></td>.*?</tr>", page)[0]
    assert words in row
    assert f'class="standing {standing.value}"' in row
    assert ("number of the passport" in page) is (
        standing not in {Standing.LISTED, Standing.NOWHERE}
    )


def test_without_lists_it_says_so(tmp_path):
    assert "Lists in force elsewhere were not asked" in render(copied(tmp_path), None, {}, None)
    asked = render(copied(tmp_path), CrossCheck((), ()), {}, None)
    assert "were not asked" not in asked
    assert "Nothing is open" in asked
