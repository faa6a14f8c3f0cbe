"""An identity is a person only since a link said so, and never by an e-mail address."""

import pytest
from sqlalchemy import select

from stanch.errors import RefusedError, StrangerError
from stanch.members import people
from stanch.members.access import entrance, oidc
from stanch.members.access.oidc import Identity
from stanch.members.people import NewPerson
from stanch.store.desk import log
from stanch.store.desk.tables import person
from tests.members.house import House

HERE = "192.0.2.1"
ISSUER = "https://id.example.org"
KIM = Identity(ISSUER, "subject-of-kim")


def bound(house: House, identity: Identity = KIM) -> str:
    to = house.person(house.chief, "analyst")
    link = house.link(house.chief, to)
    entrance.by_link_and_identity(house.database, HERE, link, identity)
    return to


def test_after_a_link_the_identity_comes_in(house: House):
    to = bound(house)
    opened = entrance.by_identity(house.database, HERE, KIM)
    assert house.of_token(opened.token).person == to


def test_an_email_address_binds_nobody(house: House):
    with house.database.write() as tx:
        people.add(tx, house.chief, NewPerson("Kim", ["analyst"], "kim@example.org"))
    for subject in ("kim@example.org", "", " ", "None"):
        with pytest.raises(StrangerError):
            entrance.by_identity(house.database, HERE, Identity(ISSUER, subject))


@pytest.mark.parametrize(
    "other",
    [
        Identity(ISSUER + "/", KIM.subject),
        Identity("https://evil.example.org", KIM.subject),
        Identity(ISSUER, KIM.subject.upper()),
        Identity(ISSUER, KIM.subject + "\x00"),
        Identity(ISSUER, "\ud800"),
        Identity(ISSUER, "%"),
        Identity("", ""),
    ],
)
def test_letter_by_letter(house: House, other: Identity):
    bound(house)
    with pytest.raises(StrangerError):
        entrance.by_identity(house.database, HERE, other)


def test_an_identity_is_one_person(house: House):
    bound(house)
    link = house.link(house.exchange, house.exchange.person)
    with pytest.raises(RefusedError):
        entrance.by_link_and_identity(house.database, HERE, link, KIM)
    assert house.of_token(house.come_in(link)) == house.exchange  # the link was not used up


def test_no_link_no_binding(house: House):
    with pytest.raises(StrangerError):
        entrance.by_link_and_identity(house.database, HERE, "stl_wrong", KIM)
    with house.database.read() as connection:
        assert connection.execute(select(person.c.subject).distinct()).scalars().all() == [None]


def test_whoever_is_let_go_does_not_come_back(house: House):
    to = bound(house)
    with house.database.write() as tx:
        people.deactivate(tx, house.chief, to)
    with pytest.raises(StrangerError):
        entrance.by_identity(house.database, HERE, KIM)


def test_the_log_does_not_say_the_subject(house: House):
    bound(house)
    with house.database.read() as connection:
        said = " ".join(row.said for row in log.entries(connection))
        assert oidc.known(connection, KIM)
    assert ISSUER in said
    assert KIM.subject not in said
