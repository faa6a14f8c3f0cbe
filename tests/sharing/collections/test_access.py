"""Who reads and writes a collection: by a grant, by a seat in its body, as an inbox's owner."""

import pytest

from stanch.body import bodies, seats
from stanch.body.bodies import NewBody
from stanch.body.schedule import Schedule
from stanch.body.seats import NewSeat
from stanch.cases.cases import Shared
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.model.desk.people import Role
from stanch.sharing.collections import making
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.words import Outcome
from tests.desk_world import COIN, EAST, JP, KR, NORTH, US
from tests.sharing.collections.shelf import Shelf, offer
from tests.taxii.objects import id_of

MEETS = Schedule("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", "2026-01-01T10:00", "Asia/Seoul")


@pytest.fixture
def body(everybody):
    """A body of Korea and Japan."""
    chair = NewSeat(JP, "NPA", "member")
    new = NewBody("Group", "A statement", "Thefts", MEETS, (), (chair,), Shared())
    with everybody.database.write() as tx:
        return bodies.found(tx, everybody.analyst(KR), new)


def take(everybody, body: str, seat: NewSeat) -> str:
    with everybody.database.write() as tx:
        return seats.take(tx, everybody.analyst(KR), body, seat)


def test_who_sits_in_the_body_reads_what_came_in_their_time(everybody, body):
    clock = everybody.database.clock
    shelf = Shelf(everybody, made={"purpose": "body", "body": body})
    shelf.put(offer(1))
    with pytest.raises(NotFoundError):
        shelf.access(US)
    clock.move(minutes=1)
    seat = take(everybody, body, NewSeat(US, "State", "observer"))
    shelf.put(offer(2), offer(1, modified="2026-02-01T00:00:00.000Z"))
    assert [id for id, _ in shelf.see(US)] == [id_of(2), id_of(1)]
    assert len(shelf.see(US, versions=("all",))) == 2, "nothing from before the seat"
    assert len(shelf.see(JP, versions=("all",))) == 3
    assert not shelf.access(US).writes, "an observer listens"
    assert shelf.access(JP).writes
    clock.move(minutes=1)
    with everybody.database.write() as tx:
        seats.end(tx, everybody.analyst(KR), seat)
    clock.move(minutes=1)
    shelf.put(offer(3), offer(2, modified="2026-03-01T00:00:00.000Z"))
    assert shelf.see(US) == [
        (id_of(2), "2026-01-01T00:00:00.000000"), (id_of(1), "2026-02-01T00:00:00.000000"),
    ], "the last that was there in their time"  # fmt: skip
    assert shelf.access(US).reads
    clock.move(minutes=1)
    take(everybody, body, NewSeat(US, "Justice", "member"))
    clock.move(minutes=1)
    shelf.put(offer(4))
    assert {id for id, _ in shelf.see(US)} == {id_of(1), id_of(2), id_of(4)}


def test_a_seat_that_is_yet_to_begin_shows_nothing(everybody, body):
    shelf = Shelf(everybody, made={"purpose": "body", "body": body})
    shelf.put(offer(1))
    take(everybody, body, NewSeat(EAST, "Desk", "member", since="2027-01-01T00:00:00Z"))
    with pytest.raises(NotFoundError):
        shelf.access(EAST)


def test_all_write_into_an_inbox_and_its_owner_alone_reads(everybody):
    shelf = Shelf(everybody, made={"purpose": "inbox"})
    found = shelf.access(NORTH)
    assert (found.reads, found.writes, found.view.audiences) == (False, True, ())
    assert shelf.put(offer(1, owner=NORTH), by=NORTH)[0].outcome == Outcome.ADDED
    (blind,) = shelf.put(offer(1, owner=EAST, name="else"), by=EAST)
    assert blind.outcome == Outcome.ADDED, "who reads nothing is told of nothing"
    (again,) = shelf.put(offer(1, owner=NORTH), by=NORTH)
    assert again.outcome == Outcome.SAME
    assert shelf.see(KR) == [(id_of(1), "2026-01-01T00:00:00.000000")]


def test_a_grant_is_replaced_and_taken_back(everybody):
    shelf = Shelf(everybody)
    shelf.let(NORTH, reads=False, writes=True)
    assert not shelf.access(NORTH).reads
    shelf.let(NORTH, reads=True, writes=False)
    assert (shelf.access(NORTH).reads, shelf.access(NORTH).writes) == (True, False)
    shelf.let(NORTH, reads=False, writes=False)
    with pytest.raises(NotFoundError):
        shelf.access(NORTH)
    with pytest.raises(RefusedError, match="owner"):
        shelf.let(KR, reads=False)
    with pytest.raises(UsageError, match="no member"):
        shelf.let("mem-nobody")


def test_the_owner_alone_lets_others_in_and_learns_who_was(everybody):
    shelf = Shelf(everybody)
    shelf.let(US, writes=True)
    database, us, kr = everybody.database, everybody.analyst(US), everybody.analyst(KR)
    with database.write() as tx, pytest.raises(ForbiddenError):
        making.grant(tx, us, shelf.id, NORTH, (True, True))
    with database.read() as connection:
        mine = making.grants(connection, us, shelf.id, database.now())
        assert [each["member"] for each in mine] == [US]
        whole = making.grants(connection, kr, shelf.id, database.now())
        assert {each["member"] for each in whole} == {KR, US}
        with pytest.raises(NotFoundError):
            making.grants(connection, everybody.analyst(COIN), shelf.id, database.now())


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewCollection(" "), UsageError),
        (NewCollection("X", "no such"), UsageError),
        (NewCollection("X", alias="No Alias"), UsageError),
        (NewCollection("X", alias="a" * 65), UsageError),
        (NewCollection("X", "body"), UsageError),
        (NewCollection("X", "purpose", body="body-1"), UsageError),
        (NewCollection("X", "body", body="body-none"), NotFoundError),
    ],
)
def test_what_is_no_collection_is_refused(everybody, new, error):
    with everybody.database.write() as tx, pytest.raises(error):
        making.make(tx, everybody.analyst(KR), new)


def test_an_alias_is_one_among_its_owners_and_tells_nothing_of_others(everybody):
    Shelf(everybody, made={"alias": "mine"})
    with everybody.database.write() as tx:
        with pytest.raises(RefusedError, match="taken"):
            making.make(tx, everybody.analyst(KR), NewCollection("X", alias="mine"))
        making.make(tx, everybody.analyst(NORTH), NewCollection("X", alias="mine"))


def test_an_administrator_makes_one_and_an_auditor_does_not(everybody):
    chief = everybody.people[KR, Role.ADMINISTRATOR]
    with everybody.database.write() as tx:
        making.make(tx, chief, NewCollection("X"))
        reader = type(chief)(chief.person, chief.member, frozenset({Role.AUDITOR}))
        with pytest.raises(ForbiddenError):
            making.make(tx, reader, NewCollection("X"))
