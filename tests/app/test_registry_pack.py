"""A pack of the registry's files: what is counted and left out, and nothing of what is hidden."""

import zlib
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from stanch.app.registry.pack import Asked, collected
from stanch.app.registry.pack_threats import countries
from stanch.app.registry.pack_write import Out, write
from stanch.errors import NotFoundError, UsageError
from stanch.i18n.pack import LANGUAGES
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import Bar, By, PlaceRole
from stanch.reports.pack.pack import Row, Why
from tests.registry.tables import cell, written
from tests.reports.pack.conftest import cjk_fonts  # noqa: F401

ASKED = Asked("2019", "2020", "Japan")
SECRET = ("south-2020", "South Bridge", "Secret Times", "secret-paper", "Hidden Group")


def counts(pack):
    return {(each.what, each.why): each.count for each in pack.left_out if each.count}


def hidden(folder, marking):
    return written(
        folder,
        incidents=cell("incidents", 3, marking=marking, source="secret-paper"),
        sources=["secret-paper,Secret Times,Of the south,2020-03-01,page 9"],
        actors=["hidden,Hidden Group,,,"],
        statements=["north-2019,firm,attributes,hidden,2020-03-01,,secret-paper,TLP:RED,"],
    )


def test_every_figure_keeps_its_rows(tmp_path):
    pack = collected(ASKED, written(tmp_path))
    assert (pack.whole.incidents.value, pack.whole.stolen.value) == (2, 1500)
    assert set(pack.whole.stolen.rows) == {"incident/north-2019", "incident/south-2020"}
    (country,) = (each for each in pack.counts if each.by is By.COUNTRY)
    assert [(each.key, each.stolen.value) for each in country.lines] == [("KR", 1000), ("", 500)]
    assert [each.claimed.value for each in pack.claims] == [1600, 1000, 600]
    assert pack.claims[0].gap.value == 100
    assert (pack.as_of, pack.marking) == (date(2020, 12, 31), Marking.CLEAR)
    assert [each.id for each in pack.sources] == ["paper"]
    assert (pack.orders, pack.actions) == (None, None)


def test_a_period_and_a_bar_leave_out_and_say_so(tmp_path):
    folder = written(tmp_path)
    early = collected(Asked("2019", "2019", "Japan"), folder)
    assert [each.id for each in early.incidents] == ["north-2019"]
    assert early.claims == ()
    assert counts(collected(Asked("2019", "2020", "Japan", bar=Bar.A), folder)) == {
        (Row.INCIDENTS, Why.BAR): 1
    }
    wanted = collected(Asked("2019", "2019", "Japan", claims=("firm-2020",)), folder)
    assert {each.id for each in wanted.incidents} == {"north-2019", "south-2020"}
    assert wanted.whole.incidents.value == 1


def shared(folder, **more):
    """Three incidents: a group in Korea and Japan, a technique in Japan and at nobody's seat."""
    return written(
        folder,
        incidents=[
            "east-2020,theft,Dawn Exchange,exchange,2020-01-04,,,spear-phish,maui,maui,,TLP:CLEAR,"
            "paper,",
            "west-2020,theft,Mill Wallet,exchange,2020-02-04,,,spear-phish,maui,,,TLP:CLEAR,paper,",
        ],
        places=["east-2020,seat,JP,paper", "west-2020,seat,US,paper", "east-2020,loss,KR,paper",
                "west-2020,loss,KR,paper", "west-2020,loss,JP,paper"],
        amounts=["east-2020,stolen,,,70,,,as published,paper,"],
        statements=[
            "east-2020,police,attributes,group,2020-02-05,,paper,TLP:CLEAR,",
            "west-2020,police,suspects,,2020-02-05,,paper,TLP:CLEAR,",
        ],
        **more,
    )  # fmt: skip


def told(pack):
    """Common threats: kind, name, whom they touch by how many rows, incidents, US dollars."""
    return [
        (each.kind.value, each.name, {one.country: one.rows.value for one in each.touched},
         [row.partition("/")[2] for row in each.rows.rows], each.stolen.value)
        for each in pack.common.incidents
    ]  # fmt: skip


def asked(**more):
    return Asked("2019", "2020", "Japan", bar=Bar.D, **more)


GROUP = ("actor", "Group", {"KR": 1, "JP": 1}, ["north-2019", "east-2020"], 1070)
PHISH = ("technique", "spear-phish", {"JP": 1, "US": 1}, ["east-2020", "west-2020"], 70)
MAUI = ("campaign", "maui", {"JP": 1, "US": 1}, ["east-2020", "west-2020"], 70)


def test_common_threats_are_those_of_two_countries(tmp_path):
    folder = shared(tmp_path)
    assert told(collected(asked(), folder)) == [GROUP, PHISH, MAUI]
    assert told(collected(asked(common=("KR", "JP")), folder)) == [GROUP]
    assert told(collected(asked(common=("JP", "US", "DE")), folder)) == [PHISH, MAUI]
    assert told(collected(asked(common=("KR", "US")), folder)) == []
    assert collected(asked(common=("KR", "US")), folder).common.countries == ("KR", "US")
    # Of a threat that touches others too, only what touches these is told and summed.
    early = replace(asked(), last="2020-01")
    assert told(collected(early, folder)) == [GROUP]
    assert told(collected(replace(asked(), bar=Bar.A), folder)) == [GROUP]


