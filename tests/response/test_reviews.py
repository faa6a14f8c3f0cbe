"""Who was blocked wrongly is heard: by the authority, in time, with reasons, and by nobody else."""

import pytest
from sqlalchemy import select

from stanch.app.desk import erase
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.model.desk.people import Role
from stanch.response import orders, replies, reviews
from stanch.response.replies import NewReply
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import erasable
from tests.desk_world import ACCOUNT, COIN, EAST, JP, KR, NORTH, SOUTH, US, USDT


def ask(world, id, member=NORTH):
    with world.database.write() as tx:
        return reviews.ask(tx, world.analyst(member), id, "Kim Jiho", "It is my salary")


def answer(world, review, member=KR, upheld=True, reason="It was a salary"):
    with world.database.write() as tx:
        reviews.answer(tx, world.analyst(member), review, upheld, reason)


def test_a_review_is_asked_answered_once_and_counted(world, clock):
    id = world.in_force()
    first, second = ask(world, id), ask(world, id, SOUTH)
    with pytest.raises(UsageError):
        answer(world, first, reason=" ")
    answer(world, first)
    with pytest.raises(RefusedError, match="was answered"):
        answer(world, first, upheld=False)
    clock.move(days=7)
    with world.database.read() as connection:
        shown = reviews.one(connection, world.analyst(NORTH), first)
        said = (shown["requester"], shown["says"], shown["answer"])
        assert said == ("Kim Jiho", "It is my salary", "It was a salary")
        counted = reviews.counted(connection, world.analyst(KR), world.database.now())
    assert (counted.asked, counted.answered, counted.upheld, counted.overdue) == (2, 1, 1, 1)
    answer(world, second, upheld=False)


def test_a_review_is_seen_and_answered_by_those_it_concerns_alone(world):
    id = world.in_force()
    review = ask(world, id)
    with world.database.read() as connection:
        for member in (SOUTH, EAST, COIN, US, JP):
            with pytest.raises(NotFoundError):
                reviews.one(connection, world.analyst(member), review)
            counted = reviews.counted(connection, world.analyst(member), world.database.now())
            assert counted.asked == 0
        assert reviews.listed(connection, world.analyst(SOUTH), id) == []
    for member, error in ((JP, NotFoundError), (US, NotFoundError)):
        with pytest.raises(error):
            answer(world, review, member)
    with pytest.raises(NotFoundError):
        ask(world, id, EAST)


def test_an_orders_row_tells_its_authority_alone_that_a_review_waits(world):
    id = world.in_force()
    ask(world, id)
    with world.database.read() as connection:
        for member in (KR, NORTH, SOUTH, JP):
            by = world.analyst(member)
            (listed,) = orders.listed(connection, by, Asked(50)).rows
            one = orders.one(connection, by, id)
            due = one["review_due"]
            assert (due is not None) == (member == KR)
            assert listed["review_due"] == due


def test_an_order_that_holds_nothing_is_not_reviewed(world):
    with pytest.raises(RefusedError, match="blocks nobody"):
        ask(world, world.draft(), KR)


def test_a_reply_names_an_asset_and_leaks_no_customer(world):
    id = world.in_force()

    def reply(*said, **more):
        with world.database.write() as tx:
            return replies.add(tx, world.analyst(NORTH), id, NewReply(*said, **more))

    for reference in ("sha256:Kim Jiho", "Kim Jiho", "sha256:" + "A" * 64):
        with pytest.raises(UsageError, match="reference"):
            reply("held", ACCOUNT, USDT, "5", reference)
    with pytest.raises(UsageError, match="asset"):
        reply("held", ACCOUNT, "dollars", "5")
    reply("held", ACCOUNT, USDT, "5", "sha256:" + "a" * 64)
    reply("already_gone", gone_to="eip155:1:0x" + "ef" * 20)
    with world.database.read() as connection:
        said = replies.listed(connection, world.analyst(KR), id)
        assert replies.listed(connection, world.analyst(SOUTH), id) == []
    assert sorted(each["answer"] for each in said) == ["already_gone", "held"]
    assert {each["account"] for each in said} == {ACCOUNT}


def test_who_asked_is_erased_once_answered_and_by_no_other_house(world):
    review = ask(world, world.in_force())
    chief = world.people[KR, Role.ADMINISTRATOR]
    with pytest.raises(RefusedError, match="answered first"):
        erase.review(world.database, chief, review)
    answer(world, review)
    with pytest.raises(NotFoundError):
        erase.review(world.database, world.people[JP, Role.ADMINISTRATOR], review)
    with pytest.raises(ForbiddenError):
        erase.review(world.database, world.analyst(KR), review)
    assert erase.review(world.database, chief, review) == 3
    with world.database.read() as connection:
        shown = reviews.one(connection, world.analyst(KR), review)
        left = set(connection.execute(select(erasable.c.text)).scalars())
    assert (shown["requester"], shown["says"], shown["answer"]) == (None, None, None)
    assert not left & {"Kim Jiho", "It is my salary", "It was a salary"}


def test_the_desk_itself_erases_what_there_is(world):
    review = ask(world, world.in_force())
    assert erase.review(world.database, None, review) == 2
    with pytest.raises(NotFoundError):
        erase.review(world.database, None, "rev-none")
