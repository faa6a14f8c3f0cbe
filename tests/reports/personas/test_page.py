"""The page and the picture of a cluster: nothing from outside, nothing unsaid, no value bare."""

import re
import tomllib
from importlib.resources import files as resources
from itertools import combinations
from pathlib import Path
from string import Formatter
from typing import Any
from xml.etree import ElementTree

import pytest

from stanch.app.personas.ingest import IngestRequest, ingest
from stanch.app.personas.intake import open_intake
from stanch.app.personas.report import Telling, write_report
from stanch.app.personas.secret import Secret
from stanch.errors import UsageError
from stanch.formats.persona_result.folder import read
from stanch.i18n.personas import LANGUAGES
from stanch.reports.personas.drawing import MOST_LINKS, MOST_RECORDS, drawing
from stanch.reports.personas.layout import NARROW, placed
from stanch.reports.personas.page import Linked, render
from stanch.reports.personas.svg import left_out, svg
from tests.persona_result import COLLECTOR, FACILITATOR, OWN, WAY, files, folder

HOSTILE = '<script>alert(1)</script>\u202e&"'


def large(count: int) -> dict[str, Any]:
    """A cluster in which everybody is tied to everybody."""
    names = [f"R-{n:03d}" for n in range(count)]
    piece = {"evidence": "device@1", "microbits": 5_000_000, "detail": {}}
    links = [
        {"a": a, "b": b, "level": "operator", "microbits": 5_000_000, "evidence": [piece]}
        for a, b in combinations(names, 2)
    ]
    records = [{"record": n, "priority": 1, "microbits": 5_000_000, "reasons": []} for n in names]
    return {"level": "operator", "name": HOSTILE, "farm": "", "left_out": 3, "unnamed": 2,
            "records": records, "links": links, "wallets": []}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_first_what_it_is_not_and_loads_nothing(
    language: str, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    write_report(folder(tmp_path / "linked"), None, Telling(language), out)
    page = out.read_text("utf-8")
    body = page.partition("<main>")[2]
    question = {"en": "This is a question, not a verdict.", "ko": "이것은 질문이며 판정이 아니다.",
                "ja": "これは問いであり、判定ではない。"}[language]  # fmt: skip
    assert body.index(question) < body.index("A-17")
    assert not re.search(r"(?:src|href)=|@import|url\((?!#)", page)
    assert "&lt;b&gt;A rare line&lt;/b&gt;" in page
    assert f'lang="{language}"' in page
    assert {FACILITATOR, COLLECTOR} <= set(re.findall(r"eip155:1:0x[0-9a-f]{40}", page))
    assert "21" in body.partition("<section")[0]  # pairs of seven records


def test_values_are_masked_unless_somebody_asks_for_them(tmp_path: Path) -> None:
    key = Secret.make(tmp_path / "personas.key")
    applications = tmp_path / "applications.csv"
    applications.write_text("record_id,name,email\nA-17,Mary Grace,mary.grace@example.org\n")
    ingest(IngestRequest((applications,), tmp_path / "intake"), key, lambda *_: None)
    intake, linked, out = open_intake(tmp_path / "intake", key), tmp_path / "linked", tmp_path / "r"
    write_report(folder(linked), intake, Telling(), out)
    hidden = out.read_text("utf-8")
    assert "M••• G•••" in hidden
    assert "Grace" not in hidden
    assert "example" not in hidden
    write_report(linked, intake, Telling(plain=True), out)
    assert "mary.grace@example.org" in out.read_text("utf-8")
    with pytest.raises(UsageError, match="--plain needs --intake"):
        write_report(linked, None, Telling(plain=True), out)
    with pytest.raises(UsageError, match="--language"):
        write_report(linked, None, Telling("de"), out)


def test_the_picture_stands_alone_and_its_boxes_apart() -> None:
    for cluster in (*read(files()).clusters, large(60)):
        drawn = svg(cluster)
        ElementTree.fromstring(drawn)  # well-formed, whatever it is called
        assert not re.search(r"href|<style|<script|<image|url\((?!#)", drawn)
        for at in (placed(drawing(cluster)), placed(drawing({**cluster, "wallets": []}), NARROW)):
            boxes = [*at.ties, *at.records, *at.accounts]
            for one, other in combinations(boxes, 2):
                apart = one.right <= other.x or other.right <= one.x
                assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
            assert all(box.x >= 0 and box.right <= at.width for box in boxes)
            assert all(box.y >= 0 and box.y + box.height <= at.height for box in boxes)
        assert at.width <= 328
        assert "<svg" in svg(cluster, size=NARROW)


def test_what_a_picture_leaves_out_is_counted() -> None:
    cluster = large(60)
    assert left_out(cluster) == (
        f"Drawn: {MOST_RECORDS} of 62 records, {MOST_LINKS} of 1773 links."
    )
    assert left_out(read(files()).clusters[0]) == ""
    page = render(Linked([cluster] * 60, 70, 100, ()))
    assert page.count("<svg") == 50
    assert "Shown are the first 50" in page
    assert "1,713 more links are in links.csv." in page
    assert "<script>" not in page
    assert "\u202e" not in page


def test_the_way_to_who_is_sanctioned_is_drawn_step_by_step() -> None:
    told = drawing(read(files()).clusters[0])
    roles = {each.account: each.role for each in told.accounts}
    assert (roles[OWN], roles[WAY], roles[FACILITATOR]) == ("payee", "way", "exposed")
    names = [each.account for each in told.accounts]
    paid = {(names[each.src], names[each.dst]) for each in told.flows if not each.of_record}
    assert {(OWN, WAY), (WAY, FACILITATOR), (OWN, COLLECTOR)} <= paid


def test_what_joins_a_farm_is_drawn_however_close_its_operators_are() -> None:
    close = large(12)
    weak = {"a": "R-000", "b": "X-1", "level": "farm", "microbits": 1, "evidence": [
        {"evidence": "ip@1", "microbits": 1, "detail": {}}]}  # fmt: skip
    other = {"record": "X-1", "priority": 0, "microbits": 0, "reasons": []}
    told = drawing(
        {**close, "records": [*close["records"], other], "links": [*close["links"], weak]}
    )
    assert len(told.ties) == MOST_LINKS
    assert [each.evidence for each in told.ties if not each.of_operator] == [("ip@1",)]


def test_where_there_is_nothing_that_is_said_too() -> None:
    assert "That is an answer too." in render(Linked([], 0, 5, ()))


def test_each_language_has_every_line_with_the_same_places() -> None:
    def lines(language: str) -> dict[str, set[str | None]]:
        text = (resources("stanch.i18n.personas") / f"{language}.toml").read_text("utf-8")
        return {
            f"{family}.{name}": {place for _, place, _, _ in Formatter().parse(line) if place}
            for family, said in tomllib.loads(text).items()
            for name, line in said.items()
        }

    assert lines("ko") == lines("en") == lines("ja")
