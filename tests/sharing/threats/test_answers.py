"""The question whether to share more: what two who say yes offered is opened, and nothing else."""

import pytest
from sqlalchemy import select, update

from stanch.app.desk import audit
from stanch.cases import cases, items
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.model.desk.marking import Marking
from stanch.sharing.threats import records
from stanch.store.desk.tables import case as case_table
from stanch.store.desk.tables import common_answer, person
from stanch.store.desk.visible import shared_with
from tests.desk_world import JP, KR, US
from tests.sharing.threats.reporting import answer, one, report, ring

AMBER = Shared(Marking.AMBER)


@pytest.fixture
def threat(desk) -> str:
    report(desk, KR)
    return report(desk, JP)[0]


def opened(desk, member, title="Ours", shared=AMBER) -> str:
    with desk.database.write() as tx:
        return cases.open_case(tx, desk.analyst(member), title, shared)


def note(desk, member, case, shared=AMBER) -> str:
    with desk.database.write() as tx:
        new = NewItem(case, "note", {"text": "The wallet was seen."}, shared)
        return items.add(tx, desk.analyst(member), new)


def sees(desk, member, row) -> bool:
    read = cases.one if row.startswith("case-") else items.read
    try:
        with desk.database.read() as connection:
            read(connection, desk.analyst(member), row)
    except NotFoundError:
        return False
    return True


def test_nothing_is_opened_before_both_said_yes(desk, threat):
    ours, theirs = opened(desk, KR), opened(desk, JP)
    inside = note(desk, KR, ours)
    asked = answer(desk, KR, threat, "yes", ours, inside)
    assert (asked["answer"], asked["opened"]) == ("yes", [])
    assert not sees(desk, JP, ours)
    seen = one(desk, JP, threat)
    assert [each["answer"] for each in seen["holders"]] == ["yes", None]
    assert seen["offered"] is None
    assert ours not in str(seen)
    answer(desk, JP, threat, "later")
    assert not sees(desk, JP, ours)
    done = answer(desk, JP, threat, "yes", theirs)
    assert all(sees(desk, JP, row) for row in (ours, inside))
    assert sees(desk, KR, theirs)
    assert not sees(desk, US, ours)
    assert {(each["of"], each["row"], each["to"]) for each in done["opened"]} == {
        (KR, ours, JP), (KR, inside, JP), (JP, theirs, KR),
    }  # fmt: skip
    with desk.database.read() as connection:
        assert shared_with(connection, case_table, ours) == [JP]


def test_a_no_opens_nothing_and_can_become_a_yes(desk, threat):
    ours, theirs = opened(desk, KR), opened(desk, JP)
    answer(desk, KR, threat, "yes", ours)
    answer(desk, JP, threat, "no")
    assert not sees(desk, JP, ours)
    answer(desk, KR, threat, "no")  # taken back before anything was opened
    answer(desk, JP, threat, "yes", theirs)
    assert not sees(desk, JP, ours)
    assert not sees(desk, KR, theirs)
    answer(desk, KR, threat, "yes", ours)
    assert sees(desk, JP, ours)
    assert sees(desk, KR, theirs)


def test_in_a_ring_two_who_agree_open_to_each_other_alone(desk):
    for each in (US, KR, JP):
        (id, *_) = ring(desk, each)
    cases_of = {each: opened(desk, each) for each in (US, KR, JP)}
    answer(desk, US, id, "yes", cases_of[US], to=[KR])
    answer(desk, KR, id, "yes", cases_of[KR])
    answer(desk, JP, id, "yes", cases_of[JP])
    seen = {(by, of) for by in cases_of for of in cases_of if sees(desk, by, cases_of[of])}
    assert seen == {(each, each) for each in cases_of} | {
        (US, KR), (KR, US), (KR, JP), (JP, KR),
    }  # fmt: skip


def test_an_answer_is_about_what_is_ones_own_to_share(desk, threat):
    ours, theirs = opened(desk, KR), opened(desk, JP)
    red = opened(desk, KR, "Red", Shared(Marking.RED))
    inside = note(desk, KR, ours)
    for offers, error, why in (
        ((theirs,), NotFoundError, "no case"),
        ((red,), RefusedError, "for people"),
        ((inside,), RefusedError, "offer that too"),
        ((), UsageError, "a yes says what"),
        (("item-0",), NotFoundError, "no item"),
    ):
        with pytest.raises(error, match=why):
            answer(desk, KR, threat, "yes", *offers)
    for word, offers, to in (("no", (ours,), ()), ("yes", (ours,), (US,)), ("perhaps", (), ())):
        with pytest.raises(UsageError):
            answer(desk, KR, threat, word, *offers, to=to)
    assert one(desk, KR, threat)["answer"] is None


def test_who_is_alone_with_it_is_not_asked(desk):
    (id, *_) = report(desk, KR)
    with pytest.raises(RefusedError, match="nobody else"):
        answer(desk, KR, id, "yes", opened(desk, KR))
    with pytest.raises(NotFoundError):
        answer(desk, JP, id, "no")


def test_what_cannot_be_opened_any_more_says_why_to_who_offered_it(desk, threat):
    ours, theirs = opened(desk, KR), opened(desk, JP)
    answer(desk, KR, threat, "yes", ours)
    with desk.database.write() as tx:
        cases.close(tx, desk.analyst(KR), ours, "done")
    answer(desk, JP, threat, "yes", theirs)
    assert sees(desk, KR, theirs)
    assert not sees(desk, JP, ours)
    assert f"{ours} is closed" in {each["problem"] for each in one(desk, KR, threat)["opened"]}
    assert ours not in str(one(desk, JP, threat))


def test_what_a_person_offered_who_left_stays_closed(desk, threat):
    ours, theirs = opened(desk, KR), opened(desk, JP)
    answer(desk, KR, threat, "yes", ours)
    with desk.database.write() as tx:
        them = update(person).where(person.c.id == desk.analyst(KR).person)
        tx.connection.execute(them.values(active=False))
    answer(desk, JP, threat, "yes", theirs)
    assert not sees(desk, JP, ours)
    with desk.database.write() as tx:
        tx.connection.execute(them.values(active=True))


def test_answers_are_entries_of_the_log_that_say_nothing_of_what_is_offered(desk, threat, the_key):
    ours, theirs = opened(desk, KR), opened(desk, JP)
    answer(desk, KR, threat, "yes", ours)
    with desk.database.read() as connection:
        before = connection.exec_driver_sql("select said from log where verb = 'common.answered'")
        assert ours not in str(before.all())
    answer(desk, JP, threat, "yes", theirs)
    assert audit.verify(desk.database, the_key.public) == []
    changed = update(common_answer).where(common_answer.c.threat == threat)
    with desk.database.write() as tx:
        query = select(common_answer.c.id, common_answer.c.said)
        kept = tx.connection.execute(query.where(common_answer.c.threat == threat)).all()
        tx.connection.execute(changed.values(said="{}"))
    assert {each.kind for each in audit.verify(desk.database, the_key.public)} == {"record"}
    with desk.database.write() as tx:
        for row in kept:
            tx.connection.execute(changed.where(common_answer.c.id == row.id).values(said=row.said))


def test_how_many_wait_for_an_answer(desk, threat):
    def waiting(member):
        with desk.database.read() as connection:
            return records.asked(connection, desk.analyst(member))

    before = {each: waiting(each) for each in (KR, JP)}
    answer(desk, KR, threat, "no")
    answer(desk, JP, threat, "later")
    assert {each: waiting(each) for each in (KR, JP)} == {KR: before[KR] - 1, JP: before[JP]}
    assert before[KR] >= 3
