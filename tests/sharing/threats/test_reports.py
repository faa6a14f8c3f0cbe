"""What members report at a desk: shown to who holds it, and to nobody else."""

import pytest
from sqlalchemy import update

from stanch.app.desk import audit
from stanch.errors import NotFoundError, RefusedError, SignatureError, UsageError
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.people import Role
from stanch.store.desk.tables import common_report
from tests.desk_world import JP, KR, NORTH, US
from tests.sharing.threats import reporting
from tests.sharing.threats.reporting import TAGS, hand_in, listed, one, report, ring, signed

ALL = (US, KR, JP, NORTH)


def test_one_word_alone_is_seen_by_who_said_it(desk):
    (first, *_) = report(desk, KR)
    assert {each: len(listed(desk, each)) for each in ALL} == {US: 0, KR: 3, JP: 0, NORTH: 0}
    assert {each["state"] for each in listed(desk, KR)} == {"waiting"}
    with pytest.raises(NotFoundError):
        one(desk, JP, first)


def test_what_two_report_is_a_threat_to_both_and_to_nobody_else(desk):
    report(desk, KR, TAGS[:2])
    met = report(desk, JP, TAGS[1:])
    assert {each: len(listed(desk, each)) for each in ALL} == {US: 0, KR: 2, JP: 2, NORTH: 0}
    both = one(desk, KR, met[0])
    assert both == one(desk, JP, met[0])
    assert (both["state"], both["tag"], both["members"]) == ("common", TAGS[1], [JP, KR])
    assert [(each["member"], each["answer"]) for each in both["holders"]] == [
        (KR, None),
        (JP, None),
    ]
    for other in (US, NORTH):
        with pytest.raises(NotFoundError):
            one(desk, other, met[0])
    with pytest.raises(NotFoundError):
        one(desk, KR, met[1])


def test_in_a_ring_each_who_comes_later_is_beside_the_others(desk):
    (id, *_) = ring(desk, US)
    ring(desk, KR, TAGS[:1])
    assert ring(desk, JP, TAGS[:1]) == [id]
    for each in (US, KR, JP):
        assert [holder["member"] for holder in one(desk, each, id)["holders"]] == [US, KR, JP]


def test_the_same_report_twice_is_one(desk):
    text = signed(desk, KR)
    ids = hand_in(desk, KR, text)
    assert hand_in(desk, KR, text) == ids
    assert report(desk, KR, TAGS[:1], at="2026-11-26T11:00:00Z") == ids[:1]
    assert len(listed(desk, KR)) == 3


def test_a_report_that_is_not_its_members_own_now_is_refused(desk):
    for changed, error, why in (
        ({"desk": "desk-other"}, SignatureError, "for desk desk-other"),
        ({"at": "2026-10-01T00:00:00Z"}, RefusedError, "counted 30 days"),
        ({"at": "2026-12-26T00:00:00Z"}, RefusedError, "still to come"),
        ({"members": (KR, "mem-nobody")}, UsageError, "mem-nobody, who is no member"),
    ):
        with pytest.raises(error, match=why):
            hand_in(desk, KR, signed(desk, KR, **changed))
    with pytest.raises(SignatureError, match="is no approver's"):
        hand_in(desk, KR, signed(desk, KR, TAGS, PrivateKey.generate()))
    with pytest.raises(SignatureError, match="the report is of mem-jp, signed for mem-kr"):
        hand_in(desk, KR, signed(desk, JP, TAGS, desk.offline[KR]))
    assert listed(desk, KR) == []


def test_nobody_hands_in_the_report_of_another(desk):
    with pytest.raises(SignatureError, match="each hands in its own"):
        hand_in(desk, JP, signed(desk, KR))


def test_an_approvers_key_reports_too(desk):
    assert len(hand_in(desk, KR, signed(desk, KR, TAGS, desk.signers[KR][0].key))) == 3


def test_a_run_is_of_the_same_members_in_every_word_about_it(desk):
    report(desk, KR)
    with pytest.raises(RefusedError, match="with other members"):
        report(desk, JP, members=(JP, KR, US))


def test_the_log_names_no_tag_and_no_run_and_stays_whole(desk, the_key):
    report(desk, KR)
    report(desk, JP)
    assert audit.verify(desk.database, the_key.public) == []
    with desk.database.read() as connection:
        said = str(connection.exec_driver_sql("select said from log").all())
        kept = connection.execute(common_report.select()).mappings().all()
    assert not any(word in said for word in (reporting.RUN, *TAGS))
    kept = [each for each in kept if each["run"] == reporting.RUN]
    assert sorted(each["member"] for each in kept) == [JP, KR]
    assert desk.people[KR, Role.ANALYST].person in {each["person"] for each in kept}
    mine = common_report.c.run == reporting.RUN
    with desk.database.write() as tx:
        tx.connection.execute(update(common_report).where(mine).values(jws="a.b.c"))
    faults = audit.verify(desk.database, the_key.public)
    assert [each.kind for each in faults] == ["evidence", "evidence"]
    with desk.database.write() as tx:
        for each in kept:
            here = common_report.c.digest == each["digest"]
            tx.connection.execute(update(common_report).where(here).values(jws=each["jws"]))
