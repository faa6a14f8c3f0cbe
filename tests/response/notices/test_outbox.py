"""Who is told, of what, how often: a burst is one e-mail, and nobody's is another's."""

import pytest

from stanch.app.desk import feed
from stanch.app.desk.desk import Desk
from stanch.cases.cases import Shared
from stanch.errors import RefusedError
from stanch.members import people
from stanch.members.people import NewPerson
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.model.desk.people import Role
from stanch.response import orders, replies, reviews
from stanch.response.notices import choice, outbox
from stanch.response.orders import NewOrder
from stanch.response.replies import NewReply
from stanch.store.desk.folder import Folder
from stanch.store.desk.transaction import moment, stamp
from tests.desk_world import ACCOUNT, EAST, JP, KR, NORTH, US, USDT, World
from tests.response.notices.conftest import LEASE, QUIET, claimed, told


def settle(world: World) -> outbox.Mail | None:
    """Claim one and have it taken by a mail server."""
    mail = claimed(world)
    if mail is not None:
        with world.database.write() as tx:
            outbox.sent(tx, mail)
    return mail


def test_a_burst_is_one_notice_and_the_next_waits(world: World, clock) -> None:
    told(world, world.analyst(NORTH))
    begun = world.database.now()
    for _ in range(4):
        world.in_force()
        clock.move(seconds=2)
    assert claimed(world) is None  # it waits a moment for what comes with it
    clock.move(seconds=outbox.GATHERED)
    mail = settle(world)
    assert mail is not None
    assert (mail.address, mail.count, mail.since) == ("kim@north.example", 4, begun)
    later = world.database.now()
    world.in_force()
    clock.move(seconds=QUIET - 1)
    assert claimed(world) is None
    clock.move(seconds=1)
    again = settle(world)
    assert again is not None
    assert (again.count, again.since) == (1, later)
    clock.move(days=1)
    assert claimed(world) is None


def test_another_members_things_cause_no_notice(world: World, clock) -> None:
    told(world, world.analyst(EAST), "kim@east.example")
    world.in_force(to=Addressees((NORTH,)))
    clock.move(hours=1)
    assert claimed(world) is None


def test_who_did_not_choose_is_told_nothing(world: World, clock) -> None:
    with world.database.write() as tx:
        chief = world.people[NORTH, Role.ADMINISTRATOR]
        people.add(tx, chief, NewPerson("Song", ["analyst"], "song@north.example"))
    world.in_force()
    clock.move(hours=1)
    assert claimed(world) is None


def test_each_step_tells_whom_it_asks_for_something(world: World, clock) -> None:
    """Who may concur, who must obey, who asked for it: each once, and of nothing else."""
    for member in (KR, US, JP, NORTH):
        told(world, world.analyst(member), f"kim@{member}.example")

    def told_now() -> dict[str, int]:
        clock.move(seconds=QUIET + outbox.GATHERED)
        mails = iter(lambda: settle(world), None)
        return {each.address: each.count for each in mails}

    korea, others, north = "kim@mem-kr.example", ["kim@mem-jp.example", "kim@mem-us.example"], \
        "kim@mem-north.example"  # fmt: skip
    id = world.draft(to=Addressees((NORTH,)))
    assert told_now() == {}
    world.say(id, Said.PROPOSE, KR)
    assert told_now() == dict.fromkeys(others, 1)
    world.say(id, Said.CONCUR, JP)
    assert told_now() == {korea: 1, north: 1}
    with world.database.write() as tx:
        replies.add(tx, world.analyst(NORTH), id, NewReply("held", ACCOUNT, USDT, "5"))
    assert told_now() == {korea: 1}
    with world.database.write() as tx:
        asked = reviews.ask(tx, world.analyst(NORTH), id, "Lee", "It is mine.")
    assert told_now() == {korea: 1}
    with world.database.write() as tx:
        reviews.answer(tx, world.analyst(KR), asked, False, "It is not.")
    assert told_now() == {north: 1}


