"""A row goes into a collection as far as it may be seen at the desk, and comes back out of it."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from stanch.app.desk import bodies, cases, meetings, shares
from stanch.app.desk.words import (
    Asked,
    AskedBody,
    AskedSeat,
    NewItem,
    NewJudgement,
    NewMeeting,
    NewPaper,
    Shared,
)
from stanch.cases.intake import NewReport
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.formats.stix.grading import Grade, grade_of
from stanch.formats.stix.markings import handling_of
from stanch.formats.stix.reading import read as read_stix
from stanch.formats.stix.times import order_of
from stanch.model.desk.marking import Marking, Pap
from stanch.model.desk.orders import Answer, Said
from stanch.response import deliveries, replies
from stanch.response.said import NewReply
from stanch.sharing.collections import making
from stanch.store.desk.tables import log, shared_object
from tests.app.designation.sample import TEXT as DESIGNATION
from tests.app.desk.sharing import ALL, Sharing, sharing
from tests.desk_world import ACCOUNT, EAST, JP, KR, NORTH, OTHER, US
from tests.formats.stix.valid import faults


@pytest.fixture
def partners(database, desk_key, tmp_path) -> Iterator[Sharing]:
    """What any of these tests puts into a collection is taken by stix2-validator in the end."""
    yield sharing(database, desk_key, tmp_path)
    with database.read() as connection:
        rows = connection.execute(select(shared_object.c.bytes)).scalars()
        objects = b",".join(sorted({bytes(each) for each in rows if each is not None}))
    id = b"bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"
    if objects:
        bundle = b'{"type":"bundle","id":"%s","objects":[%s]}' % (id, objects)
        assert faults(bundle) == []


def test_a_case_goes_with_its_items_each_to_whom_it_may(partners):
    case = partners.case(Marking.AMBER, JP, US)
    partners.item(case, Marking.AMBER, JP, US, account=ACCOUNT)
    partners.item(case, Marking.AMBER, JP, kind="tag", account=OTHER, label="DPRK launderer")
    partners.item(case, Marking.RED, kind="note", text="Informant.")
    done = partners.share(case, "partners")
    assert partners.kinds(JP, "partners") == [
        "cryptocurrency-wallet", "cryptocurrency-wallet", "incident", "note",
    ]  # fmt: skip
    assert partners.kinds(US, "partners") == ["cryptocurrency-wallet", "incident"]
    every = json.dumps(partners.gets(KR, "partners", ALL))
    assert "Informant" not in every
    assert done["came"] == len(partners.gets(KR, "partners", ALL))
    for member in (KR, JP, US):
        objects = partners.gets(member, "partners")
        found = read_stix(json.dumps({"objects": objects}).encode())
        assert not found.refused
        assert len(found.objects) == len(objects)
        known = {each["id"] for each in objects}
        for each in objects:
            refs = [each.get("source_ref"), each.get("target_ref"), *each.get("object_refs", ()),
                    *each.get("object_marking_refs", ())]  # fmt: skip
            assert {ref for ref in refs if ref} <= known


def test_the_same_row_again_makes_nothing_new_and_a_changed_one_a_new_version(partners):
    case = partners.case(Marking.AMBER, JP)
    first = partners.share(case, "partners")
    before = partners.gets(JP, "partners", ALL)
    with partners.desk.database.read() as connection:
        entries = connection.execute(select(log.c.n)).all()
    again = partners.share(case, "partners")
    assert (again["id"], again["came"], again["gone"]) == (first["id"], 0, 0)
    assert partners.gets(JP, "partners", ALL) == before
    with partners.desk.database.read() as connection:
        assert connection.execute(select(log.c.n)).all() == entries
    cases.close(partners.desk, partners.by(KR), case, "Money is back.")
    changed = partners.share(case, "partners")
    assert (changed["id"], changed["came"]) == (first["id"], 1)
    versions = [each for each in partners.gets(JP, "partners", ALL) if each["type"] == "incident"]
    assert [("open" in each["description"]) for each in versions] == [True, False]
    assert order_of(versions[0]["modified"]) < order_of(versions[1]["modified"])
    assert versions[0]["created"] == versions[1]["created"]
    (last,) = [each for each in partners.gets(JP, "partners") if each["type"] == "incident"]
    assert last == versions[1]


def test_ending_takes_back_what_no_other_share_brings(partners):
    one, other = (partners.case(Marking.AMBER, JP, US) for _ in range(2))
    partners.item(one, Marking.AMBER, JP)
    partners.item(other, Marking.AMBER, US)
    first, second = (partners.share(each, "partners")["id"] for each in (one, other))
    wallet = {each["id"] for each in partners.gets(KR, "partners") if "value" in each}
    assert len(wallet) == 1
    assert wallet <= partners.ids(JP, "partners")
    assert wallet <= partners.ids(US, "partners")
    shares.end(partners.desk, partners.by(KR), first, "Done.")
    assert not wallet & partners.ids(JP, "partners")
    assert wallet <= partners.ids(US, "partners")
    assert partners.kinds(JP, "partners") == ["incident"]
    shares.end(partners.desk, partners.by(KR), second, "Done too.")
    for member in (KR, JP, US):
        assert partners.gets(member, "partners", ALL) == []
    with partners.desk.database.read() as connection:
        rows = connection.execute(select(shared_object.c.bytes)).scalars().all()
    assert rows
    assert set(rows) == {None}
    with pytest.raises(RefusedError, match="ended at"):
        shares.end(partners.desk, partners.by(KR), first, "Again.")
    assert partners.share(one, "partners")["id"] != first
    assert partners.kinds(JP, "partners") == ["cryptocurrency-wallet", "incident"]


def test_narrowing_a_case_takes_it_out_of_collections_at_once(partners):
    case = partners.case(Marking.AMBER, JP, US)
    item = partners.item(case, Marking.GREEN)
    partners.share(case, "partners")
    partners.share(item, "partners")
    assert partners.kinds(US, "partners") == ["cryptocurrency-wallet", "incident"]
    cases.reshare(partners.desk, partners.by(KR), case, Shared(Marking.AMBER, (JP,)))
    assert partners.gets(US, "partners", ALL) == []
    assert partners.kinds(JP, "partners") == ["cryptocurrency-wallet", "incident"]
    cases.reshare(partners.desk, partners.by(KR), case, Shared(Marking.RED))
    assert partners.gets(JP, "partners", ALL) == partners.gets(KR, "partners", ALL) == []
    ended = shares.listed(partners.desk, partners.by(KR), Asked()).rows
    assert {each["reason"] for each in ended} == {"no member as such may see it any more"}


def test_what_others_wrote_in_a_case_goes_as_far_as_they_let_it(partners):
    case = partners.case(Marking.GREEN)
    partners.item(case, Marking.AMBER, KR, by=JP, kind="note", text="Of Japan, for Korea.")
    partners.item(case, Marking.AMBER, KR, US, by=JP, kind="note", text="Of Japan, for both.")
    partners.item(case, Marking.AMBER, US, by=JP, kind="note", text="Of Japan, for others.")
    partners.share(case, "partners")
    told = {
        member: {each["content"] for each in partners.gets(member, "partners") if "content" in each}
        for member in (KR, JP, US)
    }
    assert told[US] == {"Of Japan, for both."}
    assert told[KR] == told[JP] == {"Of Japan, for Korea.", "Of Japan, for both."}
    with pytest.raises(RefusedError, match="mem-kr's: theirs to share"):
        partners.share(case, partners.collect("of japan", KR, by=JP), by=JP)


def test_a_sighting_goes_to_whom_it_may_and_comes_back_out(partners):
    case = partners.case(Marking.AMBER, JP, US)
    seen = {"account": ACCOUNT, "first": "2026-11-01T00:00:00Z", "count": 3, "listed": "un KPi.1"}
    item = partners.item(case, Marking.AMBER, JP, kind="sighting", **seen)
    done = partners.share(item, "partners")
    assert partners.kinds(JP, "partners") == [
        "cryptocurrency-wallet", "identity", "incident", "indicator", "observed-data", "sighting",
    ]  # fmt: skip
    assert partners.gets(US, "partners", ALL) == []
    every = {each["id"]: each for each in partners.gets(JP, "partners")}
    (sighting,) = [each for each in every.values() if each["type"] == "sighting"]
    assert (sighting["count"], sighting["description"]) == (3, "Listed: un KPi.1.")
    assert sighting["first_seen"] == sighting["last_seen"] == "2026-11-01T00:00:00.000Z"
    assert every[sighting["sighting_of_ref"]]["type"] == "indicator"
    (tied,) = [each for each in every.values() if each["type"] == "relationship"]
    assert tied["target_ref"] == sighting["sighting_of_ref"]
    assert partners.share(item, "partners")["came"] == 0
    partners.share(case, "partners")  # what is in it goes along
    shares.end(partners.desk, partners.by(KR), done["id"], "A mistake.")
    assert "sighting" in partners.kinds(JP, "partners")
    assert partners.kinds(US, "partners") == ["incident"]
    other = {**seen, "count": 1}
    lone = partners.item(partners.case(Marking.GREEN), Marking.GREEN, kind="sighting", **other)
    share = partners.share(lone, "partners")
    assert "sighting" in partners.kinds(US, "partners")
    shares.end(partners.desk, partners.by(KR), share["id"], "A mistake.")
    assert "sighting" not in partners.kinds(US, "partners")


def test_a_sighting_that_says_no_such_thing_is_refused(partners):
    seen = {"account": ACCOUNT, "first": "2026-11-01T00:00:00Z"}
    case = partners.case()
    for more, reason in (
        ({"last": "2026-10-01T00:00:00Z"}, "ends before it begins"),
        ({"first": "yesterday"}, "is no time with a zone"), ({"first": ""}, "first is missing"),
        ({"count": 0}, "a number from 1 on"), ({"count": True}, "a number from 1 on"),
        ({"account": "x"}, "account"), ({"seen": 1}, "is none of"), ({"listed": 7}, "is no text"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=reason):
            partners.item(case, Marking.AMBER, kind="sighting", **seen | more)


POLICY = {
    "iep_id": "0224bfdf-ea3a-49c3-96f6-66d908bb1845", "iep_version": 2, "name": "Working group 4",
    "description": "For members alone.", "start_date": "2026-11-27T00:00:00.000Z", "tlp": "amber",
    "encrypt_in_transit": "must", "permitted_actions": "internally-visible-actions",
    "affected_party_notifications": "must-not", "provider_attribution": "must-not",
    "unmodified_resale": "must-not",
}  # fmt: skip


def handlings(objects):
    """How each object is handled that is not the same for everybody."""
    known = {each["id"]: each for each in objects}
    for each in objects:
        if each["type"] not in ("identity", "marking-definition", "extension-definition"):
            handling = handling_of(each["object_marking_refs"], known)
            yield handling.tlp, handling.pap, {one.name for one in handling.policies}


def test_terms_bind_all_that_is_made_of_a_row_and_are_not_forgotten(partners):
    case = partners.case(Marking.GREEN)
    partners.item(case, Marking.GREEN)
    partners.item(case, Marking.AMBER, JP, kind="note", text="Of Japan.")
    seen = {"account": OTHER, "first": "2026-11-01T00:00:00Z"}
    partners.item(case, Marking.GREEN, kind="sighting", **seen)
    said = {"pap": "PAP:RED", "iep": POLICY, "reliability": "B", "credibility": "2"}
    share = partners.share(case, "partners", **said)
    for _ in range(2):
        found = list(handlings(partners.gets(JP, "partners")))
        assert len(found) > 8
        assert {each[1] for each in found} == {Pap.RED}
        assert {each[0] for each in found} == {Marking.AMBER}  # of the policy: no wider
        assert all(each[2] == {"Working group 4"} for each in found)
        again = partners.share(case, "partners")  # nothing said: what was said before holds
        assert (again["id"], again["came"], again["gone"]) == (share["id"], 0, 0)
    (main,) = [each for each in partners.gets(US, "partners") if each["type"] == "incident"]
    assert (grade_of(main), main["confidence"]) == (Grade("B", "2"), 70)
    row = shares.shown(partners.desk, partners.by(KR), share["id"])
    assert row["terms"] == said
    assert row["marking"] == Marking.AMBER
    cases.reshare(partners.desk, partners.by(KR), case, Shared(Marking.AMBER, (JP,)))
    assert {each[1] for each in handlings(partners.gets(JP, "partners"))} == {Pap.RED}
    assert partners.gets(US, "partners", ALL) == []
    looser = partners.share(case, "partners", pap="PAP:AMBER")
    assert looser["came"] > 0
    found = list(handlings(partners.gets(JP, "partners")))
    assert {each[1:] for each in ((a, b, frozenset(c)) for a, b, c in found)} == {
        (Pap.AMBER, frozenset(["Working group 4"]))
    }


def test_one_row_under_two_terms_is_two_versions_which_stand(partners):
    """Whoever reads both collections is told two things of one id under two versions."""
    partners.collect("others", JP)
    case = partners.case(Marking.GREEN)
    partners.share(case, "partners")
    partners.share(case, "others", pap="PAP:RED")
    for name in ("partners", "others", "partners"):
        assert partners.share(case, name)["came"] == 0
    versions = {}
    for name in ("partners", "others"):
        for each in partners.gets(JP, name, ALL):
            key = (each["id"], each.get("modified"))
            assert versions.setdefault(key, each) == each or "modified" not in each
    assert {each[1] for each in handlings(partners.gets(JP, "others"))} == {Pap.RED}
    assert {each[1] for each in handlings(partners.gets(JP, "partners"))} == {None}


def test_terms_that_are_none_or_for_people_alone_are_refused(partners):
    case = partners.case(Marking.GREEN)
    for terms, reason in (
        ({"pap": "RED"}, "pap: 'RED' is none of"), ({"reliability": "G"}, "Admiralty"),
        ({"confidence": "wep:maybe"}, "no word of the scale"), ({"iep": {"tlp": "red"}}, "IEP"),
        ({"confidence": 7}, "is no text"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=reason):
            partners.share(case, "partners", **terms)
    with pytest.raises(RefusedError, match="is TLP:RED"):
        partners.share(case, "partners", iep=POLICY | {"tlp": "red"})
    assert partners.gets(KR, "partners", ALL) == []


def test_a_judgement_takes_its_case_along_and_no_wider(partners):
    case = partners.case(Marking.AMBER, JP, US)
    new = NewJudgement(case, "Lazarus Group", "moderate", ["wallets"], Shared(Marking.GREEN))
    judgement = cases.judge(partners.desk, partners.by(KR), new)
    partners.share(judgement, "partners")
    assert partners.kinds(JP, "partners") == ["incident", "note", "opinion"]
    cases.reshare(partners.desk, partners.by(KR), case, Shared(Marking.AMBER, (US,)))
    assert partners.gets(JP, "partners", ALL) == []
    assert partners.kinds(US, "partners") == ["incident", "note", "opinion"]


def test_an_order_goes_to_governments_with_what_was_answered(partners):
    world = partners.world
    order = world.draft()
    with pytest.raises(RefusedError, match="is a draft"):
        partners.share(order, "partners")
    world.say(order, Said.PROPOSE, KR)
    world.say(order, Said.CONCUR, JP)
    everybody = partners.collect("everybody", JP, US, NORTH, EAST)
    partners.share(order, everybody)
    with world.database.write() as tx:
        deliveries.acknowledge(tx, world.analyst(NORTH), order)
        held = NewReply(
            Answer.HELD, ACCOUNT, "eip155:1/slip44:60", "5000", reference=f"sha256:{'ab' * 32}"
        )
        replies.add(tx, world.analyst(NORTH), order, held)
    partners.share(order, everybody)
    assert partners.gets(NORTH, everybody, ALL) == partners.gets(EAST, everybody, ALL) == []
    assert partners.kinds(JP, everybody) == [
        "course-of-action", "cryptocurrency-wallet", "identity", "indicator", "note",
        "observed-data", "sighting",
    ]  # fmt: skip
    assert "ab" * 32 not in json.dumps(partners.gets(KR, everybody, ALL))
    assert partners.share(order, everybody)["came"] == 0


def test_the_accounts_of_a_report_go_and_its_words_stay(partners):
    new = NewReport("victim", "kim@example.org", "My coins", [ACCOUNT, OTHER], [],
                    Shared(Marking.AMBER, (JP,)))  # fmt: skip
    report = cases.receive(partners.desk, partners.by(KR), new)["id"]
    partners.share(report, "partners")
    assert partners.kinds(JP, "partners") == [
        "cryptocurrency-wallet", "cryptocurrency-wallet", "observed-data",
    ]  # fmt: skip
    assert partners.gets(US, "partners", ALL) == []
    assert "coins" not in json.dumps(partners.gets(KR, "partners", ALL))


def paper(partners, shared, name="sim.toml"):
    """A file before a meeting of Korea and Japan."""
    desk, korea = partners.desk, partners.by(KR)
    seats = (AskedSeat(KR, "Ministry", "co-chair"), AskedSeat(JP, "Ministry", "member"))
    asked = AskedBody(
        seats, Shared(), name="Group", basis="A statement", scope="Thefts",
        rule="FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", first="2030-01-01T10:00", zone="Asia/Seoul",
        minutes=60, agenda=(),
    )  # fmt: skip
    meeting = meetings.call(
        desk, korea, bodies.found(desk, korea, asked), NewMeeting("Seoul", Shared())
    )
    lying = NewItem(partners.case(Marking.AMBER), "file", {}, Shared())
    file = cases.keep_file(desk, korea, lying, name, DESIGNATION.encode())
    return meetings.lay(desk, korea, meeting, NewPaper("Proposed", shared, file=file))


def test_a_designation_goes_to_those_who_sit_there_as_far_as_its_paper_lets_it(partners):
    partners.share(paper(partners, Shared(Marking.GREEN)), "partners")
    assert partners.gets(US, "partners", ALL) == []
    green = partners.gets(JP, "partners")
    assert "report" in {each["type"] for each in green}
    assert "Simon Secretname" not in json.dumps(green)
    partners.share(paper(partners, Shared(Marking.AMBER, (JP,))), "partners")
    both = partners.gets(JP, "partners", ALL)
    assert "Simon Secretname" in json.dumps(both)
    known = {}
    for each in (each for each in both if "modified" in each):
        assert known.setdefault((each["id"], each["modified"]), each) == each
    with pytest.raises(RefusedError, match="is no designation file"):
        partners.share(paper(partners, Shared(Marking.GREEN), "sim.txt"), "partners")
    with pytest.raises(NotFoundError, match="no paper"):
        partners.share(paper(partners, Shared()), partners.collect("of the US", by=US), by=US)


def test_an_incident_of_the_registry_goes_to_whoever_reads(partners):
    partners.share("ronin-2022", "partners")
    assert "incident" in partners.kinds(US, "partners")
    assert partners.share("ronin-2022", "partners")["came"] == 0
    with pytest.raises(NotFoundError, match="no incident nothing-2022"):
        partners.share("nothing-2022", "partners")


def test_what_may_not_go_is_refused_with_the_reason(partners):
    with pytest.raises(RefusedError, match="is TLP:RED"):
        partners.share(partners.case(Marking.RED), "partners")
    with pytest.raises(RefusedError, match="released to nobody who reads partners"):
        partners.share(partners.case(Marking.AMBER), "partners")
    with pytest.raises(RefusedError, match="released to nobody who reads partners"):
        partners.share(partners.case(Marking.AMBER, EAST), "partners")
    case = partners.case(Marking.AMBER, JP)
    with pytest.raises(NotFoundError, match="no collection"):
        partners.share(case, "hidden")
    with pytest.raises(UsageError, match="why"):
        partners.share(case, "partners", " ")
    of_japan = partners.case(Marking.GREEN, by=JP)
    with pytest.raises(ForbiddenError, match="may not write"):
        partners.share(of_japan, "partners", by=JP)
    for kind in ("case", "item", "ord", "jud", "rep", "paper"):
        with pytest.raises(NotFoundError):
            partners.share(f"{kind}-0123456789abcdef", "partners")
    assert partners.gets(KR, "partners", ALL) == []


def test_a_refusal_does_not_tell_who_reads_a_collection_of_another(partners):
    """Korea writes in Japan's collection, and is not told who reads it."""
    theirs = partners.collect("of japan", US, by=JP)
    with partners.desk.database.write() as tx:
        making.grant(tx, partners.by(JP), theirs, KR, (False, True))
    for to in (US, EAST):
        partners.share(partners.case(Marking.AMBER, to), theirs)
    assert partners.kinds(US, theirs) == ["incident"]


def test_a_share_is_its_members_alone(partners):
    id = partners.share(partners.case(Marking.AMBER, JP), "partners")["id"]
    (row,) = shares.listed(partners.desk, partners.by(KR), Asked()).rows
    assert (row["id"], row["why"], row["to"]) == (id, "They asked.", [JP, KR])
    assert not shares.listed(partners.desk, partners.by(JP), Asked()).rows
    for act in (shares.shown, lambda *of: shares.end(*of, "x")):
        with pytest.raises(NotFoundError, match=f"no share {id}"):
            act(partners.desk, partners.by(JP), id)
