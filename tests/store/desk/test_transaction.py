"""A transaction stands or falls as a whole, its time never goes back, and its head is signed."""

import pytest
from sqlalchemy import func, insert, select

from stanch.formats.signed.jws import verify
from stanch.store import migrations
from stanch.store.desk import log
from stanch.store.desk.tables import desk, tree_head


@pytest.fixture(autouse=True)
def named(database):
    """A head of the log names its desk."""
    row = {"id": "desk-test", "name": "Test", "created": database.now(), "key": "none"}
    with database.writer.begin() as connection:
        connection.execute(insert(desk).values(row))


def test_what_is_written_is_logged_and_the_head_is_signed(database, desk_key):
    with database.write() as tx:
        tx.record(None, "desk.test", "one", {"a": 1})
        tx.record(None, "desk.test", "two", {"a": 2})
    with database.read() as connection:
        size, jws = log.heads(connection)[-1]
        head = verify(jws, "stanch-head@1", desk_key.public)
        assert (size, head["size"]) == (2, 2)
        assert head["root"].endswith(log.root(connection).hex())


def test_nothing_is_left_of_a_transaction_that_fails(database):
    def half() -> None:
        with database.write() as tx:
            tx.record(None, "desk.test", "one", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with database.read() as connection:
        assert log.size(connection) == 0
        assert connection.execute(select(func.count()).select_from(tree_head)).scalar() == 0


def test_a_clock_that_goes_back_gives_the_last_time_again(database, clock):
    with database.write() as tx:
        tx.record(None, "desk.test", "one", {})
        first = tx.at
    clock.move(hours=-3)
    with database.write() as tx:
        assert tx.at == first


def test_what_follows_a_transaction_happens_after_it_only(database):
    done = []

    def half() -> None:
        with database.write() as tx:
            tx.after.append(lambda: done.append("never"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with database.write() as tx:
        tx.after.append(lambda: done.append("once"))
        assert not done
    assert done == ["once"]


def test_the_schema_goes_up_and_down(desk_engine):
    assert migrations.version(desk_engine) == migrations.latest()
    migrations.downgrade(desk_engine, "base")
    assert migrations.version(desk_engine) is None
    migrations.upgrade(desk_engine)
    assert migrations.version(desk_engine) == migrations.latest()


def test_a_look_at_the_database_stands_still(database):
    with database.read() as connection:
        before = log.size(connection)
        with database.write() as tx:
            tx.record(None, "desk.test", "one", {})
        assert log.size(connection) == before
        assert log.last_head(connection) is None
    with database.read() as connection:
        assert log.size(connection) == before + 1
