"""Statements are taken once, from living keys, about this order; and time does what is due."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from stanch.errors import NotFoundError, RefusedError, SignatureError, StanchError
from stanch.formats.signed.bundle import read_bundle, verify_bundle, write_bundle
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.log_proof import logged
from stanch.members import directory
from stanch.model.desk.orders import Said
from stanch.response import deliveries, statements
from stanch.response.history import standing_of
from stanch.response.orders import found
from stanch.store.desk.tables import delivery, log, order, person, statement, target
from stanch.store.desk.transaction import stamp
from tests.desk_database import FakeClock
from tests.desk_world import ACCOUNT, ALPHA, BETA, GAMMA, JP, KR, OTHER, US, DeskWorld


def count(world: DeskWorld, table: object, *where: object) -> int:
    with world.database.read() as connection:
        query = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
        return int(connection.execute(query).scalar_one())


def verbs(world: DeskWorld, id: str) -> list[str]:
    with world.database.read() as connection:
        query = select(log.c.verb).where(log.c.subject == id).order_by(log.c.n)
        return list(connection.execute(query).scalars())


def same_from_the_log(world: DeskWorld, id: str) -> None:
    """What the row says is what the log tells again."""
    with world.database.read() as connection:
        row, chain = found(connection, world.analysts[KR], id), directory.chain(connection)
        assert chain is not None
        standing = standing_of(connection, row, chain)
        assert standing.state == row.state
        ended = select(target.c.account).where(target.c.order == id, target.c.ended.is_not(None))
        assert {each.account for each in standing.ended} == set(connection.execute(ended).scalars())


def test_two_members_bring_an_order_into_force_and_it_is_delivered_once(world: DeskWorld) -> None:
    id = world.in_force()
    assert world.state(id) == "in_force"
    assert verbs(world, id) == [
        "order.drafted", "order.proposed", "order.concurred", "order.in_force",
    ]  # fmt: skip
    with world.database.read() as connection:
        assert [each["member"] for each in deliveries.listed(connection, id)] == [ALPHA, BETA]
    assert count(world, target, target.c.order == id, target.c.ended.is_(None)) == 2
    same_from_the_log(world, id)


def test_the_same_statement_twice_is_one(world: DeskWorld) -> None:
    id = world.draft()
    text = world.sign(world.approvers[KR][0], id, Said.PROPOSE)
    assert world.hand_in(world.analysts[KR], id, text)
    size = count(world, log)
    assert not world.hand_in(world.analysts[US], id, text)
    assert count(world, statement) == 1
    assert count(world, log) == size


def test_a_statement_about_one_order_is_refused_on_another(world: DeskWorld) -> None:
    one, other = world.draft(), world.draft()
    text = world.sign(world.approvers[KR][0], one, Said.PROPOSE)
    world.hand_in(world.analysts[KR], one, text)
    with pytest.raises(SignatureError, match="another order"):
        world.hand_in(world.analysts[KR], other, text)
    assert world.state(other) == "draft"


def test_one_member_alone_blocks_nobody_with_both_its_approvers(world: DeskWorld) -> None:
    id = world.draft()
    world.say(world.approvers[KR][0], id, Said.PROPOSE)
    with pytest.raises(RefusedError, match="has signed already"):
        world.say(world.approvers[KR][1], id, Said.CONCUR)
    assert world.state(id) == "proposed"


def test_who_may_not_see_an_order_cannot_hand_in_and_does_not_learn_of_it(
    world: DeskWorld,
) -> None:
    id = world.in_force()
    text = world.sign(world.approvers[US][0], id, Said.CONCUR)
    for who in (world.analysts[ALPHA], world.analysts[GAMMA]):
        with pytest.raises(StanchError) as error:
            world.hand_in(who, id, text)
        with pytest.raises(type(error.value)) as none:
            world.hand_in(who, "ord-0000000000000000", text)
        assert str(error.value).replace(id, "X") == str(none.value).replace(
            "ord-0000000000000000", "X"
        )


def test_an_account_without_its_key_says_nothing(world: DeskWorld) -> None:
    id = world.in_force()
    thief = PrivateKey.generate()
    world.keys[world.approvers[KR][0].person] = thief
    for said in (Said.RELEASE, Said.REFUSE):
        with pytest.raises(SignatureError):
            world.say(world.approvers[KR][0], id, said)
    assert world.state(id) == "in_force"
    assert count(world, statement) == 2


def test_a_key_of_a_colleague_does_not_sign_in_another_name(world: DeskWorld) -> None:
    id = world.draft()
    first, second = world.approvers[KR]
    world.keys[first.person] = world.keys[second.person]
    with pytest.raises(SignatureError, match="speaks for"):
        world.say(first, id, Said.PROPOSE)


def test_who_was_let_go_at_the_desk_signs_no_more(world: DeskWorld) -> None:
    id = world.draft()
    who = world.approvers[KR][0]
    for values in ({"active": False}, {"active": True, "roles": "reader"}):
        with world.database.write() as tx:
            tx.connection.execute(update(person).where(person.c.id == who.person).values(**values))
        with pytest.raises(SignatureError, match="no active approver"):
            world.hand_in(world.analysts[KR], id, world.sign(who, id, Said.PROPOSE))
    assert world.state(id) == "draft"


def test_a_revoked_keys_hand_falls_and_its_owner_signs_no_more(world: DeskWorld) -> None:
    id = world.draft()
    who = world.approvers[KR][0]
    world.say(who, id, Said.PROPOSE)
    old = world.statement(who, id, Said.CONCUR).directory
    world.revoke(who)
    assert verbs(world, id)[-1] == "order.hand_fell"
    with pytest.raises(SignatureError):
        world.say(who, id, Said.CONCUR)
    with pytest.raises(SignatureError):  # nor under the directory that still had it
        world.say(who, id, Said.CONCUR, directory=old)
    world.say(world.approvers[JP][0], id, Said.CONCUR)
    assert world.state(id) == "proposed"  # one hand is left of the two
    same_from_the_log(world, id)


def test_a_revoked_key_takes_the_release_that_it_signed_with_it(
    world: DeskWorld, clock: FakeClock
) -> None:
    id = world.in_force()
    for who in (*world.approvers[KR], world.approvers[US][0]):
        world.say(who, id, Said.RELEASE)
    assert verbs(world, id)[-1] == "order.release_due"
    clock.move(hours=1)
    world.revoke(world.approvers[KR][1])
    clock.move(hours=30)
    world.pass_time()
    assert world.state(id) == "in_force"
    assert "order.release_void" in verbs(world, id)
    same_from_the_log(world, id)


def test_a_release_of_a_part_frees_that_part_when_it_has_cooled(
    world: DeskWorld, clock: FakeClock
) -> None:
    id = world.in_force()
    for who in (*world.approvers[KR], world.approvers[US][0]):
        world.say(who, id, Said.RELEASE, targets=(OTHER,))
    clock.move(hours=23)
    assert world.pass_time() >= 0
    assert count(world, target, target.c.ended.is_(None)) == 2
    due = world.now()
    clock.move(hours=50)
    world.pass_time()
    with world.database.read() as connection:
        held = dict(connection.execute(select(target.c.account, target.c.ended)).all())  # type: ignore[arg-type]
    assert held[ACCOUNT] is None
    assert held[OTHER] is not None
    assert held[OTHER] == stamp(due + timedelta(hours=1))  # not when somebody looked
    assert world.state(id) == "in_force"
    same_from_the_log(world, id)


def test_an_emergency_hold_lapses_and_its_targets_bear_no_second_one(
    world: DeskWorld, clock: FakeClock
) -> None:
    id = world.emergency()
    world.say(world.approvers[KR][0], id, Said.PROPOSE)
    assert world.state(id) == "in_force"
    again = world.emergency()
    with pytest.raises(RefusedError, match="emergency hold"):
        world.say(world.approvers[KR][1], again, Said.PROPOSE)
    clock.move(hours=73)
    assert world.pass_time() >= 1
    assert world.state(id) == "expired"
    assert verbs(world, id)[-1] in ("order.lapsed", "delivery.late")
    third = world.emergency()
    with pytest.raises(RefusedError, match="emergency hold"):
        world.say(world.approvers[KR][1], third, Said.PROPOSE)
    assert world.pass_time() == 0
    same_from_the_log(world, id)


def test_hands_given_at_once_bring_an_order_into_force_once(world: DeskWorld) -> None:
    id = world.draft()
    world.say(world.approvers[KR][0], id, Said.PROPOSE)
    hands = [world.approvers[US][0], world.approvers[JP][0], world.approvers[JP][1]]
    texts = [(each, world.sign(each, id, Said.CONCUR)) for each in hands] * 2

    def one(what: tuple[object, str]) -> str:
        try:
            world.hand_in(what[0], id, what[1])  # type: ignore[arg-type]
        except RefusedError:
            return "refused"
        return "taken"

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(one, texts))
    assert "taken" in results
    assert verbs(world, id).count("order.in_force") == 1
    assert count(world, delivery, delivery.c.order == id) == 2
    same_from_the_log(world, id)


def test_killed_in_between_nothing_of_it_happened(world: DeskWorld) -> None:
    id = world.draft()
    world.say(world.approvers[KR][0], id, Said.PROPOSE)
    text = world.sign(world.approvers[JP][0], id, Said.CONCUR)
    size = count(world, log)

    def killed() -> None:
        with world.database.write() as tx:
            assert statements.take(tx, world.analysts[JP], id, text)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert (count(world, log), count(world, delivery), count(world, statement)) == (size, 0, 1)
    assert world.hand_in(world.analysts[JP], id, text)
    assert world.state(id) == "in_force"


def test_an_addressee_proves_the_order_with_the_pin_alone(
    world: DeskWorld, desk_key: PrivateKey
) -> None:
    id = world.in_force()
    with world.database.read() as connection:
        data = write_bundle(statements.bundle(connection, world.analysts[ALPHA], id))
        pin = directory.one(connection, 1).hash
        with pytest.raises(NotFoundError):
            statements.bundle(connection, world.analysts[GAMMA], id)
    bundle = read_bundle(data)
    _, times = logged(bundle, desk_key.public)
    assert len(times) == 2
    proved = verify_bundle(bundle, pin, times)
    assert proved.holds(ACCOUNT, world.now().isoformat().replace("+00:00", "Z"))


def test_a_document_that_was_changed_in_the_database_is_not_signed(world: DeskWorld) -> None:
    id = world.draft()
    text = world.sign(world.approvers[KR][0], id, Said.PROPOSE)
    with world.database.write() as tx:
        row = tx.connection.execute(select(order.c.document).where(order.c.id == id)).scalar_one()
        other = bytes(row).replace(b"Act 12", b"Act 13")
        tx.connection.execute(update(order).where(order.c.id == id).values(document=other))
    with pytest.raises(SignatureError):
        world.hand_in(world.analysts[KR], id, text)
