"""The migrations lead to the tables that the program knows, up and down, with data in place."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from stanch.store import migrations
from stanch.store.desk.tables import METADATA, log
from tests.desk_world import world


def test_the_migrations_make_the_tables_that_the_program_knows(desk_engine):
    with desk_engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, METADATA) == []


def test_down_and_up_with_data_in_place(database, desk_key, desk_engine):
    world(database, desk_key)
    with database.read() as connection:
        assert connection.execute(select(log.c.n)).first()
    migrations.upgrade(desk_engine)  # at the latest already: nothing is lost
    with database.read() as connection:
        assert connection.execute(select(log.c.n)).first()
    migrations.downgrade(desk_engine, "base")
    assert migrations.version(desk_engine) is None
    migrations.upgrade(desk_engine)
    with database.read() as connection:
        assert connection.execute(select(log.c.n)).first() is None