def test_a_country_is_touched_as_the_pack_counts_countries(tmp_path):
    """By seat where the victim sits; by loss, of one incident, everywhere."""
    by_loss = told(collected(asked(place=PlaceRole.LOSS), shared(tmp_path)))
    both = {"KR": 2, "JP": 1}
    assert by_loss == [(*PHISH[:2], both, *PHISH[3:]), (*MAUI[:2], both, *MAUI[3:])]


def test_each_figure_of_a_common_threat_has_its_rows(tmp_path):
    threat = collected(asked(), shared(tmp_path)).common.incidents[1]
    assert threat.rows.rows == ("incident/east-2020", "incident/west-2020")
    assert threat.stolen.rows == ("incident/east-2020",)  # the other has no figure
    assert [each.rows.rows for each in threat.touched] == [
        ("incident/east-2020",), ("incident/west-2020",),
    ]  # fmt: skip
    known = {f"incident/{each.id}" for each in collected(asked(), shared(tmp_path)).incidents}
    assert set(threat.rows.rows) <= known


@pytest.mark.parametrize("marking", ["TLP:AMBER", "TLP:RED"])
def test_a_statement_that_is_for_some_alone_makes_no_threat_common(tmp_path, marking):
    folder = shared(tmp_path)
    file = folder / "statements.csv"
    line = "east-2020,police,attributes,group,2020-02-05,,paper,"
    file.write_text(file.read_text().replace(f"{line}TLP:CLEAR", f"{line}{marking}"))
    assert told(collected(replace(asked(), bar=Bar.X), folder)) == [PHISH, MAUI]


def test_countries_are_said_by_their_codes():
    assert countries(None) is None
    assert countries("kr, JP,US,KR") == ("KR", "JP", "US")
    for text in ("KR", "KR,KR", "", "KR,Japan", "KR,SU", "KR,"):
        with pytest.raises(UsageError, match="--common"):
            countries(text)


@pytest.mark.parametrize("marking", ["TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"])
def test_nothing_of_what_is_for_some_alone_is_in_it(tmp_path, marking):
    pack = collected(ASKED, hidden(tmp_path, marking))
    assert counts(pack) == {
        (Row.INCIDENTS, Why.MARKING): 1, (Row.STATEMENTS, Why.MARKING): 1
    }  # fmt: skip
    assert pack.whole.stolen.value == 1000
    assert not [each for each in SECRET if each in repr(pack)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_in_what_is_written(tmp_path, language, cjk_fonts):  # noqa: F811
    pack = collected(ASKED, hidden(tmp_path / "registry", "TLP:AMBER"))
    out = Out(language, tmp_path / "pack.pdf", tmp_path / "pack.html", (cjk_fonts,))
    write(pack, out)
    page, pdf = out.html.read_text("utf-8"), out.pdf.read_bytes()
    text = "".join(each.extract_text() for each in PdfReader(out.pdf).pages)
    assert "North Coin" in page
    assert "North Coin" in text
    for each in SECRET:
        assert each not in page
        assert each not in text
        for coding in ("utf-8", "utf-16-be"):
            assert each.encode(coding) not in whole(pdf)


def test_what_all_may_see_is_in_what_is_written(tmp_path, cjk_fonts):  # noqa: F811
    pack = collected(ASKED, hidden(tmp_path / "registry", "TLP:GREEN"))
    out = Out("en", tmp_path / "pack.pdf", None, (cjk_fonts,))
    write(pack, out)
    assert "South Bridge" in "".join(each.extract_text() for each in PdfReader(out.pdf).pages)


def whole(data):
    """A PDF with its streams unpacked."""
    parts = [data]
    for piece in data.split(b"stream\n")[1:]:
        try:
            parts.append(zlib.decompressobj().decompress(piece))
        except zlib.error:
            continue
    assert len(parts) > 5
    return b"".join(parts)


def test_what_is_green_makes_the_pack_green(tmp_path):
    folder = written(tmp_path, incidents=cell("incidents", 3, marking="TLP:GREEN"))
    assert collected(ASKED, folder).marking is Marking.GREEN


def test_what_was_asked_wrongly(tmp_path):
    folder = written(tmp_path)
    for asked in (Asked("2020", "2019", "Japan"), Asked("yesterday", "2020", "Japan")):
        with pytest.raises(UsageError):
            collected(asked, folder)
    with pytest.raises(NotFoundError, match="firm-2020"):
        collected(Asked("2019", "2020", "Japan", claims=("none",)), folder)
    with pytest.raises(UsageError, match="--lang fr"):
        write(collected(ASKED, folder), Out("fr", None, tmp_path / "pack.html"))
