"""Appending to the log: places, times, nodes, heads, proofs."""

import contextlib
import json

import pytest
from sqlalchemy import select

from stanch.errors import InvariantError, NotFoundError
from stanch.model.desk import merkle
from stanch.store.desk import log
from stanch.store.desk.tables import desk as desk_table
from stanch.store.desk.tables import log as log_table
from stanch.store.desk.tables import log_head, log_node
from tests.store.desk.desk_log import Desk, entry, stamp


def test_an_empty_log_has_the_root_of_nothing():
    with Desk().engine.begin() as connection:
        assert log.size(connection) == 0
        assert log.root(connection) == merkle.EMPTY
        assert log.entries(connection) == []
        assert log.last_head(connection) is None


def test_entries_count_from_one_and_come_back_in_order():
    desk = Desk()
    with desk.write() as connection:
        assert [log.append(connection, entry(second)) for second in range(5)] == [1, 2, 3, 4, 5]
        assert [row.n for row in log.entries(connection, after=2, limit=2)] == [3, 4]
        assert log.size(connection) == 5


def test_a_line_is_the_canonical_json_of_all_that_is_said():
    desk = Desk()
    with desk.write() as connection:
        log.append(connection, entry(person=None, said={"b": 1, "a": ["\u00e9", None]}))
        (row,) = log.entries(connection)
    assert (
        row.line()
        == (
            '{"at":"2026-11-26T12:00:00.000000Z","member":"member_1","n":1,"person":null,'
            '"said":{"a":["\u00e9",null],"b":1},"subject":"case_1","verb":"case.open"}'
        ).encode()
    )


def test_time_never_goes_back():
    desk = Desk()
    with desk.write() as connection:
        for second in (10, 5, 20):
            log.append(connection, entry(second))
        assert [row.at for row in log.entries(connection)] == [stamp(10), stamp(10), stamp(20)]
        assert log.lock(connection) == log.Head(3, stamp(20))


def test_what_is_rolled_back_was_never_logged():
    desk = Desk().fill(2)
    with contextlib.suppress(ZeroDivisionError), desk.write() as connection:
        assert log.append(connection, entry()) == 3
        raise ZeroDivisionError
    with desk.engine.begin() as connection:
        assert log.size(connection) == 2
        assert len(log.entries(connection)) == 2


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21])
def test_all_whole_subtrees_are_kept_and_no_other(size):
    desk = Desk().fill(size)
    with desk.engine.begin() as connection:
        kept = {
            tuple(node) for node in connection.execute(select(log_node.c.level, log_node.c.place))
        }
    levels = range(size.bit_length())
    assert kept == {(level, place) for level in levels for place in range(size >> level)}


def test_every_proof_of_a_small_log_holds():
    desk = Desk().fill(*[1] * 20)
    with desk.engine.begin() as connection:
        rows = log.entries(connection)
        roots = [log.root(connection, size) for size in range(21)]
        for size in range(1, 21):
            for row in rows[:size]:
                proof = log.inclusion(connection, row.n, size)
                assert merkle.included(row.leaf(), row.n - 1, size, proof, roots[size])
            for first in range(size + 1):
                proof = log.consistency(connection, first, size)
                assert merkle.consistent((first, size), (roots[first], roots[size]), proof)


def test_no_proof_goes_beyond_the_log():
    desk = Desk().fill(3)
    with desk.engine.begin() as connection:
        for n, size in [(0, 3), (4, 3), (1, 4), (1, 0), (-1, 3)]:
            with pytest.raises(NotFoundError):
                log.inclusion(connection, n, size)
        for first, second in [(4, 3), (2, 4), (-1, 2)]:
            with pytest.raises(NotFoundError):
                log.consistency(connection, first, second)
        with pytest.raises(NotFoundError):
            log.root(connection, 4)


def test_a_transaction_signs_the_head_it_leaves():
    desk = Desk().fill(3, 2)
    with desk.engine.begin() as connection:
        assert [size for size, _ in log.heads(connection)] == [3, 5]
        payload = desk.key.check(log.last_head(connection))
        assert payload == {
            "desk": "desk_1",
            "size": 5,
            "root": f"sha256:{log.root(connection).hex()}",
            "at": stamp(3),
        }


def test_a_size_is_signed_once():
    desk = Desk().fill(2)
    with desk.engine.begin() as connection:
        first = log.last_head(connection)
        assert log.keep_head(connection, stamp(9), desk.key.sign) == first
        assert len(log.heads(connection)) == 1


def test_a_head_names_its_desk_or_is_not_signed():
    desk = Desk()
    with desk.engine.begin() as connection:
        connection.execute(desk_table.delete())
        with pytest.raises(InvariantError, match="desk"):
            log.keep_head(connection, stamp(), desk.key.sign)


def test_a_hash_that_is_gone_is_no_proof():
    desk = Desk().fill(4)
    with desk.engine.begin() as connection:
        connection.execute(log_node.delete().where(log_node.c.level == 2))
        with pytest.raises(InvariantError, match="audit verify"):
            log.root(connection)


@pytest.mark.parametrize(
    "bad",
    [
        {"at": "2026-11-26T12:00:00Z"},
        {"at": "2026-11-26T12:00:00.000000+00:00"},
        {"verb": ""},
        {"subject": ""},
        {"subject": "case\x00"},
        {"person": "a\nb"},
        {"said": {"amount": 1.5}},
        {"said": {"amount": 2**53}},
        {"said": {"name": "\ud800"}},
        {"subject": "\ud800"},
    ],
)
def test_what_cannot_be_hashed_alike_everywhere_is_not_logged(bad):
    desk = Desk().fill(1)
    with pytest.raises(ValueError), desk.write() as connection:  # noqa: PT011
        log.append(connection, entry(**bad))
    with desk.engine.begin() as connection:
        assert log.size(connection) == 1


def test_the_log_keeps_the_leaf_of_each_line():
    desk = Desk().fill(5)
    with desk.engine.begin() as connection:
        leaves = connection.execute(select(log_table.c.leaf).order_by(log_table.c.n)).scalars()
        assert list(leaves) == [row.leaf() for row in log.entries(connection)]
        head = connection.execute(select(log_head)).one()
    assert (head.id, head.size, head.at) == (1, 5, stamp(4))


def test_what_is_said_may_hold_any_text():
    said = {"text": "\u0000 \u202e ' ; drop table log -- {{7*7}}", "\U0001f600": {"": []}}
    desk = Desk()
    with desk.write() as connection:
        log.append(connection, entry(said=said))
        (row,) = log.entries(connection)
    assert json.loads(row.said) == said
