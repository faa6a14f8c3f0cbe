"""A key does what its scopes and its person's roles allow at that moment, and makes no other."""

import pytest
from sqlalchemy import select

from stanch.errors import ForbiddenError, NotFoundError, StrangerError, UsageError
from stanch.members import people
from stanch.members.access import api_keys, entrance
from stanch.members.access.api_keys import MadeKey, NewKey
from stanch.members.access.rights import require
from stanch.members.people import NewPerson
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import api_key
from tests.desk_database import FakeClock
from tests.members.house import House

HERE = "192.0.2.1"


def key(house: House, by: Caller, *scopes: str, to: str | None = None, days: int = 90) -> MadeKey:
    with house.database.write() as tx:
        return api_keys.make(tx, by, NewKey("screening", scopes, days, to))


def caller(house: House, made: MadeKey) -> Caller:
    with house.database.read() as connection:
        return api_keys.caller_of_key(connection, made.token, house.database.now())


def test_a_key_has_its_scopes_and_no_more(house: House):
    program = caller(house, key(house, house.chief, "screen", "read"))
    require(program, scope=Scope.SCREEN)
    for scope in set(Scope) - {Scope.SCREEN, Scope.READ}:
        with pytest.raises(ForbiddenError):
            require(program, scope=scope)
    with pytest.raises(ForbiddenError):
        require(program, Role.APPROVER, scope=Scope.SCREEN)


def test_a_key_makes_no_key(house: House):
    program = caller(house, key(house, house.chief, "admin"))
    with pytest.raises(ForbiddenError):
        key(house, program, "admin")


@pytest.mark.parametrize("scopes", [(), ("*",), ("everything",), ("read admin",), ("READ",)])
def test_no_scope_is_made_up(house: House, scopes: tuple[str, ...]):
    with pytest.raises(UsageError):
        key(house, house.chief, *scopes)


def test_a_key_ends_in_its_time(house: House, clock: FakeClock):
    made = key(house, house.chief, "read", days=365)
    clock.move(days=365, seconds=-1)
    assert caller(house, made).person == house.chief.person
    clock.move(seconds=1)
    with pytest.raises(StrangerError):
        caller(house, made)


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_no_key_holds_longer_than_a_year(house: House, days: int):
    with pytest.raises(UsageError):
        key(house, house.chief, "read", days=days)


def test_roles_of_a_key_are_read_anew(house: House):
    to = house.person(house.chief, "analyst", "auditor")
    made = key(house, house.chief, "audit", to=to)
    require(caller(house, made), Role.AUDITOR, scope=Scope.AUDIT)
    with house.database.write() as tx:
        people.change_roles(tx, house.chief, to, ["analyst"])
    with pytest.raises(ForbiddenError):
        require(caller(house, made), Role.AUDITOR, scope=Scope.AUDIT)


def test_wrong_revoked_and_let_go_are_told_apart_nowhere(house: House):
    revoked, to = key(house, house.chief, "read"), house.person(house.chief, "analyst")
    gone = key(house, house.chief, "read", to=to)
    with house.database.write() as tx:
        api_keys.revoke(tx, house.chief, revoked.id)
        people.deactivate(tx, house.chief, to)
    wrong = MadeKey("", revoked.token[:-1] + "?", "")
    texts = set()
    for made in (revoked, gone, wrong, MadeKey("", "", "")):
        with pytest.raises(StrangerError) as refused:
            caller(house, made)
        texts.add(str(refused.value))
    assert len(texts) == 1


def test_keys_of_others_are_out_of_reach(house: House):
    made = key(house, house.chief, "read")
    analyst = house.caller(house.chief, "analyst")
    for by in (house.exchange, analyst):
        with pytest.raises(NotFoundError), house.database.write() as tx:
            api_keys.revoke(tx, by, made.id)
        with house.database.read() as connection:
            assert not api_keys.listed(connection, by, Asked()).rows
    with pytest.raises(NotFoundError):
        key(house, house.exchange, "read", to=house.chief.person)
    with pytest.raises(ForbiddenError):
        key(house, analyst, "read", to=house.chief.person)
    assert caller(house, made).person == house.chief.person


def test_a_key_is_stored_as_a_digest_and_listed_without(house: House):
    made = key(house, house.chief, "read")
    with house.database.read() as connection:
        stored = repr(connection.execute(select(api_key)).all())
        (row,) = api_keys.listed(connection, house.chief, Asked()).rows
    assert made.token not in stored + repr(made)
    assert row["id"] == made.id
    assert "digest" not in row


def test_use_is_noted_once_a_minute(house: House, clock: FakeClock):
    made = key(house, house.chief, "read")

    def used() -> str:
        entrance.with_key(house.database, HERE, made.token)
        with house.database.read() as connection:
            return connection.execute(select(api_key.c.used)).scalar_one()

    first = used()
    clock.move(seconds=59)
    assert used() == first
    clock.move(seconds=1)
    assert used() > first


def test_a_program_may_keep_people_but_let_nobody_in(house: House):
    program = caller(house, key(house, house.chief, "admin"))
    with house.database.write() as tx:
        people.add(tx, program, NewPerson("Lee", ["reader"]))
    with pytest.raises(ForbiddenError), house.database.write() as tx:
        people.add_first(tx, program, "mem-upbeat", NewPerson("Lee", ["reader"]))
