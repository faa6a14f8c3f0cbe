"""Contacts: who may change them, and how fast members were as far as the caller may know."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from stanch.errors import ForbiddenError, NotFoundError, UsageError
from stanch.members import contacts, organisations, people
from stanch.members.contacts import Contact
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.members.response_times import Times
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.store.desk import log
from stanch.store.desk.tables import case, delivery, erasable, order
from stanch.store.desk.visible import columns, own, share
from tests.members.house import UPBEAT, House

DESK = Contact(
    member=UPBEAT,
    name="Choi Yuna",
    role="compliance",
    channel="+82 2 555 0100",
    hours="Mon-Fri 09:00-18:00 Asia/Seoul",
    languages="ko en",
    jurisdictions=("South Korea", "JP"),
)


def add(house: House, by: Caller, new: Contact = DESK) -> str:
    with house.database.write() as tx:
        return contacts.add(tx, by, new)


def test_own_administrator_and_founding_analyst_change_contacts(house: House):
    id = add(house, house.exchange)
    analyst = house.caller(house.chief, "analyst")
    with house.database.write() as tx:
        contacts.change(tx, analyst, id, replace(DESK, hours="24/7", member="mem-korea"))
    with house.database.read() as connection:
        row = contacts.one(connection, house.exchange, id)
    assert (row["hours"], row["member"], row["jurisdictions"]) == ("24/7", UPBEAT, "JP KR")
    assert row["times"] is None
    with house.database.write() as tx:
        contacts.remove(tx, house.exchange, id)
    with house.database.read() as connection, pytest.raises(NotFoundError):
        contacts.one(connection, house.exchange, id)


def test_nobody_else_does(house: House):
    id = add(house, house.exchange)
    theirs = add(house, house.chief, replace(DESK, member="mem-korea"))
    for by, to in (
        (house.chief, id),  # founding, but an administrator and no analyst
        (house.caller(house.exchange, "analyst"), id),
        (house.exchange, theirs),  # another member's
        (house.caller(house.chief, "analyst"), theirs),  # a government's are its administrator's
    ):
        with pytest.raises(ForbiddenError), house.database.write() as tx:
            contacts.change(tx, by, to, DESK)
        with pytest.raises(ForbiddenError), house.database.write() as tx:
            contacts.remove(tx, by, to)
    with pytest.raises(ForbiddenError):
        add(house, house.exchange, replace(DESK, member="mem-korea"))


def test_the_log_names_no_contact(house: House):
    add(house, house.exchange)
    with house.database.read() as connection:
        said = " ".join(row.said for row in log.entries(connection))
    assert "Choi" not in said
    assert "555 0100" not in said


def test_what_no_contact_can_be(house: House):
    for wrong in (
        replace(DESK, jurisdictions=("Atlantis",)),
        replace(DESK, name=""),
        replace(DESK, channel="a\x00b"),
        replace(DESK, requirements="x" * 2001),
    ):
        with pytest.raises(UsageError):
            add(house, house.exchange, wrong)
    with pytest.raises(NotFoundError):
        add(house, house.caller(house.chief, "analyst"), replace(DESK, member="mem-nobody"))


def deliver(house: House, by: Caller, id: str, marking: Marking, minutes: int) -> None:
    """An order of `by` in a marking, acknowledged by the exchange after some minutes."""
    sharing = own(by, marking)
    at = "2026-11-26T12:00:00.000000Z"
    row = {"id": id, **columns(sharing), "created": at}
    with house.database.write() as tx:
        run = tx.connection.execute
        run(insert(case).values(**row, title="t", state="open", reported=at))
        run(
            insert(order).values(
                **row,
                kind="hold",
                state="in_force",
                case=id,
                version=1,
                hash="sha256:",
                document=b"{}",
                expires=at,
            )
        )
        share(tx.connection, order, id, sharing)
        run(
            insert(delivery).values(
                id=f"del-{id}",
                order=id,
                member=UPBEAT,
                state="acknowledged",
                late=False,
                created=at,
                acknowledged=f"2026-11-26T12:{minutes:02}:00.000000Z",
                due=at,
            )
        )


def test_times_are_medians_of_what_the_caller_may_see(house: House):
    id = add(house, house.exchange)
    analyst = house.caller(house.chief, "analyst")
    for n, minutes in enumerate((2, 4, 30)):
        deliver(house, house.chief, f"ord-{n}", Marking.GREEN, minutes)
    deliver(house, house.chief, "ord-amber", Marking.AMBER, 50)
    deliver(house, house.chief, "ord-red", Marking.RED, 59)

    def times(by: Caller) -> Times | None:
        with house.database.read() as connection:
            return contacts.one(connection, by, id)["times"]

    assert times(house.exchange) == Times(5, 30 * 60, None)  # what came to itself, red or not
    assert times(analyst) == Times(4, 17 * 60, None)  # not the red one, in the same house either
    assert times(house.chief) == Times(5, 30 * 60, None)


def test_one_exchange_learns_nothing_of_how_another_answers(house: House):
    """Not of orders that it may see by their marking, or that went to both, either."""
    id = add(house, house.exchange)
    with house.database.write() as tx:
        organisations.add(tx, house.chief, NewMember("Coin One", "exchange", "KR"))
        link = people.add_first(tx, house.chief, "mem-coin-one", NewPerson("First", []))
    other = house.of_token(house.come_in(link))
    deliver(house, house.chief, "ord-green", Marking.GREEN, 2)
    with house.database.write() as tx:
        row = {"id": "del-2", "order": "ord-green", "member": "mem-coin-one", "state": "queued"}
        at = "2026-11-26T12:00:00.000000Z"
        tx.connection.execute(insert(delivery).values(**row, late=False, created=at, due=at))
    with house.database.read() as connection:
        assert contacts.one(connection, other, id)["times"] is None
        assert contacts.one(connection, house.exchange, id)["times"] == Times(1, 120, None)


def test_who_is_taken_away_is_forgotten_in_the_log_too(house: House):
    id = add(house, house.exchange)
    with house.database.write() as tx:
        contacts.change(tx, house.exchange, id, replace(DESK, name="Han Sora"))
        contacts.remove(tx, house.exchange, id)
    with house.database.read() as connection:
        left = set(connection.execute(select(erasable.c.text)).scalars())
    assert not left & {"Choi Yuna", "Han Sora", DESK.channel}
