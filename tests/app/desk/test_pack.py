"""The pack of a meeting: of all that the desk holds, each reader's has what they may see."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from stanch.app.desk.desk import Desk
from stanch.app.desk.pack import of_meeting
from stanch.app.desk.paper_files import handed_out
from stanch.body import actions, items, meetings, seats, targets
from stanch.body.actions import NewAction
from stanch.body.bodies import NewBody, found
from stanch.body.items import NewPaper
from stanch.body.meetings import NewMeeting
from stanch.body.schedule import Schedule
from stanch.body.seats import NewSeat
from stanch.body.targets import NewReading, NewTarget
from stanch.cases import files
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.errors import NotFoundError
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.model.desk.states import OrderState
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import html
from stanch.reports.pack.pack import ActionState, Came, Heard, Row, Why
from stanch.response import orders, outcomes, replies, reviews
from stanch.response.orders import NewOrder
from stanch.response.outcomes import NewOutcome
from stanch.response.replies import NewReply
from stanch.store.desk.page import Asked
from stanch.store.desk.seated import Reader
from tests.desk_world import ACCOUNT, JP, KR, NORTH, US, USDT, world
from tests.registry.tables import written

QUARTERLY = Schedule("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", "2026-01-01T10:00", "Asia/Seoul")
ALL = Shared()


class Played:
    """A body of three, its second meeting, and what was done between the two."""

    def __init__(self, database, key, clock, folder):
        self.registry = written(folder)
        clock.at = datetime(2026, 1, 5, tzinfo=UTC)
        self.world = world(database, key)
        self.database, self.clock = database, clock
        self.desk = Desk(self.world.desk, "Joint desk", None, key, database)
        body = (NewSeat(US, "State", "co-chair"), NewSeat(KR, "Foreign Affairs", "co-chair"))
        new = NewBody("Working group", "A statement", "Thefts", QUARTERLY, (), body, ALL)
        self.body = self.write(found, self.kr, new)
        self.write(seats.take, self.kr, self.body, NewSeat(JP, "Foreign Affairs", "member"))
        self.first = self.call()
        clock.at = datetime(2026, 1, 14, tzinfo=UTC)
        for name, shared in (("Send the list", ALL), ("Secret errand", Shared(Marking.RED))):
            action = NewAction(US, name, "2026-04-01", shared)
            self.write(actions.give, self.kr, self.first, action)
        aim = NewTarget("Time to hold", "hours", "72", "24", "2026-12-31", ALL)
        self.target = self.write(targets.aim, self.kr, self.body, aim)
        self.read("60.5", ALL)
        clock.move(minutes=1)  # of one day's readings the later one counts
        self.read("48", Shared(Marking.AMBER, (US,)))
        self.order = self.world.in_force()
        self.second = self.call()

    @property
    def kr(self):
        return self.world.analyst(KR)

    def write(self, do, *said):
        with self.database.write() as tx:
            return do(tx, *said)

    def call(self):
        return self.write(meetings.call, self.kr, self.body, NewMeeting("Seoul", ALL))

    def read(self, value, shared):
        new = NewReading(self.target, value, self.database.now()[:10], shared)
        return self.write(targets.take_reading, self.kr, new)

    def pack(self, member, meeting=None):
        caller = self.world.analyst(member)
        return of_meeting(self.desk, caller, meeting or self.second, self.registry)


@pytest.fixture
def played(database, desk_key, clock, tmp_path: Path):
    return Played(database, desk_key, clock, tmp_path)


def test_it_reaches_from_the_meeting_before_to_this_one(played):
    pack = played.pack(JP)
    assert (pack.reader, pack.meeting.body, pack.meeting.number) == ("Japan", "Working group", 2)
    assert pack.rule.first.first == date(2026, 1, 13)
    assert pack.rule.last.last == pack.as_of == pack.meeting.day == date(2026, 4, 14)
    first = played.pack(JP, played.first)
    assert first.rule.first.first == date(2026, 1, 13) - timedelta(days=91)
    assert (first.orders, first.actions) == ((), ())


def test_each_reader_has_what_they_may_see(played):
    korea, japan, states = (played.pack(each) for each in (KR, JP, US))
    assert {each.title for each in korea.actions} == {"Send the list", "Secret errand"}
    for pack in (japan, states):
        assert [(each.title, each.owner) for each in pack.actions] == [
            ("Send the list", "United States")
        ]
        assert "Secret errand" not in repr(pack)
    assert [each.state for each in japan.actions] == [ActionState.LATE]
    assert [each.now.value for each in japan.targets] == [Decimal("60.5")]
    assert [each.now.value for each in states.targets] == [48]
    unseen = [
        sum(each.count for each in pack.left_out if each.what is Row.ACTIONS)
        for pack in (korea, japan, states)
    ]
    assert unseen == [0, 1, 1]
    assert korea.marking is Marking.RED
    assert japan.marking is states.marking is Marking.AMBER
    assert "Secret errand" not in html(compose(japan, "ko"))
    assert "Secret errand" in html(compose(korea, "ko"))


def test_papers_are_the_threat_assessment_and_proposed_designations(played):
    for title, topic, shared in (
        ("Bridges", "threats", ALL),
        ("Sources", "threats", Shared(Marking.RED)),
        ("Two brokers", "sanctions", Shared(Marking.AMBER, (US,))),
        ("Agenda notes", "other", ALL),
    ):
        new = NewPaper(title, shared, "As north-2019 shows.", topic=topic)
        played.write(items.lay, played.kr, played.second, new)
    korea, japan, states = (played.pack(each) for each in (KR, JP, US))
    assert [each.title for each in korea.threats] == ["Bridges", "Sources"]
    assert [(each.title, each.text) for each in japan.threats] == [
        ("Bridges", "As north-2019 shows.")
    ]
    assert japan.designations == ()
    assert [each.name for each in states.designations] == ["Two brokers"]
    hidden = {each.what: each.count for each in japan.left_out if each.why is Why.MARKING}
    assert (hidden[Row.THREATS], hidden[Row.DESIGNATIONS]) == (1, 1)
    page = html(compose(japan, "ja"))
    assert "Bridges" in page
    assert "Sources" not in page
    assert "Two brokers" not in page
    assert "Agenda notes" not in page


def test_a_paper_leads_to_the_incidents_it_names(played):
    new = NewPaper("Bridges", ALL, "South-2020, and south-2020.", topic="threats")
    played.write(items.lay, played.kr, played.second, new)
    text = (played.registry / "incidents.csv").read_text().replace("2020-02,", "2026-02-03,")
    (played.registry / "incidents.csv").write_text(text)
    text = (played.registry / "statements.csv").read_text().replace("2020-03-01", "2026-03-01")
    (played.registry / "statements.csv").write_text(text)
    text = (played.registry / "sources.csv").read_text().replace("2020-03-01", "2026-03-01")
    (played.registry / "sources.csv").write_text(text)
    text = (played.registry / "slices.csv").read_text().replace("south-2020", "")
    (played.registry / "slices.csv").write_text(text)
    (threat,) = played.pack(KR).threats
    assert threat.rows == ("incident/south-2020",)


DESIGNATION = """
format = "stanch-designation@1"
[designation]
id = "sim-1"
title = "Simulation"
author = "Simulated unit"
prepared = 2026-04-01
marking = "TLP:RED"
cover = "TLP:GREEN"
simulation = true
legal_basis = ["Act"]
measures = ["freeze"]
[[person]]
id = "han"
marking = "TLP:GREEN"
names = ["HAN Sim Il"]
[[person]]
id = "doe"
marking = "TLP:RED"
names = ["Jane Simulated Doe"]
[[statement]]
text = "Han paid out stolen coins."
about = ["han"]
marking = "TLP:GREEN"
evidence = [{ incident = "south-2020" }]
[[statement]]
text = "Doe told us so."
about = ["han", "doe"]
marking = "TLP:RED"
evidence = [{ incident = "south-2020" }]
"""


def test_a_designation_file_is_told_as_its_paper_is_marked(played):
    """Whoever may see a paper in amber is told nothing of what the file has in red."""
    item = NewItem(played.world.case, "file", {}, Shared(Marking.AMBER))
    id = played.write(files.keep, played.kr, item, "kim.toml", DESIGNATION.encode())
    new = NewPaper("Two people", ALL, file=id, topic="sanctions")
    played.write(items.lay, played.kr, played.second, new)
    (one,) = played.pack(JP).designations
    assert (one.name, one.reasons) == ("HAN Sim Il", "1. Han paid out stolen coins.")
    assert "Doe" not in repr(played.pack(JP))
    item = NewItem(played.world.case, "file", {}, Shared(Marking.AMBER))
    id = played.write(files.keep, played.kr, item, "broken.toml", b"format =")
    new = NewPaper("A draft", ALL, file=id, topic="sanctions")
    played.write(items.lay, played.kr, played.second, new)
    assert [each.name for each in played.pack(JP).designations] == ["HAN Sim Il", "A draft"]


def proposed(played, text, shared=ALL):
    """Lay a designation file; returns the paper."""
    item = NewItem(played.world.case, "file", {}, Shared(Marking.AMBER))
    id = played.write(files.keep, played.kr, item, "kim.toml", text.encode())
    new = NewPaper("A proposal", shared, file=id, topic="sanctions")
    return played.write(items.lay, played.kr, played.second, new)


def test_a_file_with_more_than_its_paper_may_tell_is_for_its_owner_alone(played):
    plain = DESIGNATION.replace("TLP:RED", "TLP:AMBER")
    narrower, whole = proposed(played, DESIGNATION), proposed(played, plain)
    # Of a file that cannot be read nobody knows the markings.
    broken = proposed(played, DESIGNATION.replace("title =", "title"))
    japan = played.world.analyst(JP)
    for paper in (narrower, broken):
        assert b"Doe" in handed_out(played.desk, played.kr, paper)[1]
        with pytest.raises(NotFoundError, match=f"no paper {paper} with a file"):
            handed_out(played.desk, japan, paper)
    assert handed_out(played.desk, japan, whole) == ("kim.toml", plain.encode())


def test_a_proposal_that_names_what_is_narrower_is_told_to_nobody(played):
    proposed(played, DESIGNATION.replace("Han paid out", "Jane Simulated Doe paid out"))
    (one,) = played.pack(JP).designations
    assert one.name == "A proposal"
    assert "Doe" not in repr(played.pack(JP))


def test_wallets_that_nobody_is_said_to_hold_are_proposals_too(played):
    head, _, _ = DESIGNATION.partition("[[person]]")
    wallets = """
