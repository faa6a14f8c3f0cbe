"""What a desk of the pages' tests holds: a full case, one that is closed to Korea, many small."""

from dataclasses import dataclass

from stanch.app.desk import bodies, cases, meetings
from stanch.app.desk.desk import Desk
from stanch.app.desk.words import (
    AskedBody,
    AskedSeat,
    NewAction,
    NewItem,
    NewJudgement,
    NewMeeting,
    NewPaper,
    NewReading,
    NewTarget,
    Shared,
)
from stanch.cases.traces import Passed, attach
from stanch.members import organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from tests.app.designation.sample import TEXT as DESIGNATION
from tests.members.house import KOREA, House

JAPAN = "mem-japan"
ACCOUNT = "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"
HOSTILE = '<script>alert(1)</script> {{7*7}} " onmouseover="alert(2)'
KOREAN = "업비트 도난, 2026년 11월"
USDT = "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7"
TO_JAPAN = Shared(Marking.AMBER, (JAPAN,))
TO_KOREA = Shared(Marking.AMBER, (KOREA,))


@dataclass(frozen=True)
class Sown:
    """Ids of what was sown, and the administrators of the members that joined."""

    full: str
    bare: str
    hidden: str  # a case that Korea may not see
    body: str
    meeting: str  # its second, with something of everything
    designation: str  # a paper of that, whose file is one
    japan: Caller
    upbeat: Caller


def sow(desk: Desk, house: House) -> Sown:
    """Fill the desk."""
    korea = house.caller(house.chief, "analyst")
    chief = joins(
        house, NewMember("Japan Cyber Police Bureau", "government", "JP", True, JAPAN), "Sato"
    )
    upbeat = joins(house, NewMember("Upbeat", "exchange", "KR"), "Song Mina")
    japan = house.caller(chief, "analyst")
    full = _full(desk, korea, japan)
    theirs = cases.open_case(desk, japan, "Mixer deposits in November", TO_KOREA)
    cases.add_item(desk, japan, NewItem(theirs, "account", {"account": ACCOUNT}, TO_KOREA))
    hidden = cases.open_case(desk, japan, "Hidden from Korea", Shared())
    bare = cases.open_case(desk, korea, HOSTILE, Shared())
    for number in range(30):
        cases.open_case(desk, korea, f"Small theft {number}", Shared())
    return Sown(full, bare, hidden, *_body(desk, korea, bare), chief, upbeat)


def _body(desk: Desk, korea: Caller, case: str) -> tuple[str, str, str]:
    """A body with two meetings; the second opens with an action of the first, and has a designation
    file that lies in the case.
    """
    seats = (AskedSeat(KOREA, "Ministry of Foreign Affairs", "co-chair"),
             AskedSeat(JAPAN, "外務省", "member"))  # fmt: skip
    agenda = (("review", "Review of progress"), ("threats", HOSTILE))
    asked = AskedBody(
        seats, Shared(), name=f"{KOREAN} {HOSTILE}", basis="A joint statement", scope="Thefts",
        rule="FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", first="2030-01-01T10:00", zone="Asia/Seoul",
        minutes=180, agenda=agenda,
    )  # fmt: skip
    body = bodies.found(desk, korea, asked)
    aim = NewTarget("Time from theft to hold", "hours", "72", "24", "2030-12-31", Shared())
    target = bodies.aim(desk, korea, body, aim)
    bodies.take_reading(desk, korea, NewReading(target, "60.5", "2026-01-05", Shared()))
    for place in ("Seoul", "Tokyo"):
        meeting = meetings.call(desk, korea, body, NewMeeting(place, Shared()))
        meetings.lay(desk, korea, meeting, NewPaper(HOSTILE, Shared(), text="One line.\n" * 5))
        meetings.decide(desk, korea, meeting, "Exchanges are asked for one contact.", Shared())
        action = NewAction(JAPAN, "Ask the exchanges for one contact each", "2030-06-30", Shared())
        meetings.give(desk, korea, meeting, action)
    lying = NewItem(case, "file", {}, Shared())
    file = cases.keep_file(desk, korea, lying, "sim.toml", DESIGNATION.encode())
    new = NewPaper("Two who are proposed", Shared(), file=file, topic="sanctions")
    return body, meeting, meetings.lay(desk, korea, meeting, new)


def joins(house: House, new: NewMember, administrator: str) -> Caller:
    """A member joins, and its administrator comes in."""
    with house.database.write() as tx:
        id = organisations.add(tx, house.chief, new).id
        link = people.add_first(tx, house.chief, id, NewPerson(administrator, []))
    return house.of_token(house.come_in(link))


def _full(desk: Desk, korea: Caller, japan: Caller) -> str:
    case = cases.open_case(desk, korea, KOREAN, TO_JAPAN, "2026-11-25T19:03:00Z")
    for kind, body in (
        ("incident", {"title": HOSTILE, "incident": "ronin-2022"}),
        ("account", {"account": ACCOUNT}),
        ("tag", {"account": ACCOUNT, "label": "Upbeat hot wallet"}),
        ("note", {"text": "Seen at 12:00.\nThe rest waits in one account."}),
    ):
        cases.add_item(desk, korea, NewItem(case, kind, body, TO_JAPAN))
    cases.keep_file(desk, korea, NewItem(case, "file", {}, TO_JAPAN), "<b>receipt.pdf", b"%PDF" * 9)
    trace = NewItem(case, "trace", {"manifest": "sha256:" + "ab" * 32}, TO_JAPAN)
    with desk.database.write() as tx:
        attach(tx, korea, trace, _passed())
    for by, actor, confidence, sources, shared in (
        (korea, "Lazarus Group", "moderate", ["shared infrastructure", "its timing"], TO_JAPAN),
        (japan, "TraderTraitor", "high", ["a loader seen in an earlier case"], TO_KOREA),
    ):
        cases.judge(desk, by, NewJudgement(case, actor, confidence, sources, shared))
    return case


def _passed() -> list[Passed]:
    """1, 3, 9, ... accounts, each hop three times as many, with less and less in each."""
    found = []
    for hop in range(6):
        for place in range(3**hop):
            account = f"eip155:1:0x{hop:02x}{place:038x}"
            found.append(Passed("theft-1", account, USDT, hop, 10**12 // 3**hop - place))
    return found