def test_of_an_order_in_red_those_alone_are_told_who_may_see_it(world: World, clock) -> None:
    chief, analyst = world.people[KR, Role.ADMINISTRATOR], world.analyst(KR)
    told(world, chief, "chief@kr.example")
    told(world, analyst, "analyst@kr.example")
    told(world, world.analyst(NORTH), "kim@north.example")
    listed = (*(each.person for each in (*world.signers[JP], *world.signers[KR])),
              world.analyst(JP).person)  # fmt: skip
    expires = stamp(moment(world.database.now()).replace(month=12))
    shared = Shared(Marking.RED, listed)
    new = NewOrder(world.case, OrderKind.HOLD, (Target(ACCOUNT),), "Secret warrant", expires,
                   Addressees((NORTH,)), shared)  # fmt: skip
    with world.database.write() as tx:
        id = orders.draft(tx, analyst, new)
    world.say(id, Said.PROPOSE, KR)
    world.say(id, Said.CONCUR, JP)
    clock.move(hours=1)
    mails = iter(lambda: settle(world), None)
    assert sorted(each.address for each in mails) == ["analyst@kr.example", "kim@north.example"]


@pytest.fixture
def desk(world: World, desk_key, tmp_path) -> Desk:
    return Desk(world.desk, "Joint desk", Folder.create(tmp_path / "d"), desk_key, world.database)


def test_who_has_read_their_feed_is_not_told(world: World, desk: Desk, clock) -> None:
    told(world, world.analyst(NORTH))
    world.in_force()
    assert len(feed.after(desk, world.analyst(NORTH), 0, 10)) == 1
    clock.move(hours=1)
    assert feed.after(desk, world.analyst(NORTH), 1, 10) == []
    assert claimed(world) is None
    world.in_force()
    clock.move(hours=1)
    mail = settle(world)
    assert mail is not None
    assert mail.count == 1


def test_what_is_read_before_it_was_sent_is_not_sent(world: World, desk: Desk, clock) -> None:
    told(world, world.analyst(NORTH))
    world.in_force()
    clock.move(hours=1)
    assert claimed(world) is not None  # and the server is away
    feed.after(desk, world.analyst(NORTH), 1, 10)
    clock.move(seconds=LEASE)
    assert claimed(world) is None


def test_a_place_that_the_feed_has_not_reached_silences_nothing(
    world: World, desk: Desk, clock
) -> None:
    told(world, world.analyst(NORTH))
    with pytest.raises(RefusedError):
        feed.after(desk, world.analyst(NORTH), 10**12, 10)
    world.in_force()
    clock.move(hours=1)
    assert claimed(world) is not None


def test_a_colleague_who_reads_keeps_nobody_from_being_told(
    world: World, desk: Desk, clock
) -> None:
    told(world, world.analyst(NORTH))
    world.in_force()
    feed.after(desk, world.people[NORTH, Role.ADMINISTRATOR], 1, 10)
    clock.move(hours=1)
    assert claimed(world) is not None


def test_what_nobody_settled_comes_back_as_it_was(world: World, clock) -> None:
    told(world, world.analyst(NORTH))
    world.in_force()
    clock.move(hours=1)
    first = claimed(world)
    assert first is not None
    world.in_force()
    assert claimed(world) is None  # it is taken
    clock.move(seconds=LEASE)
    second = claimed(world)
    assert second is not None
    assert (second.id, second.count, second.since, second.tries) == (
        first.id, first.count, first.since, 2,
    )  # fmt: skip
    with world.database.write() as tx:
        outbox.sent(tx, second)
        outbox.sent(tx, first)  # the one that was slow, not killed
    clock.move(hours=1)
    third = settle(world)
    assert third is not None
    assert third.count == 1  # what came between


def test_what_was_given_up_is_told_with_what_came_since(world: World, clock) -> None:
    told(world, world.analyst(NORTH))
    world.in_force()
    clock.move(hours=1)
    mail = claimed(world)
    assert mail is not None
    with world.database.write() as tx:
        outbox.failed(tx, mail, "there was no connection", None)
    world.in_force()
    again = claimed(world)
    assert again is not None
    assert again.count == 2
    assert again.id != mail.id


def test_a_choice_that_was_taken_back_meanwhile_stays_taken_back(world: World, clock) -> None:
    told(world, world.analyst(NORTH))
    world.in_force()
    clock.move(hours=1)
    mail = claimed(world)
    assert mail is not None
    with world.database.write() as tx:
        choice.forget(tx, world.analyst(NORTH))
        outbox.sent(tx, mail)
    with world.database.write() as tx:
        outbox.failed(tx, mail, "there was no connection", world.database.now())
    clock.move(hours=1)
    assert claimed(world) is None
