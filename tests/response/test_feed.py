"""What each member is told carries the log's latest signed head, the same one at each retry."""

from sqlalchemy import insert

from stanch.formats.signed.head import head_of
from stanch.formats.signed.keys import PrivateKey
from stanch.members.init import Founding, found
from stanch.response import feed, webhooks
from stanch.store.desk import log
from stanch.store.desk.tables import feed as table
from stanch.store.desk.tables import webhook
from stanch.store.desk.transaction import Database
from tests.desk_database import FakeClock
from tests.desk_world import KR, NORTH, SOUTH, World


def tell(world: World, *members: str) -> str | None:
    """Tell members something, in the transaction that logs it; gives the last head before it."""
    with world.database.write() as tx:
        before = log.last_head(tx.connection)
        tx.record(None, "tests.told", "ord-1", {})
        for member in members:
            feed.tell(tx, member, "order", "ord-1", {})
    return before


def heads(world: World, member: str) -> list[str | None]:
    with world.database.read() as connection:
        told = feed.since(connection, world.analyst(member), 0, 100)
    return [each["head"] for each in told]


def test_it_is_the_latest_when_it_was_queued(world: World, desk_key: PrivateKey):
    before = [tell(world, NORTH, SOUTH), tell(world, SOUTH), tell(world, NORTH)]
    assert heads(world, NORTH) == [before[0], before[2]]
    assert heads(world, SOUTH) == before[:2]
    read = [head_of(each or "", desk_key.public, world.desk) for each in before]
    assert [each.size - read[0].size for each in read] == [0, 1, 2]
    with world.database.read() as connection:
        assert [each.root for each in read] == [log.root(connection, each.size) for each in read]


def test_each_retry_brings_the_same(world: World, clock: FakeClock):
    row = {"member": NORTH, "url": "https://north.example/", "state": webhooks.ACTIVE}
    with world.database.write() as tx:
        hook = {**row, "proposed_by": "p", "created": tx.at}
        tx.connection.execute(insert(webhook).values(id="hook-1", **hook))
    tell(world, NORTH)
    tries = []
    for _ in range(3):
        with world.database.write() as tx:
            tries += feed.claim(tx, 9, 60)
            tx.record(None, "tests.more", "ord-1", {})
        clock.move(minutes=2)
    assert [each["tries"] for each in tries] == [1, 2, 3]
    assert tries[0]["message"] == tries[1]["message"] == tries[2]["message"]
    assert tries[0]["message"]["head"] == heads(world, NORTH)[0]


def test_before_the_first_there_is_none(database: Database, desk_key: PrivateKey):
    with database.write() as tx:
        found(tx, Founding("Joint desk", desk_key.public.text, "Korea", "KR", "Ahn", member_id=KR))
        feed.tell(tx, KR, "order", "ord-1", {})
    with database.write() as tx:
        tx.record(None, "tests.told", "ord-1", {})
        feed.tell(tx, KR, "order", "ord-1", {})
        rows = tx.connection.execute(table.select().order_by(table.c.n)).mappings()
        told = [feed.message(row)["head"] for row in rows]
    assert told[0] is None
    assert told[1] is not None
