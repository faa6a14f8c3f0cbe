"""What a page does not show costs it nothing: the engine reads by the stretches of an index."""

import itertools
import re
import sqlite3

import pytest
from sqlalchemy.dialects import sqlite

from stanch.sharing.collections.query import ALL, DATES, FIRST, LAST, Shape, query_of
from stanch.store import migrations
from stanch.store.engines import sql


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    engine = sql.connect(folder)
    migrations.upgrade(engine)
    engine.dispose()
    with sqlite3.connect(folder / sql.FILE) as opened:
        yield opened


def plan(connection, shape: Shape, values: str = "(1, 2)") -> list[str]:
    text = str(query_of(shape).compile(dialect=sqlite.dialect()))
    text = re.sub(r"\(__\[POSTCOMPILE_\w+\]\)", values, text)
    rows = connection.execute("explain query plan " + text, [1] * text.count("?"))
    return [row[3] for row in rows]


@pytest.mark.parametrize("version", [LAST, FIRST, ALL, DATES])
def test_nothing_is_read_but_what_the_reader_sees(connection, version):
    for audiences, types, times in itertools.product((1, 3), (0, 2), (None, 1)):
        shape = Shape(audiences, types, times, frozenset({version}), False, False, True)
        steps = plan(connection, shape)
        index = "ix_shared_object_type" if types else "ix_shared_object_page"
        outer = [each for each in steps if each.startswith("SEARCH shared_object")]
        assert len(outer) == audiences * max(1, types)
        for each in outer:
            assert index in each
            assert "added>?" in each
        assert not [each for each in steps if "SCAN" in each or "TEMP B-TREE" in each]


@pytest.mark.parametrize("version", [LAST, FIRST, ALL, DATES])
def test_an_object_is_found_by_its_id(connection, version):
    for values in ("(1)", "(1, 2)"):  # a list of one is an equality, and tempts to another index
        shape = Shape(0, 0, None, frozenset({version}), True, False, True)
        steps = plan(connection, shape, values)
        for each in steps:
            if each.startswith("SEARCH"):
                assert "ix_shared_object_id" in each  # hidden rows of the id are not gone through
                assert "id=? AND collection=? AND audience=?" in each
        assert not [each for each in steps if each.startswith("SCAN")]