[[wallet]]
id = "w1"
chain = "eip155:1"
address = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
marking = "TLP:GREEN"
[[statement]]
text = "Stolen coins came here."
about = ["w1"]
marking = "TLP:GREEN"
evidence = [{ incident = "south-2020" }]
"""
    proposed(played, head + wallets)
    (one,) = played.pack(JP).designations
    assert one.name == "eip155:1:0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
    assert one.reasons == "1. Stolen coins came here."


def test_orders_come_with_what_came_of_them(played):
    (before,) = played.pack(US).orders
    assert (before.id, before.state) == (played.order, OrderState.IN_FORCE)
    assert (before.accounts, before.held, before.hours, before.came) == (1, 0, None, ())
    played.clock.move(hours=6)
    held = NewReply("held", account=ACCOUNT, asset=USDT, amount="5", reference=f"sha256:{'a' * 64}")
    played.write(replies.add, played.world.analyst(NORTH), played.order, held)
    played.clock.move(days=2)
    for stage, shared in (("seizure", Shared(Marking.AMBER, (US,))), ("return", ALL)):
        new = NewOutcome(stage, played.database.now(), shared=shared)
        played.write(outcomes.add, played.kr, played.order, new)
    (states,), (japan,) = played.pack(US).orders, played.pack(JP).orders
    assert (states.held, states.hours) == (1, Decimal("6.0"))
    assert states.came == (Came.SEIZURE,)
    assert japan.came == ()
    assert len(played.pack(KR).orders[0].came) == 2


def test_reviews_come_with_their_order_for_who_asked_and_who_answers(played):
    def shown(member):
        return [each for one in played.pack(member).orders for each in one.reviews]

    nothing = played.pack(US)
    for member in (NORTH, JP, NORTH, NORTH):
        played.clock.move(minutes=1)
        id = played.write(
            reviews.ask, played.world.analyst(member), played.order, "Kim Jiho", "A salary"
        )
        if member == JP:
            asked = id
    ids = [each.id for each in shown(KR)]
    assert [each.heard for each in shown(KR)] == [Heard.OVERDUE] * 4  # by the meeting's day
    played.write(reviews.answer, played.kr, ids[0], True, "It was a salary")
    played.clock.move(days=8)
    played.write(reviews.answer, played.kr, ids[1], False, "It was not")
    (japans,) = shown(JP)
    assert (japans.id, japans.heard, japans.upheld) == (asked, Heard.LATE, False)
    assert [(each.heard, each.upheld) for each in shown(KR)] == [
        (Heard.IN_TIME, True), (Heard.LATE, False), (Heard.OVERDUE, None), (Heard.OVERDUE, None),
    ]  # fmt: skip
    korea, states = played.pack(KR), played.pack(US)
    assert states == nothing  # nor is it counted that there are any
    assert korea.marking is Marking.RED
    assert played.pack(JP).marking is Marking.STRICT
    page = html(compose(korea, "en"))
    assert "Kim Jiho" not in page
    assert "salary" not in page
    assert page == html(compose(played.pack(KR), "en"))


def test_what_a_reader_may_not_see_is_counted_and_drafts_are_nobodys(played):
    played.world.draft()
    new = NewOrder(
        played.world.case, OrderKind.HOLD, (Target(ACCOUNT),), "Court order 2026-2",
        "2026-03-01T00:00:00Z", Addressees((NORTH,)), Shared(Marking.RED),
    )  # fmt: skip
    secret = played.write(orders.draft, played.kr, new)
    assert len(played.pack(JP).orders) == 1
    assert not [each for each in played.pack(JP).left_out if each.what is Row.ORDERS and each.count]
    played.world.say(secret, Said.PROPOSE, KR)
    japan = played.pack(JP)
    (hidden,) = (each for each in japan.left_out if each.what is Row.ORDERS)
    assert (hidden.why, hidden.count) == (Why.MARKING, 1)
    assert secret not in repr(japan)


def test_who_left_is_not_told_how_much_came_after(played):
    played.clock.at = datetime(2026, 4, 15, tzinfo=UTC)
    lay(played, "Before")
    played.clock.move(minutes=1)
    (seat,) = (
        each["id"] for each in listed_seats(played) if (each["member"], each["until"]) == (JP, None)
    )
    played.write(seats.end, played.kr, seat)
    before, others = played.pack(JP), played.pack(US)
    played.clock.move(days=1)
    lay(played, "Late minutes")
    after, told = played.pack(JP), played.pack(US)
    assert after == before
    assert withheld(before) == {Row.ACTIONS: 2, Row.THREATS: 1, Row.TARGETS: 1}
    assert withheld(others) == {Row.ACTIONS: 2, Row.THREATS: 1, Row.TARGETS: 1}
    assert withheld(told) == {Row.ACTIONS: 3, Row.THREATS: 2, Row.TARGETS: 2}


def lay(played, name):
    """An action, a paper and a target in red."""
    red = Shared(Marking.RED)
    played.write(actions.give, played.kr, played.first, NewAction(US, name, "2026-05-01", red))
    paper = NewPaper(name, red, name, topic="threats")
    played.write(items.lay, played.kr, played.second, paper)
    aim = NewTarget(name, "hours", "72", "24", "2026-12-31", red)
    played.write(targets.aim, played.kr, played.body, aim)


def listed_seats(played):
    reader = Reader(played.kr, played.database.now())
    with played.database.read() as connection:
        return seats.listed(connection, reader, played.body, Asked(sort="since")).rows


def withheld(pack):
    rows = (Row.ACTIONS, Row.THREATS, Row.TARGETS)
    return {each.what: each.count for each in pack.left_out if each.what in rows and each.count}


def test_who_has_no_seat_has_no_pack(played):
    with pytest.raises(NotFoundError):
        played.pack(NORTH)
    with pytest.raises(NotFoundError):
        of_meeting(played.desk, played.kr, "meet-0000000000000000", played.registry)


def test_what_is_entered_on_the_day_of_a_meeting_is_in_the_next_pack_too(played):
    """Its own may be printed already."""
    played.clock.at = datetime(2026, 4, 14, 9, tzinfo=UTC)  # the second meeting's day
    order = played.world.in_force()
    third = played.call()
    assert order in {each.id for each in played.pack(KR).orders}
    assert [each.id for each in played.pack(KR, third).orders] == [order]
