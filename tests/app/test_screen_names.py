"""A file of names becomes a table of hits: by any number of workers, in any number of runs."""

import csv
import os
import random
import subprocess
import sys

import pytest

from stanch.app import screen_batches
from stanch.app.screen_names import NamesRequest, screen_names
from stanch.errors import InputError, UsageError
from stanch.formats.hits_csv import HitRow, parse
from stanch.store.home import Home
from tests.app.screen_home import CUSTOMERS, KIM, home_in
from tests.reference.plain_names import open_plain
from tests.store.lists import put


@pytest.fixture
def request_of(tmp_path):
    home = home_in(tmp_path)
    (tmp_path / "in.csv").write_text(CUSTOMERS)

    def make(out: str = "hits.csv", **more) -> NamesRequest:
        known = {"opener": open_plain, **more}
        return NamesRequest(home, tmp_path / "in.csv", tmp_path / out, **known)

    return make


def nothing(_done: int, _share: float) -> None:
    """A progress that nobody watches."""


def table(file):
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_hits_and_rejected_rows(request_of, tmp_path):
    done = screen_names(request_of(), nothing)
    assert (done.subjects, done.found, done.hits, done.rejected) == (5, 4, 6, 1)
    assert [each.name for each in done.unread] == ["branch"]
    rows = table(tmp_path / "hits.csv")
    assert [(row["query_id"], row["rank"], row["list"], row["entity_id"]) for row in rows] == [
        ("1", "1", "sdn", "17"), ("1", "2", "un", "KPi.001"), ("2", "1", "sdn", "17"),
        ("5", "1", "sdn", "17"), ("5", "2", "un", "KPi.001"), ("6", "1", "sdn", "27307"),
    ]  # fmt: skip
    assert list(rows[0])[:7] == [
        "query_id", "rank", "list", "entity_id", "name", "score", "evidence",
    ]  # fmt: skip
    assert rows[2]["evidence"] == (
        "the same passport number: 563-410-081, listed as 563410081 (+60.0); "
        "issued by the same country: Korea, North (+0.0)"
    )
    assert (rows[0]["score"], rows[0]["points"], rows[0]["programs"]) == (
        "0.999001",
        "30.00",
        "DPRK3",
    )
    assert table(tmp_path / "hits.rejected.csv") == [
        {"file": "in.csv", "row": "5", "reason": "opens a quote that is not closed"}
    ]  # fmt: skip
    assert not list(tmp_path.glob(".*"))


def test_a_review_can_take_up_what_was_written(request_of, tmp_path):
    screen_names(request_of(), nothing)
    with (tmp_path / "hits.csv").open(newline="") as stream:
        assert len([each for each in parse(stream) if isinstance(each, HitRow)]) == 6


def test_a_clean_file_leaves_no_rejected_rows_behind(request_of, tmp_path):
    screen_names(request_of(), nothing)
    (tmp_path / "in.csv").write_text("id,name\n1,Kim Chol Su\n")
    assert screen_names(request_of(), nothing).rejected == 0
    assert not (tmp_path / "hits.rejected.csv").exists()


@pytest.fixture
def many(request_of, tmp_path):
    """A thousand people, some of them listed, and some rows that are no good."""
    chance = random.Random(5)
    names = ["Kim Chol Su", "RI Yong Ho", "Jane Doe", "김철수", "\0"]
    rows = [f"{at},{chance.choice(names)}" for at in range(1000)]
    assert request_of().file.exists()
    (tmp_path / "in.csv").write_text("\n".join(["id,name", *rows]))


@pytest.mark.usefixtures("many")
def test_an_interrupted_run_goes_on_and_ends_with_the_same_bytes(request_of, tmp_path, monkeypatch):
    monkeypatch.setattr(screen_batches, "BATCH", 64)
    whole = screen_names(request_of("whole.csv"), nothing)
    stops = 0

    def stop(done: int, _share: float) -> None:
        if done > 150 * (stops + 1):
            raise KeyboardInterrupt

    while stops < 3:
        with pytest.raises(KeyboardInterrupt):
            screen_names(request_of(), stop)
        assert not (tmp_path / "hits.csv").exists()
        stops += 1
    with (tmp_path / ".hits.csv.partial/hits.csv").open("ab") as torn:
        torn.write(b"half a li")  # as a loss of power may leave it
    done = screen_names(request_of(), nothing)
    assert done.resumed > 450
    assert (done.subjects, done.hits, done.found) == (whole.subjects, whole.hits, whole.found)
    for name in ("", ".rejected"):
        ours, theirs = (tmp_path / f"{stem}{name}.csv" for stem in ("hits", "whole"))
        assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.usefixtures("many")
def test_workers_write_the_same_bytes(request_of, tmp_path):
    alone = screen_names(request_of("one.csv"), nothing)
    shared = screen_names(request_of("two.csv", workers=2), nothing)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert (alone.subjects, alone.hits) == (shared.subjects, shared.hits)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("change", ["options", "input", "lists"])
def test_another_question_begins_anew(request_of, tmp_path, change):
    def stop(_done: int, _share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen_names(request_of(), stop)
    if change == "input":
        (tmp_path / "in.csv").write_text("id,name\n1,Kim Chol Su\n")
    if change == "lists":
        put(Home.open(tmp_path / "home"), "sdn", KIM, text="another")
    top = {"top": 1} if change == "options" else {}
    assert screen_names(request_of(**top), nothing).resumed == 0


def test_two_runs_do_not_write_one_table(request_of):
    def again(_done: int, _share: float) -> None:
        with pytest.raises(UsageError, match="another screening"):
            screen_names(request_of(), nothing)

    assert screen_names(request_of(), again).hits == 6


KILLED = """
import os, sys
from pathlib import Path
from stanch.app import screen_batches
from stanch.app.screen_names import NamesRequest, screen_names
from tests.reference.plain_names import open_plain
screen_batches.BATCH = 100
def die(done, share):
    if done >= 300:
        os._exit(9)
home, file, out = map(Path, sys.argv[1:])
screen_names(NamesRequest(home, file, out, opener=open_plain), die)
"""


@pytest.mark.usefixtures("many")
def test_a_killed_process_leaves_nothing_that_looks_whole(request_of, tmp_path):
    request = request_of()
    command = [sys.executable, "-c", KILLED, *map(str, (request.home, request.file, request.out))]
    assert (
        subprocess.run(command, check=False, env=os.environ | {"PYTHONPATH": "."}).returncode == 9
    )
    assert not request.out.exists()
    assert screen_names(request, nothing).resumed == 300
    screen_names(request_of("whole.csv"), nothing)
    assert request.out.read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize(
    "more", [{"top": 0}, {"workers": 0}, {"threshold": 1.5}, {"out": "in.csv"}]
)
def test_what_cannot_be_asked(request_of, more):
    with pytest.raises(UsageError):
        screen_names(request_of(**more), nothing)


def test_a_file_that_is_no_table(request_of, tmp_path):
    (tmp_path / "in.csv").write_text("colour\nred\n")
    with pytest.raises(InputError, match=r"in\.csv"):
        screen_names(request_of(), nothing)
    assert not (tmp_path / "hits.csv").exists()
