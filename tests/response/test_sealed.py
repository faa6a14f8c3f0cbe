"""Auditors read the log who may see no order: it says nothing of what one holds, or why."""

import json

from stanch.formats.outbound.address import Reach
from stanch.model.desk.orders import Said
from stanch.model.desk.people import Role
from stanch.response import effects, orders, outcomes, statements, webhooks
from stanch.response.outcomes import NewOutcome
from stanch.store.desk import log
from tests.desk_database import FakeClock
from tests.desk_world import ACCOUNT, JP, KR, NORTH, US, USDT, World

SECRETS = ("sesame", ACCOUNT, USDT, "987654321")


def fill(world: World, clock: FakeClock) -> None:
    """All that people say of orders, and what follows of it."""
    dropped, refused, held, late = world.draft(), world.draft(), world.in_force(), world.in_force()
    with world.database.write() as tx:
        orders.drop(tx, world.analyst(KR), dropped, "sesame was a slip")
        paid = NewOutcome("seizure", world.database.now(), USDT, "987654321", {"court": "sesame"})
        outcomes.add(tx, world.analyst(KR), held, paid)
        effects.change(tx, world.analyst(KR), held, "binding", "sesame 2026-1")
        chief = world.people[NORTH, Role.ADMINISTRATOR]
        webhooks.propose(tx, chief, "https://hooks.example/sesame", Reach(()))
    world.say(refused, Said.PROPOSE, KR)
    world.say(refused, Said.REFUSE, JP, reason="sesame is innocent")
    for member, which in ((KR, 0), (KR, 1), (US, 0)):
        world.say(held, Said.RELEASE, member, which, reason="sesame paid")
    world.say(late, Said.RELEASE, KR, 0, reason="sesame paid", targets=(ACCOUNT,))
    world.say(late, Said.REFUSE, KR, 0, reason="sesame did not")
    clock.move(days=61)
    with world.database.write() as tx:
        statements.pass_time(tx)


def test_the_log_tells_nothing_of_what_an_order_holds_or_why(world: World, clock: FakeClock):
    fill(world, clock)
    with world.database.read() as connection:
        rows = log.entries(connection)
    verbs = {row.verb for row in rows}
    assert verbs >= {"order.released", "order.expired", "order.declined", "order.dropped",
                     "order.release_proposed", "outcome.added", "effect.changed"}  # fmt: skip
    told = [row.verb for row in rows if any(secret in row.said for secret in SECRETS)]
    assert told == []


def test_a_reason_can_be_proved_as_long_as_it_is_kept(world: World):
    id = world.draft()
    with world.database.write() as tx:
        orders.drop(tx, world.analyst(KR), id, "a slip")
    with world.database.read() as connection:
        entry = log.entries(connection)[-1]
        assert entry.verb == "order.dropped"
        assert log.reveal(connection, json.loads(entry.said)["reason"]) == "a slip"
