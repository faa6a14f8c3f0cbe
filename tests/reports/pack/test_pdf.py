"""The PDF: the same bytes again, text as text, links that lead somewhere, its own fonts."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from stanch.errors import InputError, UsageError
from stanch.i18n.pack import LANGUAGES
from stanch.reports.pack.compose import compose
from stanch.reports.pack.pdf import pdf
from tests.reports.pack.conftest import ROOT
from tests.reports.pack.sample import incident, long, sample

WORDS = {
    "en": (
        "Statistics",
        "Open actions",
        "1.46 billion US dollars",
        "Feb 21, 2026",
        "South Korea",
        "Common threats",
        "Account on which two or more members work",
    ),
    "ko": (
        "통계",
        "미결 조치 사항",
        "14.6억 미국 달러",
        "2026년 2월 21일",
        "대한민국",
        "공통 위협",
        "둘 이상의 회원이 다루는 계정",
    ),
    "ja": (
        "統計",
        "未了の措置事項",
        "14.6億米ドル",
        "2026年2月21日",
        "韓国",
        "共通の脅威",
        "二以上の構成員が扱う口座",
    ),
}
FOOT = 56  # points: 20 mm, below which the page has its number
AGAIN = """
import hashlib
from pathlib import Path
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import html
from stanch.reports.pack.pdf import pdf
from tests.reports.pack.sample import sample
made = compose(sample(), "ko")
print(hashlib.sha256(pdf(made, [Path({fonts!r})]) + html(made).encode()).hexdigest())
"""


def read(document, fonts):
    return PdfReader(BytesIO(pdf(document, [fonts])))


def said(reader):
    """All its text, without the blanks that a line's end or two scripts side by side put in."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_can_be_taken_out_and_fonts_are_inside(language, cjk_fonts):
    reader = read(compose(sample(), language), cjk_fonts)
    text = said(reader)
    for each in (*WORDS[language], "North Coin", "order-7", "TLP:GREEN"):
        assert squeezed(each) in text
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile3" in inner.get_object()
        assert "/ToUnicode" in font.get_object()
    assert reader.trailer["/Root"]["/Lang"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere(language, cjk_fonts):
    reader = read(compose(sample(), language), cjk_fonts)
    pages = {page.indirect_reference.idnum for page in reader.pages}
    named, inside, outside = reader.named_destinations, 0, set()
    for page in reader.pages:
        for each in page.get("/Annots", []):
            link = each.get_object()
            action = link.get("/A", {})
            if "/URI" in action:
                outside.add(action["/URI"])
                continue
            to = link["/Dest"] if "/Dest" in link else action["/D"]
            if isinstance(to, str):
                assert to in named
            else:
                assert to[0].idnum in pages
            inside += 1
    assert inside > 40
    assert outside == {"https://example.org/a?b=c&d"}


def test_the_same_pack_gives_the_same_bytes_in_another_process(cjk_fonts):
    code = AGAIN.format(fonts=str(cjk_fonts))
    made = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Asia/Seoul"), ("2", "America/New_York"))
    }  # fmt: skip
    assert len(made) == 1


def test_metadata_say_the_title_and_the_day_and_nothing_of_this_machine(cjk_fonts):
    data = pdf(compose(sample(), "en"), [cjk_fonts])
    info = PdfReader(BytesIO(data)).metadata
    assert set(info) <= {"/Title", "/Creator", "/CreationDate", "/ModDate"}
    assert " ".join(info["/Title"].split()) == "Working group: meeting 4 – January – March 2026"
    assert info["/CreationDate"].startswith("D:20260331")
    root = PdfReader(BytesIO(data)).trailer["/Root"]
    whole = data + root["/Metadata"].get_object().get_data()
    for each in (ROOT, cjk_fonts, Path.cwd()):
        assert str(each).encode() not in whole


def test_a_letter_that_no_font_has_stands_as_its_code_and_keeps_the_pack_from_nobody(cjk_fonts):
    odd = (
        incident(victim="Coin \U0001f600\U0001f680"),
        incident(id="x-2026", victim="\U0001f680 Co"),
    )
    pack = sample(incidents=(*odd, *sample().incidents[1:]))
    text = said(read(compose(pack, "en"), cjk_fonts))
    assert squeezed("Coin [U+1F600][U+1F680]") in text
    assert squeezed("[U+1F680] Co") in text


def test_letters_that_no_font_has_in_many_texts_are_named(cjk_fonts, monkeypatch):
    monkeypatch.setattr("stanch.reports.pack.pdf._ROUNDS", 1)
    pack = sample(incidents=(incident(victim="Coin \U0001f600"), *sample().incidents[1:]))
    with pytest.raises(InputError, match=r"U\+1F600.*--fonts"):
        pdf(compose(pack, "en"), [cjk_fonts])


def test_without_the_fonts_it_says_what_to_install(tmp_path):
    with pytest.raises(UsageError, match="fonts-noto-cjk"):
        pdf(compose(sample(), "ko"), [tmp_path])
    with pytest.raises(UsageError, match="is no folder"):
        pdf(compose(sample(), "ko"), [tmp_path / "none"])


HOSTILE = ("#", "$", "\\", '"', "<script>", "]", "[", "*", "_", "`", "@x", "<a>", "//", "/*", "=",
           "- ", "#read(\"/etc/passwd\")", "가", "漢", "\u202e", "\u200f", "\n", "\0", "{{", "%}",
           "&amp;", "'", "~", "x" * 60)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6).map("".join))
def test_hostile_titles_stay_text(cjk_fonts, title):
    pack = sample(incidents=(incident(victim=f"a{title}b"), sample().incidents[1]))
    text = said(read(compose(pack, "en"), cjk_fonts))
    shown = "".join("\ufffd" if each in "\u202e\u200f\0" else each for each in title)
    shown = squeezed(f"a{shown}b")
    assert shown in text or shown[:100] in text


def test_no_word_of_a_paper_is_left_out(cjk_fonts):
    """Pages long: a row goes on on the next page, and is not cut at the foot of one."""
    reader = PdfReader(BytesIO(pdf(compose(long(), "en"), [cjk_fonts])))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert text.count("beginning") == text.count("last.") == 3
    assert text.count("word") == 3 * (3_000 // 7)
    heights = []

    def note(text, inner, outer, *_):
        if "word" in text:
            heights.append(inner[5] + outer[5] * inner[3])

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert min(heights) > FOOT
