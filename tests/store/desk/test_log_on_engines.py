"""The log and its guards on SQLite and on PostgreSQL: many writers, attacks, checks."""

import io
import threading

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from stanch.model.desk import merkle
from stanch.store.desk import guards, log
from stanch.store.desk.log_check import first_bad, verify
from stanch.store.desk.log_export import export
from stanch.store.desk.tables import desk, log_head
from tests.store.desk.desk_log import DeskKey, entry, stamp

KEY = DeskKey()


@pytest.fixture
def engine(desk_engine):
    """A database with a desk and without the guards, which each test sets as it needs them."""
    with desk_engine.begin() as connection:
        for each in guards.unguards(connection.dialect.name):
            connection.execute(text(each))
        row = {"id": "desk_1", "name": "Desk", "created": stamp(), "key": KEY.text}
        connection.execute(insert(desk).values(row))
    return desk_engine


def guard(engine):
    with engine.begin() as connection:
        for each in guards.guards(connection.dialect.name):
            connection.execute(text(each))


def write(engine, *seconds):
    with engine.begin() as connection:
        for second in seconds:
            log.append(connection, entry(second))
        log.keep_head(connection, stamp(seconds[-1]), KEY.sign)


def check(engine):
    with engine.begin() as connection:
        return verify(connection, KEY.check)


def test_many_writers_wait_for_each_other_from_the_first_entry_on(engine):
    with engine.begin() as connection:
        connection.execute(log_head.delete())
    together, failed = threading.Barrier(6), []

    def writer(number):
        try:
            together.wait()
            for second in range(5):
                write(engine, number * 100 + second, number * 100 + second)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with engine.begin() as connection:
        assert [row.n for row in log.entries(connection)] == list(range(1, 61))
        times = [row.at for row in log.entries(connection)]
        assert len(log.heads(connection)) == 30
    assert times == sorted(times)
    assert check(engine) == []


def test_a_check_beside_writers_finds_nothing(engine):
    write(engine, 0)
    done, failed = threading.Event(), []

    def writer():
        try:
            for second in range(1, 60):
                write(engine, second, second)
        except Exception as error:
            failed.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=writer)
    thread.start()
    while not done.is_set():
        assert check(engine) == []
    thread.join()
    assert not failed


def test_proofs_hold(engine):
    write(engine, *range(21))
    with engine.begin() as connection:
        whole = log.root(connection)
        for row in log.entries(connection):
            proof = log.inclusion(connection, row.n)
            assert merkle.included(row.leaf(), row.n - 1, 21, proof, whole)
        for first in range(1, 22):
            proof = log.consistency(connection, first)
            roots = (log.root(connection, first), whole)
            assert merkle.consistent((first, 21), roots, proof)


@pytest.mark.parametrize(
    ("attack", "bad"),
    [
        ("update log set person = 'nobody' where n = 4", 4),
        ("update log set said = said || ' ' where n = 2", 2),
        ("update log set leaf = (select leaf from log where n = 1) where n = 5", 5),
        ("delete from log where n = 3", 3),
        ("delete from log where n > 4", 5),
        ("delete from log", 1),
        ("delete from log_head", 1),
        ("delete from tree_head", 1),
        ("update log_head set size = 3", 4),
        ("insert into log select 7, at, person, member, verb, subject, said, leaf from log "
         "where n = 6", 7),
    ],
)  # fmt: skip
def test_tampering_is_named(engine, attack, bad):
    write(engine, 0, 1, 2)
    write(engine, 3, 4, 5)
    with engine.begin() as connection:
        connection.execute(text(attack))
    assert first_bad(check(engine)) == bad


ATTACKS = [
    "update log set said = '{}' where n = 2",
    "delete from log where n = 3",
    "update log_node set place = 99 where place = 1",
    "delete from log_node where level = 1",
    "update tree_head set jws = 'x'",
    "delete from tree_head",
    "delete from log_head",
    "update log_head set size = 2",
    "update log_head set at = '2025'",
]
TRUNCATIONS = [f"truncate {table} cascade" for table in (*guards.GROWING, "log_head")]


@pytest.mark.parametrize("attack", ATTACKS + TRUNCATIONS)
def test_the_database_refuses_to_change_what_only_grows(engine, attack):
    if attack in TRUNCATIONS and engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no truncate")
    write(engine, 0, 1, 2)
    guard(engine)
    with pytest.raises(DBAPIError, match=r"only grows|never goes back"), engine.begin() as each:
        each.execute(text(attack))
    write(engine, 3)
    assert check(engine) == []


def test_guards_can_be_taken_away_and_set_again(engine):
    guard(engine)
    with engine.begin() as connection:
        for each in guards.unguards(connection.dialect.name):
            connection.execute(text(each))
    guard(engine)


def test_an_export_is_the_same_on_every_engine(engine):
    write(engine, 0, 1, 2)
    write(engine, 3)
    stream = io.BytesIO()
    with engine.begin() as connection:
        assert export(connection, stream) == 4
        commitment = log.commit_to(connection, "Kim \u00e9")
        assert log.reveal(connection, commitment) == "Kim \u00e9"
        assert log.erase(connection, commitment)
        assert log.reveal(connection, commitment) is None
    lines = stream.getvalue().splitlines()
    assert len(lines) == 7
    assert lines[0] == (
        b'{"entry":{"at":"2026-11-26T12:00:00.000000Z","member":"member_1","n":1,'
        b'"person":"person_1","said":{"second":0},"subject":"case_1","verb":"case.open"},'
        b'"leaf":"%b"}' % merkle.leaf_hash(lines[0][9:-75]).hex().encode()
    )
