"""Every way of tampering with a log is found, and the first bad entry is named."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from stanch.model.desk import merkle
from stanch.model.desk.log_row import Row
from stanch.store.desk import log, log_walk
from stanch.store.desk.log_check import first_bad, verify
from tests.store.desk.desk_log import Desk, DeskKey, entry, stamp


def run(desk, *statements, **values):
    with desk.engine.begin() as connection:
        for each in statements:
            if values:
                connection.execute(text(each), values)
            else:
                connection.exec_driver_sql(each)


def check(desk, *heads):
    with desk.engine.begin() as connection:
        return verify(connection, desk.key.check, heads)


def kinds(faults):
    return [fault.kind for fault in faults]


def rebuild(desk, key=None):
    """What an owner of the database would do: make leaves, nodes and head fit the rows.

    With the desk's key all heads are signed anew too.
    """
    with desk.engine.begin() as connection:
        rows = log.entries(connection, limit=10_000)
        sizes = [size for size, _ in log.heads(connection)]
        connection.execute(text("delete from log_node"))
        kept = {}
        for row in rows:
            leaf = row.leaf()
            connection.execute(
                text("update log set leaf = :l where n = :n"), {"l": leaf, "n": row.n}
            )
            for level, place, node in merkle.grown(row.n - 1, leaf, lambda *at: kept[at]):
                kept[level, place] = node
                connection.execute(log.log_node.insert().values((level, place, node)))
        values = {"s": len(rows), "a": rows[-1].at if rows else ""}
        connection.execute(text("update log_head set size = :s, at = :a"), values)
        connection.execute(text("delete from tree_head where size > :s"), values)
        if key:
            connection.execute(text("delete from tree_head"))
            for size in [size for size in sizes if size <= len(rows)]:
                root = f"sha256:{log.root(connection, size).hex()}"
                said = {"desk": "desk_1", "size": size, "root": root, "at": stamp()}
                connection.execute(log.tree_head.insert().values((size, key.sign(said))))


def renumber(desk, n, by):
    """Move all entries from `n` on by one place."""
    run(desk, f"update log set n = -n where n >= {n}", f"update log set n = -n + {by} where n < 0")


CHANGES = [
    "at = '2026-11-26T12:00:00.000001Z'",
    "person = null",
    "person = 'person_2'",
    "member = 'member_2'",
    "verb = 'case.close'",
    "subject = 'case_2'",
    "said = '{\"second\":77}'",
    "said = said || ' '",
    "said = '{\"second\":1,' || substr(said, 2)",
    "said = 'null'",
    "said = ''",
    "said = '[' || replace(hex(zeroblob(5000)), '0', '[')",
    "leaf = zeroblob(32)",
    "leaf = zeroblob(31)",
    "leaf = 'text'",
    "leaf = 7",
]
PERSON = "person = 'nobody'"


@given(st.lists(st.integers(1, 4), max_size=12))
@settings(max_examples=25)
def test_a_log_that_nobody_touched_is_whole(sizes):
    desk = Desk().fill(*sizes)
    with desk.engine.begin() as connection:
        kept = [jws for _, jws in log.heads(connection)]
    assert check(desk, *kept) == []


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("n", [1, 6, 11])
def test_a_changed_entry_is_named(change, n):
    desk = Desk().fill(3, 3, 5)
    run(desk, f"update log set {change} where n = {n}")
    faults = check(desk)
    assert first_bad(faults) == n
    assert faults[0].kind == "changed"


@pytest.mark.parametrize("n", range(1, 12))
def test_a_change_that_fits_its_leaf_is_named(n):
    desk = Desk().fill(3, 3, 5)
    run(desk, f"update log set {PERSON} where n = {n}")
    with desk.engine.begin() as connection:
        leaf = log.entries(connection, n - 1, 1)[0].leaf()
    run(desk, f"update log set leaf = :leaf where n = {n}", leaf=leaf)
    assert first_bad(check(desk)) == n
    run(desk, f"update log_node set hash = :leaf where level = 0 and place = {n - 1}", leaf=leaf)
    faults = check(desk)
    assert first_bad(faults) <= n <= faults[0].to


@pytest.mark.parametrize("n", range(1, 12))
def test_a_change_that_fits_all_hashes_is_named_as_closely_as_heads_were_signed(n):
    desk = Desk().fill(*[1] * 11)
    run(desk, f"update log set {PERSON} where n = {n}")
    rebuild(desk)
    faults = check(desk)
    assert (faults[0].kind, faults[0].n, faults[0].to) == ("changed", n, n)
    desk = Desk().fill(3, 3, 5)
    run(desk, f"update log set {PERSON} where n = {n}")
    rebuild(desk)
    faults = check(desk)
    assert kinds(faults) == ["changed"]
    assert (faults[0].n, faults[0].to) in {(1, 3), (4, 6), (7, 11)}
    assert faults[0].n <= n <= faults[0].to


@pytest.mark.parametrize("n", range(1, 12))
def test_a_deleted_entry_is_named(n):
    desk = Desk().fill(3, 3, 5)
    run(desk, f"delete from log where n = {n}")
    faults = check(desk)
    assert (faults[0].kind, faults[0].n, faults[0].to) == ("missing", n, n)
    assert first_bad(faults) == n


@pytest.mark.parametrize("n", range(1, 11))
def test_an_entry_deleted_and_the_gap_closed_is_named(n):
    desk = Desk().fill(*[1] * 11)
    run(desk, f"delete from log where n = {n}")
    renumber(desk, n, -1)
    assert first_bad(check(desk)) == n
    rebuild(desk)
    assert first_bad(check(desk)) == n


@pytest.mark.parametrize(("a", "b"), [(1, 2), (3, 9), (10, 11)])
def test_entries_that_changed_places_are_named(a, b):
    desk = Desk().fill(*[1] * 11)
    for n, to in [(a, -1), (b, a), (-1, b)]:
        run(desk, f"update log set n = {to} where n = {n}")
    assert first_bad(check(desk)) == a
    rebuild(desk)
    assert first_bad(check(desk)) == a


COPY = (
    "insert into log select {n}, at, person, member, verb, subject, said, leaf from log "
    "where n = {of}"
)


@pytest.mark.parametrize("n", range(1, 12))
def test_an_entry_put_between_is_named(n):
    desk = Desk().fill(*[1] * 11)
    renumber(desk, n, 1)
    run(desk, COPY.format(n=n, of=1 if n > 1 else 12))
    assert first_bad(check(desk)) == n
    rebuild(desk)
    assert first_bad(check(desk)) == n


@pytest.mark.parametrize("n", [0, -5, 12, 2**62])
def test_an_entry_outside_of_the_log_is_named(n):
    desk = Desk().fill(11)
    run(desk, COPY.format(n=n, of=3))
    faults = check(desk)
    assert (faults[0].kind, faults[0].n) == ("inserted", n)


def test_a_forged_entry_at_the_end_is_not_covered_by_a_signature():
    desk = Desk().fill(3, 2)
    with desk.engine.begin() as connection:
        log.append(connection, entry(9, verb="order.release"))
    faults = check(desk)
    assert [(fault.kind, fault.n, fault.to) for fault in faults] == [("unsigned", 6, 6)]


def test_a_head_signed_by_another_key_vouches_for_nothing():
    desk = Desk().fill(3)
    with desk.engine.begin() as connection:
        log.append(connection, entry(9))
        log.keep_head(connection, stamp(9), DeskKey(2).sign)
    assert kinds(check(desk)) == ["unsigned", "head"]
    assert first_bad(check(desk)) == 4


def test_a_truncated_log_is_found_by_what_is_left_of_it():
    desk = Desk().fill(4, 4)
    run(desk, "delete from log where n > 4")
    assert first_bad(check(desk)) == 5
    run(desk, "update log_head set size = 4")
    assert set(kinds(check(desk))) == {"head", "node"}
    run(desk, "delete from tree_head where size > 4")
    assert "node" in kinds(check(desk))


def outside(desk):
    with desk.engine.begin() as connection:
        return [jws for _, jws in log.heads(connection)]


def test_a_log_truncated_without_a_trace_is_found_by_a_head_kept_outside():
    desk = Desk().fill(4, 4)
    kept = outside(desk)
    run(desk, "delete from log where n > 4")
    rebuild(desk)
    assert check(desk) == []
    (fault,) = check(desk, *kept)
    assert (fault.kind, fault.n, fault.to) == ("truncated", 5, 8)
    run(desk, "delete from log")
    rebuild(desk)
    assert first_bad(check(desk, *kept)) == 1


def test_a_log_rolled_back_and_written_otherwise_is_found_by_a_head_kept_outside():
    desk = Desk().fill(4, 2, 2)
    kept = outside(desk)
    run(desk, "delete from log where n > 4")
    rebuild(desk)
    for second in range(50, 55):
        with desk.write(stamp(second)) as connection:
            log.append(connection, entry(second))
    assert check(desk) == []
    (fault,) = check(desk, *kept)
    assert (fault.kind, fault.n, fault.to) == ("forked", 5, 6)
    (fault,) = check(desk, kept[-1])
    assert (fault.kind, fault.n, fault.to) == ("forked", 1, 8)


@pytest.mark.parametrize("n", range(1, 12))
def test_even_who_holds_the_desks_key_is_found_by_heads_kept_outside(n):
    desk = Desk().fill(*[1] * 11)
    kept = outside(desk)
    run(desk, f"update log set {PERSON} where n = {n}")
    rebuild(desk, desk.key)
    assert check(desk) == []
    (fault,) = check(desk, *kept)
    assert (fault.kind, fault.n, fault.to) == ("forked", n, n)


def test_two_heads_of_one_size_are_a_fork():
    desk = Desk().fill(2, 2)
    said = {"desk": "desk_1", "size": 4, "root": "sha256:" + "0" * 64, "at": stamp()}
    (fault,) = check(desk, *outside(desk), desk.key.sign(said))
    assert (fault.kind, fault.n, fault.to) == ("forked", 3, 4)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "a.b.c",
        DeskKey(2).sign({"desk": "desk_1", "size": 1, "root": "sha256:", "at": ""}),
        DeskKey().sign({"desk": "desk_1", "size": 1, "at": ""}),
        DeskKey().sign({"desk": "desk_1", "size": True, "root": "sha256:", "at": ""}),
        DeskKey().sign({"desk": "desk_1", "size": -1, "root": "sha256:", "at": ""}),
        DeskKey().sign({"desk": "desk_1", "size": 0, "root": "sha256:", "at": ""}),
        DeskKey().sign({"desk": "desk_2", "size": 1, "root": "sha256:", "at": ""}),
        DeskKey().sign({"desk": "desk_1", "size": 1, "root": "", "at": ""}, "stanch-snapshot@1"),
    ],
)
def test_a_head_that_says_nothing_is_a_fault_itself(head):
    desk = Desk().fill(3)
    assert kinds(check(desk, head)) == ["head"]
    run(desk, "update tree_head set jws = :head", head=head)
    assert kinds(check(desk)) == ["unsigned", "head"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("update log_node set hash = zeroblob(32) where level = 1 and place = 2", "node"),
        ("update log_node set hash = 'x' where level = 0 and place = 2", "node"),
        ("delete from log_node where level = 3", "node"),
        ("delete from log_node where level = 0 and place = 10", "node"),
        ("insert into log_node values (1, 5, zeroblob(32))", "node"),
        ("insert into log_node values (-1, 0, zeroblob(32))", "node"),
        ("insert into log_node values (60, 0, zeroblob(32))", "node"),
        ("update log_node set place = -1 where level = 0 and place = 3", "node"),
        ("update log_head set at = '2030'", "head"),
        ("insert into log_head values (2, 11, '')", "head"),
        ("update tree_head set size = 5 where size = 6", "head"),
        ("insert into tree_head values (12, 'x')", "head"),
    ],
)
def test_what_is_kept_beside_the_entries_is_checked_and_no_entry_is_blamed(change, kind):
    desk = Desk().fill(3, 3, 5)
    run(desk, change)
    faults = check(desk)
    assert set(kinds(faults)) == {kind}
    assert first_bad(faults) is None


@pytest.mark.parametrize("size", [0, -3])
def test_a_head_of_the_log_that_hides_its_entries_is_found(size):
    desk = Desk().fill(4)
    run(desk, f"update log_head set size = {size}")
    assert first_bad(check(desk)) == 1
    run(desk, "delete from log_head")
    assert first_bad(check(desk)) == 1


def test_a_head_of_the_log_that_promises_too_much_costs_no_walk():
    desk = Desk().fill(4)
    run(desk, f"update log_head set size = {2**62}")
    faults = check(desk)
    assert (faults[0].kind, faults[0].n, faults[0].to) == ("missing", 5, 2**62)


def test_time_that_goes_back_is_named():
    desk = Desk().fill(4)
    run(desk, f"update log set at = '{stamp(0)}' where n = 3")
    rebuild(desk, desk.key)
    assert [(fault.kind, fault.n) for fault in check(desk)] == [("time", 3)]


def test_erasing_leaves_the_log_whole_and_changing_what_is_erasable_does_not():
    desk = Desk()
    with desk.write() as connection:
        made = [log.commit_to(connection, f"name {n}") for n in range(3)]
        log.append(connection, entry(said={"names": made}))
    run(desk, "delete from erasable where commitment = :made", made=made[0])
    assert check(desk) == []
    run(desk, "update erasable set text = 'other' where commitment = :made", made=made[1])
    assert kinds(check(desk)) == ["erasable"]


def test_many_faults_are_counted_and_not_all_told():
    desk = Desk().fill(60)
    run(desk, f"update log set {PERSON}")
    faults = check(desk)
    assert first_bad(faults) == 1
    assert faults[-1].kind == "more"
    assert len(faults) == 21


ATTACK = st.sampled_from(["change", "delete", "close", "swap", "insert", "append", "truncate"])


@given(st.lists(st.integers(1, 3), min_size=2, max_size=9), ATTACK, st.booleans(), st.data())
@settings(max_examples=120)
def test_any_tampering_with_any_log_is_found_and_the_first_bad_entry_named(
    sizes, attack, hidden, data
):
    desk = Desk().fill(*sizes)
    kept, total = outside(desk), sum(sizes)
    n = data.draw(st.integers(1, total - (attack in ("close", "swap"))))
    if attack == "change":
        run(desk, f"update log set {PERSON} where n = {n}")
    elif attack == "delete":
        run(desk, f"delete from log where n = {n}")
    elif attack == "close":
        run(desk, f"delete from log where n = {n}")
        renumber(desk, n, -1)
    elif attack == "swap":
        run(desk, f"update log set n = -1 where n = {n}")
        run(desk, f"update log set n = {n} where n = {n + 1}")
        run(desk, f"update log set n = {n + 1} where n = -1")
    elif attack == "insert":
        renumber(desk, n, 1)
        run(desk, COPY.format(n=n, of=1 if n > 1 else total + 1))
    elif attack == "append":
        n = total + 1
        run(desk, COPY.format(n=n, of=1))
    else:
        run(desk, f"delete from log where n >= {n}")
    if hidden and attack != "delete":
        rebuild(desk)
    first = first_bad(check(desk, *kept))
    ends = [sum(sizes[:many]) for many in range(len(sizes) + 1)]
    vouched = max(end for end in ends if end < n)
    if not hidden or attack in ("delete", "append"):
        assert first == n
    elif attack == "truncate":  # what is left behind the last head is not vouched for
        assert first in (n, vouched + 1)
    else:
        assert first == vouched + 1
    assert first_bad(check(desk)) == first or attack == "truncate"


@given(st.integers(1, 7))
def test_runs_of_any_length_find_the_same(length):
    desk = Desk().fill(3, 4, 4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log_walk, "RUN", length)
        assert check(desk) == []
        run(desk, "delete from log where n between 4 and 9")
        faults = check(desk)
        assert (faults[0].kind, faults[0].n, faults[0].to) == ("missing", 4, 9)


def test_a_line_is_one_to_one_with_its_row():
    row = Row(1, stamp(), None, "m", "v", "s", '{"a":1}')
    assert json.loads(row.line())["said"] == {"a": 1}
    for bad in ['{"a":1 }', '{"a":1,"a":1}', '{"a":1.0}', '{"b":1,"a":1}', "[]", "1", '{"a":NaN}']:
        with pytest.raises(ValueError, match=r"."):
            Row(1, stamp(), None, "m", "v", "s", bad).line()
