"""Nothing comes out of a collection that is wider than the rows it was made of.

Any cases with anything in them, owners, markings and lists; shared, some of it narrowed, some taken
back. Each member then gets the words of those rows alone that it sees at the desk and that lie in a
collection that it reads, and of these it misses none.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from stanch.app.desk import cases, shares
from stanch.app.desk.words import Asked, NewItem, NewJudgement, Shared
from stanch.errors import RefusedError, StanchError
from stanch.model.desk.marking import Marking
from stanch.registry.registry import load
from stanch.sharing.collections import making
from stanch.sharing.collections.making import NewCollection
from tests.desk_world import JP, KR, US
from tests.reference.release import EVERYBODY, PlainRow
from tests.release.desk import COLLECTIONS, MEMBERS, Served

GOVERNMENTS = (US, KR, JP)
ONCE = {"phases": (Phase.generate,), "suppress_health_check": list(HealthCheck)}
MARKED = some.tuples(
    some.sampled_from((KR, US, JP)), some.sampled_from(list(Marking)),
    some.frozensets(some.sampled_from(MEMBERS), max_size=3),
    some.sampled_from(("note", "tag", "sighting", "judgement")),
)  # fmt: skip
DRAWN = some.tuples(
    MARKED, some.lists(MARKED, max_size=5), some.sets(some.sampled_from(MEMBERS)),
    some.sampled_from(list(Marking)), some.booleans(),
)  # fmt: skip


@settings(max_examples=3, **ONCE)
@given(drawn=DRAWN)
def test_each_gets_the_rows_that_it_sees_and_no_others(served: Served, drawn: Any) -> None:
    whole(served, drawn)


@pytest.mark.slow
@settings(max_examples=100, **ONCE)
@given(drawn=DRAWN)
def test_each_gets_them_in_many_populations(served: Served, drawn: Any) -> None:
    whole(served, drawn)


def whole(served: Served, drawn: Any) -> None:
    marked, within, readers, later, ends = drawn
    owner = marked[0]
    collection = _collection(served, owner, readers)
    case = _case(served, marked)
    rows = [case, *filter(None, (_within(served, case, each) for each in within))]
    shared = _share(served, owner, case, collection)
    judged = [row for row in rows if row.id.startswith("jud-") and row.owner == owner]
    also = [row for row in judged if _share(served, owner, row, collection)]
    check(served, collection, (owner, readers), rows if shared else [], also)
    by = served.world.analyst(owner)
    narrower, released = _shared(served, (owner, later, marked[2], ""))
    cases.reshare(served.desk, by, case.id, narrower)
    case.marking, case.released = str(later), released
    check(served, collection, (owner, readers), rows if shared else [], also)
    if ends:
        for each in shares.listed(
            served.desk, by, Asked(500, filters={"collection": collection}), active=True
        ).rows:
            shares.end(served.desk, by, each["id"], "Done.")
        check(served, collection, (owner, readers), [], [])


def check(
    served: Served,
    collection: str,
    of: tuple[str, set[str]],
    rows: list[PlainRow],
    also: list[PlainRow],
) -> None:
    """`rows` lie there as a case with what is in it but judgements; `also` by themselves."""
    owner, readers = of
    there = [row for row in rows if not row.id.startswith("jud-")] + also
    case = rows[0] if rows else None
    for member in MEMBERS:
        answer = served.get(
            member, f"{COLLECTIONS}{collection}/objects/", limit=1000, **{"match[version]": "all"}
        )
        if member not in readers | {owner}:
            assert answer.status_code == 404
            continue
        for row in {each.id: each for each in (*rows, *also)}.values():
            goes = row in there and _sees(row, member) and _sees(row, owner)
            if row is case and any(_sees(each, member) and _sees(each, owner) for each in also):
                goes = True  # a judgement takes its case along
            assert (row.secret in answer.text) == goes, (member, row)


def _sees(row: PlainRow, member: str) -> bool:
    """Whether the member as such sees the row: what is for people of it alone is not for it."""
    return row.seen_by(member, "", member in GOVERNMENTS)


def _collection(served: Served, owner: str, readers: set[str]) -> str:
    with served.world.database.write() as tx:
        by = served.world.analyst(owner)
        id = making.make(tx, by, NewCollection("Shared"))
        for each in readers - {owner}:
            making.grant(tx, by, id, each, (True, False))
    return id


def _share(served: Served, owner: str, row: PlainRow, collection: str) -> bool:
    """Share it; refused is what goes to nobody who reads there."""
    by = served.world.analyst(owner)
    try:
        shares.share(served.desk, by, row.id, shares.Into(collection, "A trial."), load)
    except RefusedError as refused:
        why = str(refused)
    else:
        return True
    assert "TLP:RED" in why or "released to nobody" in why
    return False


def _shared(served: Served, marked: Any) -> tuple[Shared, frozenset[str]]:
    _, marking, to, _ = marked
    if str(marking) in EVERYBODY:
        return Shared(marking), frozenset()
    if marking == Marking.RED:
        return Shared(marking), frozenset()
    return Shared(marking, tuple(to)), to


def _case(served: Served, marked: Any) -> PlainRow:
    shared, released = _shared(served, marked)
    secret = f"title-{served.minutes()}-case"
    served.tick()
    id = cases.open_case(served.desk, served.world.analyst(marked[0]), secret, shared)
    return PlainRow(id, marked[0], str(marked[1]), released, secret)


def _within(served: Served, case: PlainRow, marked: Any) -> PlainRow | None:
    owner, marking, _, kind = marked
    shared, released = _shared(served, marked)
    secret = f"word-{served.minutes()}-in"
    served.tick()
    by = served.world.analyst(owner)
    bodies = {
        "note": {"text": secret},
        "tag": {"account": f"eip155:1:0x{served.minutes():040x}", "label": secret},
        "sighting": {
            "account": f"eip155:1:0x{served.minutes():040x}",
            "text": secret,
            "first": "2026-11-01T00:00:00Z",
        },
    }
    try:
        if kind == "judgement":
            new = NewJudgement(case.id, secret, "low", ["a source"], shared)
            id = cases.judge(served.desk, by, new)
        else:
            id = cases.add_item(served.desk, by, NewItem(case.id, kind, bodies[kind], shared))
    except StanchError:
        return None
    return PlainRow(id, owner, str(marking), released, secret, case)
