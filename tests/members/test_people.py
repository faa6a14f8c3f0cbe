"""People are kept by an administrator of their own member, and by nobody else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from stanch.errors import ForbiddenError, NotFoundError, RefusedError, StrangerError, UsageError
from stanch.members import people
from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.members.people import NewPerson
from stanch.model.desk.people import Caller
from stanch.store.desk import log
from stanch.store.desk.page import Asked
from stanch.store.desk.transaction import Transaction
from tests.members.house import House

Change = Callable[[Transaction, Caller, str], None]


def promote(tx: Transaction, by: Caller, to: str) -> None:
    people.change_roles(tx, by, to, ["administrator"])


CHANGES = pytest.mark.parametrize("change", [promote, people.deactivate])


@CHANGES
def test_another_members_administrator_finds_nobody(house: House, change: Change):
    to = house.person(house.chief, "analyst")
    texts = set()
    for id in (to, "per-0000000000000000"):
        with pytest.raises(NotFoundError) as refused, house.database.write() as tx:
            change(tx, house.exchange, id)
        texts.add(str(refused.value).replace(id, ""))
    assert len(texts) == 1
    with house.database.read() as connection:
        with pytest.raises(NotFoundError):
            people.one(connection, house.exchange, to)
        mine = people.listed(connection, house.exchange, Asked())
        assert [row["id"] for row in mine.rows] == [house.exchange.person]
        named = Asked(filters={"id": to})
        assert not people.listed(connection, house.exchange, named).rows
        assert people.one(connection, house.chief, to)["roles"] == "analyst"


@CHANGES
def test_nobody_raises_themselves(house: House, change: Change):
    by = house.caller(house.chief, "analyst", "approver", "auditor", "reader")
    with pytest.raises(ForbiddenError), house.database.write() as tx:
        change(tx, by, by.person)
    with pytest.raises(ForbiddenError), house.database.write() as tx:
        people.add(tx, by, NewPerson("Lee", ["reader"]))


def test_letting_go_ends_all_in_one_transaction(house: House):
    to = house.person(house.chief, "analyst")
    session = house.session(house.chief, to)
    link = house.link(house.chief, to)
    with house.database.write() as tx:
        key = api_keys.make(tx, house.chief, NewKey("k", ["read"], person=to))
    with house.database.write() as tx:
        people.deactivate(tx, house.chief, to)
    with pytest.raises(StrangerError):
        house.of_token(session)
    with pytest.raises(StrangerError):
        house.come_in(link)
    with house.database.read() as connection, pytest.raises(StrangerError):
        api_keys.caller_of_key(connection, key.token, house.database.now())
    with pytest.raises(NotFoundError):
        house.link(house.chief, to)
    with house.database.read() as connection:
        assert log.entries(connection)[-1].verb == "person.deactivated"


def test_a_stolen_key_makes_nobody_more_than_they_are(house: House):
    """What it gave would last when the key is revoked."""
    to = house.person(house.chief, "reader")
    program = replace(house.chief, scopes=frozenset({"admin", "read"}))
    with pytest.raises(ForbiddenError, match="signed in"), house.database.write() as tx:
        people.change_roles(tx, program, to, ["administrator"])


@pytest.mark.parametrize("roles", [[], ["root"], ["analyst administrator"], ["Administrator"]])
def test_no_role_is_made_up(house: House, roles: list[str]):
    to = house.person(house.chief, "analyst")
    with pytest.raises(UsageError), house.database.write() as tx:
        people.change_roles(tx, house.chief, to, roles)
    with pytest.raises(UsageError), house.database.write() as tx:
        people.add(tx, house.chief, NewPerson("Lee", roles))


def test_a_member_keeps_an_administrator(house: House):
    chief = house.chief
    with pytest.raises(RefusedError), house.database.write() as tx:
        people.deactivate(tx, chief, chief.person)
    with pytest.raises(RefusedError), house.database.write() as tx:
        people.change_roles(tx, chief, chief.person, ["reader"])
    house.person(chief, "administrator")
    with house.database.write() as tx:
        people.deactivate(tx, chief, chief.person)


def test_addresses_are_for_the_administrator_and_not_for_the_log(house: House):
    with house.database.write() as tx:
        people.add(tx, house.chief, NewPerson("Lee Hana", ["reader"], "hana@example.org"))
    reader = house.caller(house.chief, "reader")
    with house.database.read() as connection:
        assert "hana@example.org" in repr(people.listed(connection, house.chief, Asked()))
        seen = repr(people.listed(connection, reader, Asked()))
        assert "Lee Hana" in seen
        assert "hana@example.org" not in seen
        said = " ".join(row.said for row in log.entries(connection))
    assert "Lee" not in said
    assert "hana" not in said


@pytest.mark.parametrize("email", ["", "nobody", "@x", "x@", "a b@c", "a@b\nBcc: c@d"])
def test_what_is_no_address(house: House, email: str):
    with pytest.raises(UsageError), house.database.write() as tx:
        people.add(tx, house.chief, NewPerson("Lee", ["reader"], email))
