"""One open home answers names, identifiers and addresses, each entry once."""

import os
import time

import pytest

from stanch.app.screen import Query, Screen
from stanch.app.screen_index import FORMAT, open_identifiers
from stanch.app.screen_merge import merged
from stanch.errors import UsageError
from stanch.model.hits import Evidence, Hit, Subject
from stanch.model.listed import Identifier
from stanch.store.home import Home
from tests.app.screen_home import ETH, KIM, home_in
from tests.reference.plain_names import open_plain
from tests.store.lists import put


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_in(tmp_path_factory.mktemp("screen"))


@pytest.fixture(scope="module")
def screen(home):
    return open_plain(home)


def places(hits):
    return [(hit.rank, hit.list, hit.entry) for hit in hits]


def test_a_name(screen):
    assert places(screen.name("Chol Su Kim")) == [(1, "sdn", "17"), (2, "un", "KPi.001")]
    assert places(screen.name("Chol Su Kim", top=1)) == [(1, "sdn", "17")]
    assert screen.name("John Doe") == []


def test_an_identifier_is_a_hit_whatever_the_name(screen):
    subject = Query("Jane Doe", identifiers=("passport/KP=563-410-081",)).subject()
    ((hit,),) = screen.names((subject,), threshold=1.0)
    assert (hit.list, hit.entry, hit.name) == ("sdn", "17", "KIM Chol Su")


def test_name_and_identifier_are_one_hit(screen):
    subject = Query("Kim Chol Su", identifiers=("passport/KP=563410081",)).subject()
    ((first, second),) = screen.names((subject,))
    assert (first.entry, second.entry) == ("17", "KPi.001")
    assert [each.code for each in first.evidence] == [
        "name.exact", "identifier.same", "identifier.country",
    ]  # fmt: skip
    assert first.points == 90.0
    assert first.score > second.score


def test_an_identifier_that_the_name_counted_is_not_counted_again():
    same = Evidence("identifier.same", 60.0, "1", "1", "passport")
    by_name = Hit("s", 1, "l", "v", "e", "Person", "n", (), 0.9, 50.0,
                  (same, Evidence("birth.contradicts", -10.0)))  # fmt: skip
    by_identifier = Hit("s", 1, "l", "v", "e", "Person", "n", (), 1.0, 60.0, (same,))
    assert merged([by_name], [by_identifier]) == [by_name]


def test_addresses(screen):
    hits = screen.addresses([ETH.lower(), "0x" + "1" * 40, f"ETH: {ETH}", "no address"])
    assert [[hit.entry for hit in each] for each in hits] == [["27307"], [], ["27307"], []]


@pytest.mark.parametrize("known", [
    {"born": "someday"}, {"country": "Atlantis"}, {"schema": "Ghost"}, {"colour": "red"},
])  # fmt: skip
def test_what_cannot_be_asked(screen, known):
    with pytest.raises(UsageError):
        screen.name("Kim", **known)


@pytest.mark.parametrize("query", [Query(""), Query("..."), Query("x" * 1001)])
def test_no_name(query):
    with pytest.raises(UsageError):
        query.subject()


def test_what_is_known_of_a_name():
    subject = Query("Kim", "1984", "North Korea", "vessel", ("imo=9179701",)).subject()
    assert subject.schema == "Vessel"
    assert subject.births[0].first == "1984-01-01"
    assert subject.countries[0].code == "KP"
    assert subject.identifiers == (Identifier("imo", "9179701"),)


def test_the_index_is_made_once_for_each_state(tmp_path):
    home = Home.open(home_in(tmp_path))
    open_identifiers(home)
    (first,) = home.index_dir.glob(f"*/{FORMAT}")
    made = first.stat().st_mtime_ns
    begun = time.perf_counter()
    index = open_identifiers(home)
    assert time.perf_counter() - begun < 1
    assert first.stat().st_mtime_ns == made
    put(home, "sdn", KIM, text="another")
    assert not open_identifiers(home).addresses([ETH])[0]
    assert index.addresses([ETH])[0]  # what is open stays as it was
    assert len(list(home.index_dir.glob(f"*/{FORMAT}"))) == 2


def test_an_index_of_older_lists_goes_when_a_newer_one_is_made(tmp_path):
    home = Home.open(home_in(tmp_path))
    index = open_identifiers(home)
    (old,) = home.index_dir.iterdir()
    os.utime(old, (0, 0))
    put(home, "sdn", KIM, text="another")
    open_identifiers(home)
    assert not old.exists()
    assert len(list(home.index_dir.iterdir())) == 1
    assert index.addresses([ETH])[0]  # what is open stays as it was


def test_a_home_without_lists(tmp_path):
    with pytest.raises(UsageError, match="no such home"):
        Screen.open(tmp_path / "nowhere")
    Home.create(tmp_path / "empty")
    with pytest.raises(UsageError, match="no list"):
        Screen.open(tmp_path / "empty")


def test_a_subject_without_a_name(screen):
    subject = Subject("7", (), identifiers=(Identifier("wallet", ETH),))
    assert places(screen.names((subject,))[0]) == [(1, "sdn", "27307")]
