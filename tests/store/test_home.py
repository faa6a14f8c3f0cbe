"""The folder that keeps state."""

import gzip
import json
import subprocess
import sys
import time

import pytest

from stanch.errors import InputError, UsageError
from stanch.model.listed import RefusedEntry, UnknownField
from stanch.store.home import Home
from stanch.store.list_draft import ListDraft
from stanch.store.list_writing import About, append_missing, check
from tests.store.lists import entry, put


@pytest.fixture
def home(tmp_path):
    return Home.create(tmp_path / "deep" / "home")


def test_a_new_home_is_empty(home):
    again = Home.open(home.folder)
    assert (again.names(), again.current(), list(again.events())) == ((), (), [])
    assert Home.create(home.folder) == home
    assert check(home) == []


def test_no_home(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    (tmp_path / "file").write_text("x")
    for name in ("nothing", "mine", "file"):
        with pytest.raises(UsageError, match=name):
            Home.open(tmp_path / name)
    for name in ("mine", "file"):
        with pytest.raises(UsageError, match="another --home"):
            Home.create(tmp_path / name)


def test_a_home_is_made_where_a_crash_left_the_beginning_of_one(tmp_path):
    (tmp_path / ".home.json.77.partial").write_text("{")
    assert Home.create(tmp_path).names() == ()


def test_a_version_gives_back_what_came(home):
    entries = [entry("b", remarks=("한글",)), entry("a")]
    version = put(home, "un", *entries, RefusedEntry("f", 3, "why, so"), UnknownField("f", "x/y"))
    assert home.current() == home.versions("un") == (version,)
    assert list(version.entries()) == [entries[1], entries[0]]
    assert (version.count, version.kind, version.imported[10]) == (2, "ftm", "T")
    assert (version.folder / "refused.csv").read_text() == 'file,row,reason\nf,3,"why, so"\n'
    assert "f,x/y,1," in (version.folder / "unknown.csv").read_text()
    with gzip.open(version.folder / "originals" / "1.gz") as stream:
        assert stream.read() == b"original"
    assert [each["version"] for each in home.events()] == [version.version]
    assert check(home) == []


def test_equal_content_gives_equal_bytes_in_any_order(tmp_path):
    homes = [Home.create(tmp_path / name / "home") for name in "ab"]
    one = put(homes[0], "un", entry("a"), entry("b"))
    other = put(homes[1], "un", entry("b"), entry("a"))
    for name in ("list.json", "entries.jsonl.gz", "refused.csv", "unknown.csv", "originals/1.gz"):
        assert (one.folder / name).read_bytes() == (other.folder / name).read_bytes()


def test_the_newest_version_is_in_force_and_the_old_ones_stay(home):
    versions = [put(home, "un", entry("a"), entry(str(n))) for n in range(3)]
    assert home.versions("un") == tuple(versions)
    assert home.current() == (versions[2],)
    assert [next(iter(each.entries())).id for each in versions] == ["0", "1", "2"]


def test_the_state_changes_with_every_version(home):
    keys = {home.state_key()}
    for name in ("un", "un", "eu"):
        put(home, name, entry(str(len(keys))))
        keys.add(home.state_key())
    assert len(keys) == 4
    assert Home.open(home.folder).state_key() in keys


def test_versions_by_their_beginning(home):
    one, other = put(home, "un", entry("a")), put(home, "un", entry("b"))
    assert home.version("un", one.version) == one
    assert home.version("un", other.version[-12:]) == other
    for said, why in (("2", "2 versions"), ("x", "no version")):
        with pytest.raises(UsageError, match=why):
            home.version("un", said)
    with pytest.raises(UsageError, match="no list eu"):
        home.version("eu", "2")


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "a/b", "a b", "x" * 65])
def test_odd_names(home, name):
    with pytest.raises(UsageError, match="no name for a list"):
        put(home, name or "", entry("a")) if "/" not in name else home.list_dir(name)


