"""Links of a home's lists: found once for the versions in force, kept, written as rows."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stanch.app.list_links import COLUMNS, LINES, list_links, write_csv
from stanch.cli.lists import app
from stanch.errors import UsageError
from stanch.model.listed import Entry, Identifier, ListedDate, ListedName
from stanch.screening.linking import Member
from stanch.store.home import Home
from tests.store.lists import put

BORN = (ListedDate("13 Oct 1944", "1944-10-13", "1944-10-13"),)
PASSPORT = (Identifier("passport", "563410081", "KP"),)
YUN = Entry("1", "Person", (ListedName("YUN Ho-jin"),), births=BORN, identifiers=PASSPORT)
YUN_TOO = Entry("2", "Person", (ListedName("Ho Jin YUN"),), births=BORN, identifiers=PASSPORT)
NAMESAKE = replace(YUN_TOO, id="3", births=(ListedDate("1980", "1980-01-01", "1980-12-31"),))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = Home.create(tmp_path / "home")
    put(made, "un", YUN)
    put(made, "eu", YUN_TOO, NAMESAKE)
    return made.folder


def test_links_and_what_is_held_apart(home: Path) -> None:
    found = list_links(home)
    assert found.clusters == ((Member("eu", "2"), Member("un", "1")),)
    assert found.counts() == [("eu", "eu", 0, 1), ("eu", "un", 1, 1)]


def test_they_are_kept_until_a_list_changes(home: Path) -> None:
    first = list_links(home)
    (kept,) = (home / "index").rglob(LINES)
    before = kept.stat().st_mtime_ns
    assert list_links(home) == first
    assert kept.stat().st_mtime_ns == before
    put(Home.open(home), "eu", NAMESAKE, text="a later version")
    assert list_links(home).clusters == ()
    assert len(list((home / "index").rglob(LINES))) == 2


def test_rows_say_who_why_and_in_which_cluster(home: Path, tmp_path: Path) -> None:
    write_csv(list_links(home), tmp_path / "links.csv")
    with (tmp_path / "links.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    said = {(row["entity_id_1"], row["entity_id_2"]): row for row in rows}
    assert (said["2", "1"]["cluster"], said["2", "1"]["verdict"]) == ("1", "one")
    assert (said["3", "1"]["cluster"], said["3", "1"]["verdict"]) == ("", "apart")
    assert said["2", "1"]["name_2"] == "YUN Ho-jin"
    assert "the same passport number: 563410081" in said["2", "1"]["evidence"]
    assert "born many years apart: 1980, listed 13 Oct 1944 (-19.0)" in said["3", "1"]["evidence"]


def test_a_home_without_lists_has_no_links(tmp_path: Path) -> None:
    empty = Home.create(tmp_path / "home")
    assert list_links(empty.folder).links == ()


def test_no_home_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such home"):
        list_links(tmp_path / "nowhere")


def test_the_command_counts_and_writes(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "links.csv"
    done = CliRunner().invoke(app, ["links", "--home", str(home), "--out", str(out)])
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "eu and eu: 0 linked, 1 held apart",
        "eu and un: 1 linked, 1 held apart",
        "1 cluster of entries that are one",
        f"written to {out}",
    ]
    assert out.exists()
