"""Who may add a member, and what a member may be."""

import pytest
from sqlalchemy import select

from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.members import organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.people import Caller, Member, MemberKind, Role
from stanch.store.desk import log
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import member
from tests.members.house import KOREA, UPBEAT, House


def add(house: House, by: Caller, new: NewMember) -> Member:
    with house.database.write() as tx:
        return organisations.add(tx, by, new)


def test_a_founding_administrator_adds_members(house: House):
    made = add(house, house.chief, NewMember("Bank of Ōsaka (Exchange)", "exchange", "Japan"))
    assert made.id == "mem-bank-of-osaka-exchange"
    assert (made.kind, made.country, made.founding) == (MemberKind.EXCHANGE, "JP", False)
    with house.database.read() as connection:
        assert organisations.one(connection, house.exchange, made.id) == made
        assert log.entries(connection)[-1].subject == made.id


def test_nobody_else_does(house: House):
    new = NewMember("Other", "exchange", "JP")
    analyst = house.caller(house.chief, "analyst", "approver", "auditor", "reader")
    add(house, house.chief, NewMember("Late government", "government", "JP"))
    with house.database.write() as tx:
        link = people.add_first(tx, house.chief, "mem-late-government", NewPerson("Sato", []))
    late = house.of_token(house.come_in(link))
    for by in (house.exchange, analyst, late):
        with pytest.raises(ForbiddenError):
            add(house, by, new)
        with pytest.raises(ForbiddenError), house.database.write() as tx:
            people.add_first(tx, by, UPBEAT, NewPerson("Sato", []))
    with house.database.read() as connection:
        assert len(connection.execute(select(member)).all()) == 3


def test_a_member_gets_its_first_administrator_once(house: House):
    with pytest.raises(RefusedError), house.database.write() as tx:
        people.add_first(tx, house.chief, UPBEAT, NewPerson("Mallory", ["administrator"]))
    with pytest.raises(NotFoundError), house.database.write() as tx:
        people.add_first(tx, house.chief, "mem-nobody", NewPerson("Sato", []))
    assert house.exchange.roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    "new",
    [
        NewMember("", "exchange", "KR"),
        NewMember("x" * 201, "exchange", "KR"),
        NewMember("A\x00B", "exchange", "KR"),
        NewMember("A\u202eB", "exchange", "KR"),
        NewMember("A\ud800B", "exchange", "KR"),
        NewMember("Other", "bank", "KR"),
        NewMember("Other", "exchange", "Atlantis"),
        NewMember("Other", "exchange", "KR", founding=True),
        NewMember("Other", "exchange", "KR", id="mem-Other"),
        NewMember("Other", "exchange", "KR", id="per-other"),
        NewMember("Other", "exchange", "KR", id="mem-../other"),
        NewMember("Other", "exchange", "KR", id="mem-" + "x" * 90),
        NewMember("?!", "exchange", "KR"),
    ],
)
def test_what_no_member_can_be(house: House, new: NewMember):
    with pytest.raises(UsageError):
        add(house, house.chief, new)


def test_an_id_is_taken_once(house: House):
    with pytest.raises(RefusedError):
        add(house, house.chief, NewMember("UPBEAT", "issuer", "JP"))


def test_every_member_sees_all(house: House):
    with house.database.read() as connection:
        found = organisations.listed(connection, house.exchange, Asked(sort="name"))
        assert [row["id"] for row in found.rows] == [KOREA, UPBEAT]
        with pytest.raises(NotFoundError):
            organisations.one(connection, house.chief, "mem-nobody")
