"""The page of a proposed designation: what its paper's readers may see, and the same as data."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from stanch.web.server import create
from tests.app.designation.sample import ETH, TEXT, XBT
from tests.app.designation.test_crosscheck import HAN, home_with
from tests.desk_database import FakeClock
from tests.web.conftest import CONFIG, UPBEAT, Client, World
from tests.web.pages.test_bodies import Made, made, sown  # noqa: F401

MEDIA = {"content-type": "application/octet-stream"}
# Of the file: in green, and in amber alone.
GREEN = ("HAN Sim Il", "한심일", "sold stolen coins", ETH, "999410081", "kept the books")
AMBER = ("Simon Secretname", "secret@mail.example", "hidden address", XBT, "A confidential letter")

Lay = Callable[..., str]


@dataclass
class Page:
    """Where a paper's proposal is shown, and the client who lays and reads it."""

    client: Client
    meeting: str

    def lay(self, text: str, name: str = "sim.toml", **more: str) -> str:
        """Lay a file; returns the address of its page."""
        case = made(self.client, "/v1/cases", title="Theft")
        to = f"/v1/cases/{case}/files?name={name}"
        file = self.client.post(to, content=text.encode(), headers=MEDIA).json()["id"]
        said = {"title": "Proposed", "file": file, "topic": "sanctions", **more}
        paper = made(self.client, f"/v1/meetings/{self.meeting}/papers", **said)
        return f"/meetings/{self.meeting}/designations/{paper}"


@pytest.fixture
def page(korea: Client, sown: Made) -> Page:  # noqa: F811
    return Page(korea, sown.first)


def test_it_is_shown_subject_by_subject_with_its_reasons(page: Page) -> None:
    to = page.lay(TEXT)
    assert f'<a href="{to}">' in page.client.get(f"/meetings/{page.meeting}").text
    shown = page.client.get(to).text
    for text in (*GREEN, *AMBER):
        assert text in shown
    han, _, rest = shown.partition('id="subject-trading"')
    _, _, han = han.partition('id="subject-han"')
    trading, _, loose = rest.partition('id="loose"')
    assert "HAN Sim Il sold stolen coins." in han
    assert "He was paid at a hidden address." in han
    assert "Sold by Han." in han
    assert "Ronin Bridge" in han  # the registry says which incident that is
    assert "The firm kept the books." in trading
    assert "is called an intrusion set</bdi> here" in trading
    assert "stolen coins" not in trading
    assert XBT in loose
    assert XBT not in han + trading
    assert "Lists elsewhere were not asked: this desk keeps no lists." in shown
    assert "Left out" not in shown


def test_what_is_narrower_than_the_paper_is_nowhere(
    world: World,
    page: Page,
    upbeat: Client,
    sown: Made,  # noqa: F811
    clock: FakeClock,
) -> None:
    """Not on the page, in its data, or in its document; and the observer has no other."""
    said = {"member": UPBEAT, "agency": "Desk", "role": "observer"}
    clock.move(minutes=5)
    made(page.client, f"/v1/bodies/{sown.body}/seats", **said)
    to, hidden = page.lay(TEXT, marking="TLP:GREEN"), page.lay(TEXT, marking="TLP:AMBER+STRICT",
                                                               release=["mem-korea"])  # fmt: skip
    for client in (page.client, upbeat):
        for path in (to, f"{to}/ftm", f"{to}/stix", f"{to}/html"):
            answer = client.get(path)
            assert answer.status_code == 200
            text = json.dumps(json.loads(answer.text), ensure_ascii=False) if "stix" in path \
                else answer.text  # fmt: skip
            for shown in GREEN:
                assert shown in text, path
            for secret in AMBER:
                assert secret not in text, path
        assert "1 statement, 1 wallet, 1 name, 1 identifier, 1 source" in client.get(to).text
    for path in (hidden, f"{hidden}/ftm", f"{hidden}/stix", f"{hidden}/html"):
        there, missing = upbeat.get(path), upbeat.get(path.replace("paper-", "paper-0"))
        assert there.status_code == missing.status_code == 404
        assert there.text.replace("paper-", "paper-0") == missing.text
    assert hidden not in upbeat.get(f"/meetings/{page.meeting}").text


@pytest.mark.parametrize("form", ["ftm", "stix"])
def test_its_data_is_saved_as_a_file(page: Page, form: str) -> None:
    to = page.lay(TEXT)
    answer = page.client.get(f"{to}/{form}")
    id = to.rpartition("/")[2]
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{id}.{form}')
    if form == "stix":
        bundle = json.loads(answer.content)
        assert answer.headers["content-type"] == "application/stix+json;version=2.1"
        assert {each["type"] for each in bundle["objects"]} >= {"identity", "note", "report"}
    else:
        rows = [json.loads(line) for line in answer.text.splitlines()]
        assert {each["schema"] for each in rows} >= {"Person", "Organization", "Sanction"}
    assert page.client.get(f"{to}/{form}").content == answer.content


