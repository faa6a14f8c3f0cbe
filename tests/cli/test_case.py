"""`stanch case` and `stanch member`, against a desk that runs."""

import json

import pytest

from stanch.cli.output import cell
from stanch.client.line import Line
from stanch.errors import NotFoundError, StrangerError, UnreachableError, UsageError
from tests.cli.test_key import run
from tests.live_world import live_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        yield world


@pytest.fixture(autouse=True)
def reached(world, monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", world.desk.url)
    monkeypatch.setenv("STANCH_API_KEY", world.people["kr"].api_key)


def test_a_case_is_opened_filled_and_shown(tmp_path):
    opened = run("case", "open", "Theft at Upbeat", "--marking", "TLP:GREEN")
    id = opened.output.strip()
    assert id.startswith("case-"), opened.exception
    assert run("case", "add", id, "--kind", "note", "--text", "Seen at 12:00.").exit_code == 0
    (tmp_path / "item.json").write_text(json.dumps({"title": "한국 거래소"}))
    added = run("case", "add", id, "--kind", "incident", "--body", tmp_path / "item.json")
    assert added.output.startswith("item-"), added.exception
    found = json.loads(run("case", "show", id, "--json").output)
    assert found["case"]["title"] == "Theft at Upbeat"
    assert {each["kind"] for each in found["items"]} == {"note", "incident"}
    plain = run("case", "show", id).output
    assert "한국 거래소" in plain
    assert id in run("case", "list").output
    assert id not in run("case", "list", "--state", "closed").output


def test_lists_go_on_over_pages(world):
    made = {run("case", "open", f"case {each}").output.strip() for each in range(5)}
    rows = list(Line(world.desk.url, world.people["kr"].api_key).rows("/v1/cases", {"limit": "2"}))
    ids = [each["id"] for each in rows]
    assert made <= set(ids)
    assert len(ids) == len(set(ids))


def test_members():
    head, *rows = run("member", "list").output.splitlines()
    assert head.split() == ["id", "kind", "country", "founding", "name"]
    assert ["mem-japan", "government", "JP", "true", "JAFIC"] in [each.split() for each in rows]
    found = json.loads(run("member", "list", "--kind", "exchange", "--json").output)
    assert {each["id"] for each in found} == {"mem-upbeat", "mem-coinwon", "mem-latecoin"}


def test_the_key_from_a_file_that_is_its_owners(world, tmp_path, monkeypatch):
    monkeypatch.delenv("STANCH_API_KEY")
    assert isinstance(run("case", "list").exception, UsageError)
    file = tmp_path / "key"
    file.write_text(f"{world.people['kr'].api_key}\n")
    file.chmod(0o644)
    assert isinstance(run("case", "list", "--api-key-file", file).exception, UsageError)
    file.chmod(0o600)
    assert run("case", "list", "--api-key-file", file).exit_code == 0


def test_what_the_desk_refuses(monkeypatch):
    assert isinstance(run("case", "show", "case-0123456789abcdef").exception, NotFoundError)
    assert isinstance(run("case", "show", "../me").exception, UsageError)
    assert isinstance(run("case", "open", "x", "--marking", "TLP:PINK").exception, UsageError)
    monkeypatch.setenv("STANCH_API_KEY", "stk_" + "x" * 43)
    assert isinstance(run("case", "list").exception, StrangerError)


def test_a_desk_that_is_not_there(monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", "http://127.0.0.1:1")
    assert isinstance(run("case", "list").exception, UnreachableError)
    monkeypatch.setenv("STANCH_SERVER", "http://desk.example")
    assert isinstance(run("case", "list").exception, UsageError)


def test_what_was_written_by_others_stays_on_its_line():
    assert cell("a\n\x1b[2J\u202eb") == "a  [2J b"
    assert cell({"한": "\x07"}) == '{"한": "\\u0007"}'
    assert cell(None) == cell("") == "-"


def test_an_item_is_said_once(tmp_path):
    both = ("--text", "a", "--body", tmp_path / "x.json")
    for more in (both, (), ("--body", tmp_path / "none.json")):
        done = run("case", "add", "case-0123456789abcdef", "--kind", "note", *more)
        assert isinstance(done.exception, UsageError)
