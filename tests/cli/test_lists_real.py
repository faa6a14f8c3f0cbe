"""`stanch lists` on real lists, one edition after another."""

import gzip
import hashlib

import pytest

from stanch.errors import InputError
from stanch.store.home import Home
from tests.cli.ftm import lists


@pytest.fixture
def editions(data_dir):
    return data_dir / "screening" / "lists"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("STANCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_three_editions_of_the_sdn_list(editions, home):
    names = ("watchman/static_sdn.csv", "watchman/bench_sdn.csv", "sancbook/sdn_2023-11.csv")
    for file in names:
        assert lists("import", "ofac-csv", editions / file).exit_code == 0
    versions = Home.open(home).versions("ofac-csv")
    assert len(versions) == 3
    assert all(7_000 < each.count < 12_000 for each in versions)
    assert [each.count for each in versions] == sorted(each.count for each in versions)
    old, new = versions[1].digests(), versions[2].digests()
    last = list(Home.open(home).events())[-1]
    assert last["ids"]["new"] == sorted(new.keys() - old.keys())
    assert last["ids"]["delisted"] == sorted(old.keys() - new.keys())
    assert lists("events", "--check").exit_code == 0


def test_half_of_the_sdn_list_is_refused(editions, home, tmp_path):
    whole = (editions / "sancbook" / "sdn_2023-11.csv").read_bytes()
    lists("import", "ofac-csv", editions / "sancbook" / "sdn_2023-11.csv")
    (cut := tmp_path / "sdn.csv").write_bytes(whole[: len(whole) // 2])
    result = lists("import", "ofac-csv", cut)
    assert isinstance(result.exception, InputError)
    assert "--accept-shrink" in str(result.exception)
    cut.write_bytes(whole[: len(whole) // 10])
    assert "at least 5,000" in str(lists("import", "ofac-csv", cut).exception)
    assert len(Home.open(home).versions("ofac-csv")) == 1


def test_two_editions_of_the_un_list(editions, home):
    for file in ("kebalkhadka/UN.xml", "watchman/UN_consolidated.xml"):
        assert lists("import", "un", editions / file).exit_code == 0
    head, *lines = lists("diff", "un").output.splitlines()
    assert head.endswith(": 130 new, 17 changed, 4 delisted")
    assert sum(each.startswith("+ ") for each in lines) == 130
    assert sum(each.startswith("- ") for each in lines) == 4


@pytest.mark.parametrize("regulation", ["32017R1509", "32014R0208"])
def test_a_single_regulation_of_the_eu(editions, home, regulation):
    file = editions / "eu_journal" / f"consolidated_{regulation}.csv"
    assert lists("import", "eu-journal", file).exit_code == 0
    (version,) = Home.open(home).current()
    assert version.count == {"32017R1509": 326, "32014R0208": 3}[regulation]
    with gzip.open(version.folder / "originals" / "1.gz") as stream:
        assert hashlib.sha256(stream.read()).hexdigest() == version.files[0][1]


def test_the_old_screening_list_as_it_was_packed(editions, home):
    file = editions / "watchman" / "csl_consolidated_2022-05-16.csv.gz"
    assert lists("import", "us-csl", file).exit_code == 0
    (version,) = Home.open(home).current()
    assert version.files[0][0] == file.name
    assert version.count > 14_000
