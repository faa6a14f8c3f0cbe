"""Who asks to be forgotten is forgotten, by the right hand, and the log is as whole as before."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from stanch.app.desk import audit, erase
from stanch.cases import intake
from stanch.errors import ForbiddenError, NotFoundError, RefusedError
from stanch.members import people
from stanch.members.people import NewPerson
from stanch.store.desk import log
from stanch.store.desk.copy import TABLES
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import reporter
from tests.app.desk.conftest import report
from tests.cases.conftest import ACCOUNT, World

NAME, EMAIL = "Baek Sorin", "sorin@example.org"
CONTACT = "victim@example.org"


def everything(connection: Connection) -> str:
    return " ".join(
        str(tuple(row)) for table in TABLES for row in connection.execute(select(table))
    )


def text_of(world: World) -> str:
    with world.database.read() as connection:
        return everything(connection)


def left(world: World) -> str:
    """A person of Korea who was there and is gone."""
    with world.database.write() as tx:
        id = people.add(tx, world.house.chief, NewPerson(NAME, ["analyst"], EMAIL))
        people.deactivate(tx, world.house.chief, id)
    return id


def who(world: World, id: str) -> str:
    with world.database.read() as connection:
        return intake.one(connection, world.ann, id)["reporter"]


def test_a_person_is_forgotten_and_the_log_is_whole(full: World, desk_key):
    id = left(full)
    assert NAME in text_of(full)
    assert EMAIL in text_of(full)
    assert erase.person(full.database, full.house.chief, id) == 2
    assert NAME not in text_of(full)
    assert EMAIL not in text_of(full)
    assert audit.verify(full.database, desk_key.public) == []
    with full.database.read() as connection:
        last = log.entries(connection, log.size(connection) - 1)[0]
        assert people.one(connection, full.house.chief, id)["name"] == "(erased)"
    assert (last.verb, last.subject, last.person) == (
        "person.erased", id, full.house.chief.person,
    )  # fmt: skip
    assert erase.person(full.database, None, id) == 0  # the desk itself, once more


def test_only_the_members_administrator_erases_a_person(full: World):
    id = left(full)
    before = text_of(full)
    key = replace(full.house.chief, scopes=frozenset({"admin"}))
    for caller, error in (
        (full.ann, ForbiddenError),
        (key, ForbiddenError),
        (full.house.exchange, NotFoundError),
    ):
        with pytest.raises(error):
            erase.person(full.database, caller, id)
    with pytest.raises(RefusedError, match="active"):
        erase.person(full.database, full.house.chief, full.ben.person)
    with pytest.raises(RefusedError, match="active"):
        erase.person(full.database, None, full.ben.person)
    assert text_of(full) == before


def test_a_reporter_is_forgotten_and_the_log_is_whole(full: World, desk_key):
    id = report(full, "My words", CONTACT)
    rpr = who(full, id)
    erase.reporter(full.database, full.house.chief, rpr)
    everything = text_of(full)
    assert CONTACT not in everything
    assert "My words" not in everything
    assert audit.verify(full.database, desk_key.public) == []
    with full.database.read() as connection:
        kept = intake.one(connection, full.ann, id)
        assert kept["body"] == {
            "accounts": [ACCOUNT], "erased": True, "text": "", "transactions": [],
        }  # fmt: skip
        assert connection.execute(
            select(reporter.c.contact).where(reporter.c.id == rpr)
        ).scalar_one().startswith("erased:")  # fmt: skip
    # The same contact is somebody new, and the same words are no digest that is known.
    again = report(full, "My words", CONTACT)
    assert who(full, again) != rpr
    with full.database.read() as connection:
        digest = intake.one(connection, full.ann, again)["digest"]
        found = intake.listed(connection, full.ann, Asked(filters={"digest": digest}))
    assert [row["id"] for row in found.rows] == [again]


def test_a_house_erases_its_own_and_the_last_one_the_contact(full: World, desk_key):
    """Korea and Upbeat both have words of one contact."""
    korea = report(full, "To Korea", CONTACT)
    report(full, "To Upbeat", CONTACT, by=full.eve)
    rpr = who(full, korea)
    erase.reporter(full.database, full.house.exchange, rpr)
    assert "To Upbeat" not in text_of(full)
    assert "To Korea" in text_of(full)
    assert CONTACT in text_of(full)
    erase.reporter(full.database, full.house.chief, rpr)
    assert CONTACT not in text_of(full)
    assert "To Korea" not in text_of(full)
    assert audit.verify(full.database, desk_key.public) == []


def test_the_desk_itself_erases_all(full: World, desk_key):
    rpr = who(full, report(full, "To Korea", CONTACT))
    report(full, "To Upbeat", CONTACT, by=full.eve)
    erase.reporter(full.database, None, rpr)
    assert not any(word in text_of(full) for word in (CONTACT, "To Korea", "To Upbeat"))
    assert audit.verify(full.database, desk_key.public) == []


def test_only_an_administrator_who_sees_a_report_erases_its_reporter(full: World):
    rpr = who(full, report(full, "To Korea", CONTACT))
    before = text_of(full)
    key = replace(full.house.chief, scopes=frozenset({"admin"}))
    for caller, id, error in (
        (full.ann, rpr, ForbiddenError),
        (key, rpr, ForbiddenError),
        (full.house.exchange, rpr, NotFoundError),
        (full.house.chief, "rpr-0000000000000000", NotFoundError),
        (full.house.chief, "rpr-\0", NotFoundError),
        (None, "rpr-0000000000000000", NotFoundError),
    ):
        with pytest.raises(error):
            erase.reporter(full.database, caller, id)
    assert text_of(full) == before


@pytest.mark.parametrize("desk_engine", ["sqlite"], indirect=True)
def test_on_sqlite_nothing_of_it_is_left_in_the_file(full: World, tmp_path):
    id = left(full)
    rpr = who(full, report(full, "Unmistakable words", CONTACT))
    erase.person(full.database, full.house.chief, id)
    erase.reporter(full.database, full.house.chief, rpr)
    full.database.writer.dispose()  # the last connection writes the write-ahead log back
    files = b"".join(file.read_bytes() for file in tmp_path.glob("desk.sqlite*"))
    assert b"mem-korea" in files
    for word in (NAME, EMAIL, CONTACT, "Unmistakable words"):
        assert word.encode() not in files