def test_the_document_runs_nothing(page: Page) -> None:
    answer = page.client.get(page.lay(TEXT) + "/html")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("text", "more", "why"),
    [
        ("a = [", {}, "has a fault"),
        ("a = 1", {}, "has a fault"),
        # Green words that name what is amber: even a copy for green would tell it.
        (TEXT.replace("sold stolen", "alias Simon Secretname sold"), {"marking": "TLP:GREEN"},
         "has a fault"),
        (TEXT.replace('cover = "TLP:CLEAR"', 'cover = "TLP:AMBER"'), {"marking": "TLP:GREEN"},
         "not even the cover"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_safely_is_told_to_nobody(
    page: Page, text: str, more: dict[str, str], why: str
) -> None:
    to = page.lay(text, **more)
    shown = page.client.get(to)
    assert shown.status_code == 200
    assert why in shown.text
    assert "HAN" not in shown.text
    for form in ("ftm", "stix", "html"):
        answer = page.client.get(f"{to}/{form}")
        assert answer.status_code == 409
        assert "HAN" not in answer.text


def test_an_incident_that_the_desk_does_not_know_is_cited_by_its_id(page: Page) -> None:
    shown = page.client.get(page.lay(TEXT.replace("ronin-2022", "elsewhere-2022"))).text
    assert "elsewhere-2022" in shown
    assert "sold stolen coins" in shown


def test_what_is_no_designation_has_no_page(page: Page, sown: Made) -> None:  # noqa: F811
    plain = page.lay(TEXT, "notes.txt")
    assert page.client.get(plain).status_code == 404
    assert plain not in page.client.get(f"/meetings/{page.meeting}").text
    to = page.lay(TEXT)
    for path in (to.replace(sown.first, sown.second), f"{to}/pdf", to.replace("paper-", "paper-0")):
        assert page.client.get(path).status_code == 404
    assert Client(page.client.app).get(to).status_code == 401


def test_lists_in_force_are_asked_about_the_readers_copy(
    world: World, page: Page, tmp_path: Path
) -> None:
    amber, green = page.lay(TEXT), page.lay(TEXT, marking="TLP:GREEN")
    home = home_with(tmp_path, HAN)
    page.client.app = create(world.desk, replace(CONFIG, lists=home))
    shown = page.client.get(amber).text
    assert "listed, with less than this file has" in shown
    assert "sdn has <bdi>HAN Sim-il</bdi> (17): almost certainly the same" in shown
    assert "new name: Simon Secretname" in shown
    assert "listed nowhere" in shown
    narrow = page.client.get(green).text
    assert "new name: 한심일" in narrow
    assert "Secretname" not in narrow
    assert "almost certainly the same" in page.client.get(f"{amber}/html").text


def test_lists_that_cannot_be_asked_hide_nothing_else(
    world: World, page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = page.lay(TEXT)
    page.client.app = create(world.desk, replace(CONFIG, lists=tmp_path / "gone"))
    shown = page.client.get(to)
    assert shown.status_code == 200
    assert "cannot be asked now" in shown.text
    assert "sold stolen coins" in shown.text
    assert str(tmp_path) not in shown.text
    assert str(tmp_path / "gone") in capsys.readouterr().err  # its keeper finds why


def test_a_file_that_ends_as_one_and_is_none_is_saved_as_any_other(
    world: World,
    page: Page,
    upbeat: Client,
    sown: Made,  # noqa: F811
    clock: FakeClock,
) -> None:
    said = {"member": UPBEAT, "agency": "Desk", "role": "observer"}
    clock.move(minutes=5)
    made(page.client, f"/v1/bodies/{sown.body}/seats", **said)
    plain = page.lay("[server]\nport = 1\n", "settings.toml", marking="TLP:GREEN")
    narrow = page.lay(TEXT, marking="TLP:GREEN")
    shown = upbeat.get(f"/meetings/{page.meeting}").text
    paper = plain.rpartition("/")[2]
    assert f'href="/v1/papers/{paper}/file"' in shown
    assert upbeat.get(f"/v1/papers/{paper}/file").text == "[server]\nport = 1\n"
    assert plain not in shown
    assert f'href="/v1/papers/{narrow.rpartition("/")[2]}/file"' not in shown
    assert narrow in shown
