"""A desk whose founding members have signed how many concur, and who: drafts and statements."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from stanch.cases.cases import Shared
from stanch.errors import RefusedError, SignatureError
from stanch.formats.signed.bundle import bundle_document, bundle_from, verify_bundle
from stanch.formats.signed.log_proof import logged
from stanch.members import directory
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Rule, Said, Target
from stanch.response import orders, statements
from stanch.response.orders import NewOrder, order_of
from stanch.store.desk.tables import order
from stanch.store.desk.transaction import moment, stamp
from tests.desk_world import ACCOUNT, JP, KR, NORTH, US
from tests.members.signing import following

AMONG = frozenset({KR, US})


def ruled(world, clock, **rules):
    """The founding members sign a table of rules."""
    with world.database.read() as connection:
        known = directory.current(connection).read().directory
    clock.move(minutes=5)
    table = tuple((OrderKind(kind), rule) for kind, rule in sorted(rules.items()))
    made = replace(following(known), rules=table, created=world.database.now()[:19] + "Z")
    return world.accept(made)


def draft(world, by=KR, **rule):
    expires = stamp(moment(world.database.now()).replace(year=2027))
    new = NewOrder(
        world.case, OrderKind.HOLD, (Target(ACCOUNT),), "Court order 2026-1", expires,
        Addressees((NORTH,)), Shared(Marking.AMBER, tuple({KR, JP, US} - {by})), rule=rule,
    )  # fmt: skip
    with world.database.write() as tx:
        return orders.draft(tx, world.analyst(by), new)


def made(world, id):
    with world.database.read() as connection:
        return order_of(connection.execute(select(order).where(order.c.id == id)).one())


def state(world, id):
    with world.database.read() as connection:
        return connection.execute(select(order.c.state).where(order.c.id == id)).scalar_one()


def test_a_draft_takes_the_rule_of_the_directory_and_may_be_stricter(world, clock):
    ruled(world, clock, hold=Rule(among=AMONG, cooling_hours=48))
    assert made(world, draft(world)).rule == Rule(among=AMONG, cooling_hours=48)
    assert made(world, draft(world, own=3)).rule.own == 3
    with pytest.raises(RefusedError, match="cooling_hours of the order's rule is 47"):
        draft(world, cooling_hours=47)
    with pytest.raises(RefusedError, match=f"lets {JP} concur"):
        draft(world, among=[JP, KR])
    with pytest.raises(RefusedError, match="not of those who concur"):
        draft(world, by=JP)


def test_who_is_not_named_concurs_nowhere_and_releases_nothing(world, clock, desk_key):
    ruled(world, clock, hold=Rule(among=AMONG))
    id = draft(world)
    world.say(id, Said.PROPOSE, KR)
    with pytest.raises(SignatureError, match=f"{JP} is none of the members"):
        world.say(id, Said.CONCUR, JP)
    world.say(id, Said.CONCUR, US)
    assert state(world, id) == "in_force"
    for which in (0, 1):
        world.say(id, Said.RELEASE, KR, which, reason="an error")
    with pytest.raises(SignatureError, match=f"{JP} is none of the members"):
        world.say(id, Said.RELEASE, JP, reason="an error")
    world.say(id, Said.RELEASE, US, reason="an error")
    clock.move(hours=25)
    with world.database.write() as tx:
        statements.pass_time(tx)
    assert state(world, id) == "released"
    with world.database.read() as connection:
        whole = bundle_from(bundle_document(statements.bundle(connection, world.analyst(KR), id)))
        pin = directory.since(connection)[0].hash
    found = verify_bundle(whole, pin, logged(whole, desk_key.public)[1])
    assert set(found.tally.members) == AMONG
    assert not found.holds(ACCOUNT, world.database.now())


def test_a_draft_from_before_a_stricter_table_is_not_proposed(world, clock):
    id = draft(world)
    with world.database.read() as connection:
        old = directory.current(connection).hash
    text = world.signed(id, Said.PROPOSE, world.signers[KR][0])
    assert made(world, id).directory == old
    ruled(world, clock, hold=Rule(members=3, others=2))
    for statement in (text, world.signed(id, Said.PROPOSE, world.signers[KR][0])):
        with pytest.raises(SignatureError, match="members of the order's rule is 2"):
            world.hand_in(id, statement)
    assert state(world, id) == "draft"


def test_who_is_taken_out_of_the_table_has_no_hand_in_what_waits(world, clock):
    ruled(world, clock, hold=Rule(members=3, others=2, among=frozenset({KR, JP, US})))
    id = draft(world)
    world.say(id, Said.PROPOSE, KR)
    world.say(id, Said.CONCUR, JP)
    ruled(world, clock, hold=Rule(among=AMONG))
    world.say(id, Said.CONCUR, US)
    assert state(world, id) == "proposed"  # two of the three that it asks for; Japan is out
