"""Member x marking x release list x path of the rows of a desk: cases and in them, orders."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from stanch.app.desk import cases, orders
from stanch.app.desk.words import NewItem, NewJudgement, Shared
from stanch.errors import StanchError
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import OrderKind, Target
from stanch.response.orders import NewOrder
from tests.desk_world import ACCOUNT, JP, KR, US
from tests.reference.release import EVERYBODY, PlainRow
from tests.release.desk import MEMBERS, Served
from tests.release.test_collections import same

GOVERNMENTS = (US, KR, JP)
ONCE = {"phases": (Phase.generate,), "suppress_health_check": list(HealthCheck)}
NOUGHT = "0000000000000000"
KINDS = ("cases", "items", "judgements", "orders")


@dataclass
class Rows:
    """What was written, by kind; each with a word of its own that nobody else may read."""

    by_kind: dict[str, list[PlainRow]] = field(default_factory=lambda: {k: [] for k in KINDS})

    def seen(self, kind: str, who: tuple[str, str], **same: str) -> set[str]:
        """Ids that a person of a member sees."""
        member, person = who
        return {
            row.id
            for row in self.by_kind[kind]
            if row.seen_by(member, person, member in GOVERNMENTS)
            and all(getattr(row, name) == value for name, value in same.items())
        }


MARKED = some.tuples(
    some.sampled_from(MEMBERS), some.sampled_from(list(Marking)),
    some.frozensets(some.sampled_from(MEMBERS), max_size=3), some.sampled_from(KINDS[1:]),
)  # fmt: skip
POPULATIONS = some.lists(
    some.tuples(MARKED, some.lists(MARKED, max_size=4)), min_size=2, max_size=4
)
Population = list[tuple[Any, list[Any]]]


@settings(max_examples=1, **ONCE)
@given(drawn=POPULATIONS)
def test_every_path_tells_each_member_what_is_theirs(served: Served, drawn: Population) -> None:
    whole(served, drawn)


@pytest.mark.slow
@settings(max_examples=80, **ONCE)
@given(drawn=POPULATIONS)
def test_every_path_in_many_populations(served: Served, drawn: Population) -> None:
    whole(served, drawn)


def whole(served: Served, drawn: Population) -> None:
    rows, before = Rows(), there(served)
    for marked, within in drawn:
        case = _case(served, rows, marked)
        for each in within:
            _within(served, rows, case, each)
    for member in MEMBERS:
        person = served.world.analyst(member).person
        said = listed(served, rows, (member, person), before[member])
        said += one_by_one(served, rows, (member, person))
        for row in (row for kind in KINDS for row in rows.by_kind[kind]):
            if not row.seen_by(member, person, member in GOVERNMENTS):
                assert row.secret not in said, (member, row)


def there(served: Served) -> dict[str, dict[str, set[str]]]:
    """What each member was told of before: the desk is the same for all examples."""
    return {
        member: {
            kind: {each["id"] for each in crawled(served, member, f"/v1/{kind}", {"limit": 100})[0]}
            for kind in ("cases", "orders")
        }
        for member in MEMBERS
    }


def crawled(
    served: Served, member: str, path: str, query: dict[str, Any]
) -> tuple[list[dict[str, Any]], str]:
    """All pages of a list, and all that was said."""
    found: list[dict[str, Any]] = []
    said = ""
    while True:
        answer = served.get(member, path, **query)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body["items"]
        said += answer.text + str(answer.headers)
        if body["next"] is None:
            return found, said
        assert body["items"]
        query = {**query, "after": body["next"]}


def listed(served: Served, rows: Rows, who: tuple[str, str], before: dict[str, set[str]]) -> str:
    """Lists in pages, in both directions, by each filter: rows, and their number."""
    told = ""
    for kind in ("cases", "orders"):
        for limit, sort in ((3, "-created"), (7, "created"), (100, "-created")):
            found, said = crawled(served, who[0], f"/v1/{kind}", {"limit": limit, "sort": sort})
            told += said
            new = [each["id"] for each in found if each["id"] not in before[kind]]
            assert len(new) == len(set(new))
            assert set(new) == rows.seen(kind, who)
        for name, values in (("marking", list(Marking)), ("owner", MEMBERS)):
            for value in values:
                found, said = crawled(served, who[0], f"/v1/{kind}", {"limit": 50, name: value})
                told += said
                new = {each["id"] for each in found} - before[kind]
                assert new == rows.seen(kind, who, **{name: str(value)})
    return told


def one_by_one(served: Served, rows: Rows, who: tuple[str, str]) -> str:
    """Each row by its id; what is hidden is refused as what was never there."""
    told, member = "", who[0]
    for row in rows.by_kind["cases"]:
        prefix, never = f"/v1/cases/{row.id}", f"/v1/cases/case-{NOUGHT}"
        sees = row.id in rows.seen("cases", who)
        for part in ("", "/items", "/judgements"):
            answer = served.get(member, prefix + part)
            if not sees:
                assert same(answer, served.get(member, never + part), row.id, f"case-{NOUGHT}")
                continue
            assert answer.status_code == 200
            told += answer.text
            if part:
                found, said = crawled(served, member, prefix + part, {"limit": 1})
                told += said
                assert {each["id"] for each in found} == {
                    each.id for each in rows.by_kind[part[1:]]
                    if each.within is row and each.id in rows.seen(part[1:], who)
                }  # fmt: skip
    for kind, prefix in (("items", "item"), ("orders", "ord")):
        for row in rows.by_kind[kind]:
            for part in ("",) if kind == "items" else ("", "/document", "/bundle", "/deliveries"):
                answer = served.get(member, f"/v1/{kind}/{row.id}{part}")
                if row.id in rows.seen(kind, who):
                    assert answer.status_code == 200, answer.text
                    told += answer.text
                else:
                    never = f"{prefix}-{NOUGHT}"
                    other = served.get(member, f"/v1/{kind}/{never}{part}")
                    assert same(answer, other, row.id, never)
    return told


def _shared(served: Served, marked: Any) -> tuple[Shared, frozenset[str]]:
    owner, marking, to, _ = marked
    if marking in EVERYBODY:
        return Shared(marking), frozenset()
    if marking == Marking.RED:
        people = frozenset(served.world.analyst(each).person for each in to)
        return Shared(marking, tuple(people)), people | {served.world.analyst(owner).person}
    return Shared(marking, tuple(to)), to


def _case(served: Served, rows: Rows, marked: Any) -> PlainRow:
    shared, released = _shared(served, marked)
    secret = f"title-{len(rows.by_kind['cases'])}-{served.minutes()}"
    served.tick()
    id = cases.open_case(served.desk, served.world.analyst(marked[0]), secret, shared)
    row = PlainRow(id, marked[0], str(marked[1]), released, secret)
    rows.by_kind["cases"].append(row)
    return row


def _within(served: Served, rows: Rows, case: PlainRow, marked: Any) -> None:
    """Something in a case, by a member that sees it and may write it."""
    owner, marking, _, kind = marked
    by = served.world.analyst(owner)
    shared, released = _shared(served, marked)
    secret = f"word-{served.minutes()}-within"
    served.tick()
    try:
        if kind == "items":
            new = NewItem(case.id, "note", {"text": secret}, shared)
            id = cases.add_item(served.desk, by, new)
        elif kind == "judgements":
            judged = NewJudgement(case.id, secret, "low", ["a source"], shared)
            id = cases.judge(served.desk, by, judged)
        else:
            order = NewOrder(
                case.id, OrderKind.HOLD, (Target(ACCOUNT),), secret, "2027-03-01T00:00:00Z",
                shared=shared,
            )  # fmt: skip
            id = orders.draft(served.desk, by, order)
    except StanchError:
        # Who does not see the case writes nothing in it; who is no government judges and orders
        # nothing.
        assert not case.seen_by(owner, by.person, owner in GOVERNMENTS) or owner not in GOVERNMENTS
        return
    of_order = kind == "orders"
    row = PlainRow(id, owner, str(marking), released, secret, None if of_order else case, of_order)
    rows.by_kind[kind].append(row)