def test_an_id_that_comes_again():
    with ListDraft("f") as draft:
        for each in (
            entry("a"),
            entry("a"),
            entry("a", "PAK"),
            entry("a", "PAK"),
            entry("a", "RI"),
        ):
            draft.add(each)
        assert sorted(draft.digests()) == ["a", "a#2", "a#3"]
        assert draft.refused == 2


def test_what_no_file_can_hold_is_refused(home):
    version = put(home, "un", entry("a", "\ud800"), entry("b"))
    assert [each.id for each in version.entries()] == ["b"]
    assert "not Unicode" in (version.folder / "refused.csv").read_text()


def test_a_file_that_changes_while_it_is_read(home, tmp_path):
    file = tmp_path / "un.xml"
    file.write_text("one")
    from stanch.store.digest import digest
    from stanch.store.list_writing import write_version

    about = About("un", "ftm", "", "", (file,), (digest(file),))
    file.write_text("two")
    with ListDraft("f") as draft, home.locked(), pytest.raises(InputError, match="changed while"):
        write_version(home, about, draft, {})
    assert home.names() == ()
    assert list((home.folder / "lists" / "un").iterdir()) == []


def test_an_event_that_a_crash_kept_from_the_log_is_made_up_for(home):
    put(home, "un", entry("a"))
    lost = put(home, "eu", entry("a"))
    log = home.folder / "events.jsonl"
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    (home.folder / "events.jsonl.head").write_text(
        json.dumps({"n": 1, "hash": next(home.events())["hash"]})
    )
    assert check(home) == [f"eu {lost.version}: is not in the log"]
    append_missing(home)
    assert check(home) == []
    assert [each["list"] for each in home.events()] == ["un", "eu"]


def test_damage_is_seen(home):
    version = put(home, "un", entry("a"), entry("b"))
    file = version.folder / "entries.jsonl.gz"
    whole = file.read_bytes()
    file.write_bytes(whole[:-12])
    with pytest.raises(InputError, match="damaged"):
        list(version.entries())
    assert check(home) == [f"un {version.version}: entries.jsonl.gz is damaged"]
    file.write_bytes(gzip.compress(b'{"id":"a"}\n'))
    assert check(home) == [f"un {version.version}: its entries were changed"]
    file.write_bytes(whole)
    said = version.folder / "list.json"
    said.write_text(said.read_text().replace('"nobody"', '"somebody"'))
    assert [each.partition(": ")[2] for each in check(home)] == ["its list.json was changed"]


def test_a_version_taken_away_is_missed(home):
    version = put(home, "un", entry("a"))
    version.folder.rename(home.folder / "aside")
    assert check(home) == [f"un {version.version}: is in the log and gone"]


WRITER = """
import sys
from pathlib import Path
from stanch.store.home import Home
from tests.store.lists import entry, put
home = Home.create(Path(sys.argv[1]))
for n in range(8):
    put(home, sys.argv[2], entry(f"{sys.argv[3]}-{n}"))
"""


def writer(home, name, mark):
    return subprocess.Popen([sys.executable, "-c", WRITER, str(home), name, mark])


def test_two_processes_at_once_lose_nothing(tmp_path):
    folder = tmp_path / "home"
    for process in [writer(folder, "un", "a"), writer(folder, "un", "b")]:
        assert process.wait(timeout=60) == 0
    home = Home.open(folder)
    found = {each.id for version in home.versions("un") for each in version.entries()}
    assert found == {f"{mark}-{n}" for mark in "ab" for n in range(8)}
    assert len(list(home.events())) == 16
    assert check(home) == []


@pytest.mark.slow
def test_kill_leaves_no_half_version_ever(tmp_path):
    folder, rounds = tmp_path / "home", 60
    for number in range(rounds):
        process = writer(folder, "un", str(number))
        time.sleep(0.2 + 0.6 * number / rounds)
        process.kill()
        process.wait()
        if not (folder / "home.json").exists():
            continue
        home = Home.open(folder)
        put(home, "after", entry(str(number)))
        assert check(home) == []
        assert all(list(each.entries()) for each in home.versions("un"))
    assert len(Home.open(folder).versions("un")) > 1
