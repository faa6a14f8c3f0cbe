"""A desk begins with one link, and once."""

import pytest
from sqlalchemy import select

from stanch.errors import RefusedError, UsageError
from stanch.formats.signed.keys import PrivateKey
from stanch.members.init import Founding, found
from stanch.model.desk.people import MemberKind, Role
from stanch.store.desk import log
from stanch.store.desk.tables import desk, erasable, member, person
from stanch.store.desk.transaction import Database
from tests.members.house import KOREA, House

ASKED = Founding("Joint desk", "k" * 43, "Korea", "Korea, South", "Ahn Suji", "ahn@example.org")


def test_the_first_administrator_is_of_a_founding_government(house: House):
    assert house.chief.member.id == KOREA
    assert house.chief.member.founding
    assert house.chief.member.kind == MemberKind.GOVERNMENT
    assert house.chief.roles == {Role.ADMINISTRATOR}


def test_a_desk_is_founded_once(house: House):
    with pytest.raises(RefusedError, match="founded already"), house.database.write() as tx:
        found(tx, ASKED)
    with house.database.read() as connection:
        assert len(connection.execute(select(desk)).all()) == 1
        assert len(connection.execute(select(member).where(member.c.founding)).all()) == 1


def test_nothing_is_founded_where_a_word_is_wrong(database: Database):
    wrong = Founding("Joint desk", "k" * 43, "Korea", "Atlantis", "Ahn Suji")
    with pytest.raises(UsageError, match="Atlantis"), database.write() as tx:
        found(tx, wrong)
    with database.read() as connection:
        assert not connection.execute(select(desk)).all()
        assert log.size(connection) == 0


def test_the_log_names_nobody(database: Database, desk_key: PrivateKey):
    with database.write() as tx:
        token = found(tx, ASKED)
    with database.read() as connection:
        said = " ".join(row.said for row in log.entries(connection))
        assert "Ahn" not in said
        assert "example.org" not in said
        assert token not in said
        kept = set(connection.execute(select(erasable.c.text)).scalars())
        assert kept == {"Ahn Suji", "ahn@example.org"}
        assert connection.execute(select(person.c.name)).scalar_one() == "Ahn Suji"
