"""The migrations lead to the tables that the program knows, up and down, with data in place."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from stanch.cases import intake, items
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport
from stanch.cases.items import NewItem
from stanch.model.desk.marking import Marking
from stanch.response import reviews
from stanch.store import migrations
from stanch.store.desk.tables import METADATA, log, reader
from stanch.store.desk.tables import intake_account as looked_up
from tests.desk_world import ACCOUNT, JP, KR, NORTH, world


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


def test_readers_are_told_from_markings_and_release_lists(database, desk_key, desk_engine):
    """A desk from before them comes to the same as one that wrote them down at once."""
    made = world(database, desk_key)
    korea = made.analyst(KR)
    order = made.in_force()
    with database.write() as tx:
        for marking, to in (("TLP:RED", (korea.person,)), ("TLP:CLEAR", ()), ("TLP:AMBER", (JP,))):
            shared = Shared(Marking(marking), to)
            note = NewItem(made.case, "note", {"text": "n"}, shared)
            items.add(tx, korea, note)
            said = NewReport("victim", "a@b.example", marking, [ACCOUNT], [], shared)
            intake.receive(tx, korea, said)
        reviews.ask(tx, made.analyst(NORTH), order, "Kim", "It is a baker's.")
    before = kept(database)
    assert len(before[0]) > 8
    migrations.downgrade(desk_engine, "0003")
    migrations.upgrade(desk_engine)
    assert kept(database) == before


def kept(database):
    with database.read() as connection:
        return [set(map(tuple, connection.execute(select(each)))) for each in (reader, looked_up)]
