"""The database's own refusal, attacked with plain SQL. On SQLite here; tests/desk has both."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from stanch.store.desk import guards, log
from tests.store.desk.desk_log import Desk, entry, stamp

STATEMENT = "insert into statement values ('sha256:1', 'o', 'propose', 'm', 'p', 'k', 'j', 'now')"
ATTACKS = [
    "update log set said = '{}' where n = 2",
    "update log set n = 9 where n = 3",
    "update or replace log set n = 1 where n = 2",
    "delete from log where n = 3",
    "delete from log",
    "insert or replace into log select n, at, person, member, verb, 'x', said, leaf from log",
    "replace into log select n, at, person, member, verb, 'x', said, leaf from log where n = 1",
    "update log_node set hash = zeroblob(32)",
    "delete from log_node where level = 1",
    "insert or replace into log_node values (0, 0, zeroblob(32))",
    "update tree_head set jws = 'x'",
    "delete from tree_head",
    "replace into tree_head values (3, 'x')",
    "update statement set said = 'release'",
    "delete from statement",
    "replace into statement select digest, \"order\", 'x', member, person, kid, jws, created "
    "from statement",
    "delete from log_head",
    "update log_head set size = 2",
    "update log_head set at = '2025'",
    "update log_head set id = 2",
    "insert into log_head values (2, 0, '')",
    "replace into log_head values (1, 0, '')",
]


def guarded():
    desk = Desk().fill(3)
    with desk.engine.begin() as connection:
        connection.execute(text(STATEMENT))
        for each in guards.guards("sqlite"):
            connection.execute(text(each))
    return desk


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_only_grows_is_not_changed(attack):
    desk = guarded()
    with desk.engine.begin() as connection:
        before = [list(connection.execute(table.select())) for table in TABLES]
    with pytest.raises((IntegrityError, DBAPIError), match=r"only grows|never goes back"):
        run(desk, attack)
    with desk.engine.begin() as connection:
        assert [list(connection.execute(table.select())) for table in TABLES] == before


def run(desk, attack):
    with desk.engine.begin() as connection:
        connection.execute(text(attack))


TABLES = [log.log, log.log_node, log.log_head, log.tree_head]


def test_the_log_still_grows():
    desk = guarded()
    with desk.write(stamp(9)) as connection:
        assert log.append(connection, entry(9)) == 4
    run(desk, STATEMENT.replace("sha256:1", "sha256:2"))


@pytest.mark.parametrize("attack", ATTACKS[:1])
def test_without_its_guards_the_database_obeys(attack):
    desk = guarded()
    for each in guards.unguards("sqlite"):
        run(desk, each)
    run(desk, attack)
    with desk.engine.begin() as connection:
        assert log.entries(connection)[1].said == "{}"
