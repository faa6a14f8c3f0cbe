"""`stanch pack MEETING`, against a desk that runs: each member's own."""

from io import BytesIO

import httpx
import pytest
from pypdf import PdfReader

from stanch.errors import NotFoundError, UsageError
from tests.cli.test_key import run
from tests.live_world import live_world
from tests.reports.pack.conftest import cjk_fonts  # noqa: F401


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        body = {"name": "US", "kind": "government", "country": "US", "id": "mem-us"}
        world.call("kr", "POST", "/v1/members", body)
        yield world


@pytest.fixture(autouse=True)
def reached(world, monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", world.desk.url)


@pytest.fixture
def as_(world, monkeypatch):
    return lambda who: monkeypatch.setenv("STANCH_API_KEY", world.people[who].api_key)


def said(*words):
    done = run(*words)
    assert done.exit_code == 0, done.exception
    return done.output.strip()


@pytest.fixture
def meeting(world, as_):
    as_("kr")
    members = ("mem-us", "mem-japan", world.people["kr"].member)
    words = [word for each in members for word in ("--member", each)]
    body = said("body", "new", "--template", "trilateral", *words)
    first = said("meeting", "new", body, "--place", "Seoul")
    for what, marking in (("Send the list", "TLP:AMBER"), ("Secret errand", "TLP:RED")):
        said("meeting", "action", first, "--by", world.people["kr"].member, "--text", what,
             "--due", "2026-12-01", "--marking", marking)  # fmt: skip
    return said("meeting", "new", body, "--place", "Tokyo")


def test_each_member_fetches_its_own(meeting, as_, tmp_path, cjk_fonts):  # noqa: F811
    packs = {}
    for who, lang in (("kr", "ko"), ("jp", "ja")):
        as_(who)
        pdf, page = tmp_path / f"{who}.pdf", tmp_path / f"{who}.html"
        said("pack", meeting, "--lang", lang, "--out", pdf, "--html", page)
        text = "".join(each.extract_text() for each in PdfReader(BytesIO(pdf.read_bytes())).pages)
        packs[who] = ("".join(text.split()), page.read_text("utf-8"))
    assert "미결조치사항" in packs["kr"][0]
    assert "Secreterrand" in packs["kr"][0]
    assert "Secret errand" in packs["kr"][1]
    assert "未了の措置事項" in packs["jp"][0]
    assert "Send the list" in packs["jp"][1]
    assert "Secret" not in packs["jp"][0] + packs["jp"][1]


def test_the_page_is_to_be_saved_and_runs_nothing(meeting, world):
    key = world.people["kr"].api_key
    answer = httpx.get(
        f"{world.desk.url}/v1/meetings/{meeting}/pack/page",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{meeting}-en.html"'
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert httpx.get(str(answer.url)).status_code == 401


def test_who_may_not_see_the_meeting_has_no_pack(meeting, as_, tmp_path):
    as_("upbeat")
    done = run("pack", meeting, "--html", tmp_path / "pack.html")
    assert isinstance(done.exception, NotFoundError)
    as_("kr")
    done = run("pack", meeting, "--lang", "fr", "--html", tmp_path / "pack.html")
    assert isinstance(done.exception, UsageError)
    assert not list(tmp_path.iterdir())


def test_who_keeps_the_desk_makes_one_for_each_member(world, meeting, tmp_path):
    folder, pages = world.folder / "desk", {}
    for member, lang in (("mem-japan", "ja"), (world.people["kr"].member, "ko")):
        page = tmp_path / f"{member}.html"
        said("pack", meeting, "--desk", folder, "--for", member, "--lang", lang, "--html", page)
        pages[member] = page.read_text("utf-8")
    assert all("Send the list" in page for page in pages.values())
    assert not any("Secret errand" in page for page in pages.values())  # red is a person's
    assert "JAFIC" in pages["mem-japan"]
    for who, error in (("mem-nobody", NotFoundError), ("mem-upbeat", NotFoundError)):
        done = run("pack", meeting, "--desk", folder, "--for", who, "--html", tmp_path / "x.html")
        assert isinstance(done.exception, error)
    assert not (tmp_path / "x.html").exists()
    done = run("pack", meeting, "--for", "mem-japan", "--html", tmp_path / "x.html")
    assert isinstance(done.exception, UsageError)
