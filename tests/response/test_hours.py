"""What time and crashes do to orders: each thing at its own hour, once, and as the log has it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from stanch.cases.cases import Shared
from stanch.errors import RefusedError, SignatureError
from stanch.members import directory
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.response import deliveries, feed, orders, replies, statements, times
from stanch.response.history import standing_of
from stanch.response.orders import NewOrder
from stanch.response.replies import NewReply
from stanch.store.desk.tables import delivery, log, order, person, statement, target
from stanch.store.desk.transaction import moment, stamp
from tests.desk_world import ACCOUNT, EAST, JP, KR, NORTH, OTHER, US, USDT

BOTH = (Target(ACCOUNT), Target(OTHER))


def count(world, table):
    with world.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def pass_time(world):
    with world.database.write() as tx:
        return statements.pass_time(tx)


def release(world, id, **more):
    for member, which in ((KR, 0), (KR, 1), (US, 0)):
        world.say(id, Said.RELEASE, member, which, reason="why", **more)


def test_a_part_is_free_from_the_hour_it_was_due_and_not_from_when_somebody_looked(world, clock):
    id = world.in_force(targets=BOTH)
    release(world, id, targets=(OTHER,))
    due = stamp(clock() + timedelta(hours=24))
    clock.move(hours=75)
    pass_time(world)
    with world.database.read() as connection:
        query = select(target.c.account, target.c.ended).where(target.c.order == id)
        assert dict(connection.execute(query).all()) == {ACCOUNT: None, OTHER: due}
        row = connection.execute(select(order).where(order.c.id == id)).one()
    assert (row.state, row.ended, row.release_due) == ("in_force", None, None)
    assert pass_time(world) == 0


@pytest.mark.parametrize("kind", [OrderKind.HOLD, OrderKind.EMERGENCY])
def test_the_log_told_again_is_where_the_row_says_the_order_stands(world, clock, kind):
    id = world.draft(kind, targets=BOTH)
    world.say(id, Said.PROPOSE, KR)
    world.say(id, Said.CONCUR, JP)
    clock.move(hours=5)
    release(world, id, targets=(OTHER,))
    clock.move(days=2)
    pass_time(world)
    with world.database.read() as connection:
        row = connection.execute(select(order).where(order.c.id == id)).one()
        standing = standing_of(connection, row, directory.chain(connection))
        gone = select(target.c.account).where(target.c.ended.is_not(None))
        assert [each.account for each in standing.ended] == [OTHER]
        assert connection.execute(gone).scalars().all() == [OTHER]
    assert standing.state == row.state
    assert stamp(standing.in_force) == row.in_force
    assert stamp(standing.confirmed) == row.confirmed


def test_killed_in_between_nothing_of_it_happened(world):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    text = world.signed(id, Said.CONCUR, world.signers[JP][0])
    size = count(world, log)

    def killed():
        with world.database.write() as tx:
            assert statements.take(tx, world.analyst(JP), id, text)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert [count(world, each) for each in (log, delivery, statement, target)] == [size, 0, 1, 0]
    assert world.hand_in(id, text, JP)
    assert count(world, delivery) == 2


def test_a_statement_that_was_taken_for_one_order_is_refused_at_another(world):
    one, other = world.draft(), world.draft()
    text = world.signed(one, Said.PROPOSE, world.signers[KR][0])
    assert world.hand_in(one, text)
    with pytest.raises(SignatureError, match="another order"):
        world.hand_in(other, text)


def test_who_lost_the_role_signs_no_more(world):
    id = world.draft()
    who = world.signers[KR][0]
    with world.database.write() as tx:
        gone = update(person).where(person.c.id == who.person).values(roles="analyst reader")
        tx.connection.execute(gone)
    with pytest.raises(SignatureError, match="no approver"):
        world.hand_in(id, world.signed(id, Said.PROPOSE, who))


def test_a_document_that_was_changed_in_the_database_is_signed_by_nobody(world):
    id = world.draft()
    text = world.signed(id, Said.PROPOSE, world.signers[KR][0])
    with world.database.write() as tx:
        row = tx.connection.execute(select(order.c.document).where(order.c.id == id)).scalar_one()
        other = bytes(row).replace(b"2026-1", b"2026-9")
        assert other != bytes(row)
        tx.connection.execute(update(order).where(order.c.id == id).values(document=other))
    with pytest.raises(SignatureError, match="not the one that was signed"):
        world.hand_in(id, text)


def test_both_approvers_of_one_member_are_one_hand(world):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    with pytest.raises(RefusedError, match="has signed already"):
        world.say(id, Said.CONCUR, KR, 1)


def test_a_feed_says_no_more_of_an_order_in_red_than_its_id(world):
    who = tuple(each.person for each in (*world.signers[JP], world.signers[KR][0]))
    japan = world.analyst(JP).person
    expires = stamp(moment(world.database.now()) + timedelta(days=9))
    shared = Shared(Marking.RED, (*who, japan))
    new = NewOrder(world.case, OrderKind.HOLD, (Target(ACCOUNT),), "Secret warrant", expires,
                   Addressees((NORTH,)), shared)  # fmt: skip
    with world.database.write() as tx:
        id = orders.draft(tx, world.analyst(KR), new)
    world.say(id, Said.PROPOSE, KR)
    world.say(id, Said.CONCUR, JP)
    with world.database.read() as connection:
        told = {
            m: feed.since(connection, world.analyst(m), 0, 9) for m in (KR, US, JP, EAST, NORTH)
        }
    assert told[US] == told[JP] == told[EAST] == []
    assert [each["body"] for each in told[KR]] == [{"desk": world.desk, "order": id}]
    assert "delivery" in told[NORTH][0]["body"]


def test_times_are_measured_to_the_second(world, clock):
    clock.move(minutes=10)
    id = world.in_force()
    clock.move(minutes=3)
    with world.database.write() as tx:
        deliveries.acknowledge(tx, world.analyst(NORTH), id)
    clock.move(minutes=4)
    with world.database.write() as tx:
        replies.add(tx, world.analyst(NORTH), id, NewReply("held", ACCOUNT, USDT, "5"))
    with world.database.read() as connection:
        seen = times.measured(connection, world.analyst(KR), id)
        own = times.measured(connection, world.analyst(NORTH), id)
    whole = {"report_to_order": 600.0, "order_to_acknowledgement": 180.0, "order_to_hold": 420.0}
    assert seen.order == whole
    assert seen.addressees["mem-south"]["order_to_hold"] is None
    assert list(own.addressees) == [NORTH]
    assert own.order == {**whole, "report_to_order": None}  # it may not see the case
