"""`stanch lists update`: folders and servers, each list on its own."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from stanch.errors import InputError, UsageError
from stanch.store.home import Home
from tests.cli.ftm import entity, lists, put
from tests.sources.lists.server import Answer, serving

PATHS = '[[list]]\nname = "mine"\nkind = "ftm"\npath = "*.json"\n'


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("STANCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as started:
        yield started


def body(*entities):
    return "".join(json.dumps(each) + "\n" for each in entities).encode()


def sources(folder, text):
    (folder / "sources.toml").write_text(text)


def urls(server, *names):
    return "".join(
        f'[[list]]\nname = "{name}"\nkind = "ftm"\nurl = "{server.url}/{name}.json"\n'
        for name in names
    )


def current(home):
    return {each.list: sorted(each.digests()) for each in Home.open(home).current()}


def test_a_watched_folder(home, folder):
    sources(folder, PATHS)
    put(folder / "a.json", entity("a"))
    done = lists("update", folder)
    assert done.exit_code == 0, done.exception
    assert done.output.startswith("mine: 1 entry in version ")
    assert done.output.endswith(": 1 new, 0 changed, 0 delisted\n")
    assert lists("update", folder).output.startswith("mine: nothing new; ")
    put(folder / "b.json", entity("b"))
    assert lists("update", folder).output.endswith(": 1 new, 0 changed, 0 delisted\n")
    assert current(home) == {"mine": ["a", "b"]}


def test_files_that_were_only_touched_give_no_new_version(home, folder):
    sources(folder, PATHS)
    file = put(folder / "a.json", entity("a"))
    lists("update", folder)
    os.utime(file, (1, 1))
    assert lists("update", folder).output.startswith("mine: nothing new; ")
    assert len(Home.open(home).versions("mine")) == 1


def test_an_import_by_hand_in_between_is_seen(home, folder, tmp_path):
    sources(folder, PATHS)
    put(folder / "a.json", entity("a"))
    lists("update", folder)
    lists("import", "ftm", put(tmp_path / "b.json", entity("b")), "--as", "mine")
    assert current(home) == {"mine": ["b"]}
    lists("update", folder)
    assert current(home) == {"mine": ["a"]}


def test_a_server_is_asked_only_for_what_changed(home, folder, server):
    sources(folder, urls(server, "un"))
    server.answers["/un.json"] = Answer(body(entity("a")), headers={"ETag": '"1"'})
    assert lists("update", folder).exit_code == 0
    assert lists("update", folder).output.startswith("un: nothing new; ")
    assert server.asked[-1]["If-None-Match"] == '"1"'
    server.answers["/un.json"] = Answer(body(entity("a"), entity("b")), headers={"ETag": '"2"'})
    assert "1 new" in lists("update", folder).output
    assert current(home) == {"un": ["a", "b"]}


def test_of_several_addresses_all_are_fetched_when_one_changed(home, folder, server):
    sources(
        folder,
        '[[list]]\nname = "two"\nkind = "ftm"\n'
        f'url = ["{server.url}/a/x.json", "{server.url}/b/x.json"]\n',
    )
    for name in "ab":
        server.answers[f"/{name}/x.json"] = Answer(
            body(entity(name)), headers={"ETag": f'"{name}"'}
        )
    lists("update", folder)
    server.answers["/b/x.json"] = Answer(body(entity("b"), entity("c")), headers={"ETag": '"c"'})
    assert "1 new, 0 changed, 0 delisted" in lists("update", folder).output
    assert current(home) == {"two": ["a", "b", "c"]}


def test_a_failing_source_is_said_and_stops_no_other(home, folder, server):
    sources(folder, urls(server, "down", "cut", "slow", "page", "good") + PATHS)
    server.answers |= {
        "/down.json": Answer(b"", status=500),
        "/cut.json": Answer(body(*(entity(str(n)) for n in range(99))), cut=700),
        "/slow.json": Answer(body(entity("a")), pause=3),
        "/page.json": Answer(b"<html>we are being renovated</html>"),
        "/good.json": Answer(body(entity("a"))),
    }
    result = lists("update", folder, "--timeout", "1")
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == "sources.toml: 5 of its lists could not be brought up to date"
    assert result.exception.exit_code == 1
    assert [line.partition(": ")[0] for line in result.output.splitlines()] == [
        "down", "cut", "slow", "page", "good", "mine",
    ]  # fmt: skip
    said = result.output
    assert "down: failed: " in said
    assert "the server answered 500" in said
    assert "no answer within 1 seconds" in said
    assert "mine: failed: mine: no file matches *.json" in said
    assert current(home) == {"good": ["a"]}


def test_a_refused_download_is_refused_again_though_the_server_says_it_is_the_same(
    home, folder, server
):
    sources(folder, urls(server, "un"))
    many = [entity(f"e{n:02}") for n in range(30)]
    server.answers["/un.json"] = Answer(body(*many), headers={"ETag": '"1"'})
    lists("update", folder)
    server.answers["/un.json"] = Answer(body(*many[:5]), headers={"ETag": '"2"'})
    for _ in range(2):
        assert "25 of the 30 entries" in lists("update", folder).output
    assert len(current(home)["un"]) == 30
    sources(folder, urls(server, "un") + "accept_shrink = true\n")
    assert lists("update", folder).exit_code == 0
    assert len(current(home)["un"]) == 5


def test_sources_that_are_wrong_are_usage_errors(home, folder):
    sources(folder, "[[list]]\nkind = 'pdf'\npath = 'x'\n")
    assert isinstance(lists("update", folder).exception, UsageError)
    assert not home.exists()


def test_watching_goes_on_until_ctrl_c(home, folder):
    sources(folder, PATHS)
    put(folder / "a.json", entity("a"))
    command = "from stanch.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "lists", "update", str(folder), "--watch", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert "1 entry" in process.stdout.readline()
        put(folder / "b.json", entity("b"))
        until = time.monotonic() + 30
        while current(home) != {"mine": ["a", "b"]} and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert current(home) == {"mine": ["a", "b"]}
    assert (process.returncode, said, out.splitlines()[-1]) == (0, "", "stopped")
