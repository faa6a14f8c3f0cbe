"""What a desk of the pages' tests holds: a full case, one that is closed to Korea, many small."""

from dataclasses import dataclass

from stanch.app.desk import cases
from stanch.app.desk.desk import Desk
from stanch.app.desk.words import NewItem, NewJudgement, Shared
from stanch.cases.traces import Passed, attach
from stanch.members import organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.marking import Marking
from tests.members.house import House

ACCOUNT = "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"
HOSTILE = '<script>alert(1)</script> {{7*7}} " onmouseover="alert(2)'
KOREAN = "업비트 도난, 2026년 11월"
USDT = "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7"


@dataclass(frozen=True)
class Sown:
    """Ids of what was sown."""

    full: str
    bare: str
    hidden: str  # a case that Korea may not see


def sow(desk: Desk, house: House) -> Sown:
    """Fill the desk."""
    korea = house.caller(house.chief, "analyst")
    with desk.database.write() as tx:
        organisations.add(
            tx, house.chief, NewMember("Japan Cyber Police Bureau", "government", "JP", True)
        )
        organisations.add(tx, house.chief, NewMember("Upbeat", "exchange", "KR"))
        link = people.add_first(
            tx, house.chief, "mem-japan-cyber-police-bureau", NewPerson("Sato", [])
        )
    chief = house.of_token(house.come_in(link))
    japan = house.caller(chief, "analyst")
    to_korea = Shared(Marking.AMBER, ("mem-korea",))
    full = cases.open_case(
        desk,
        korea,
        KOREAN,
        Shared(Marking.AMBER, ("mem-japan-cyber-police-bureau",)),
        "2026-11-25T19:03:00Z",
    )
    own = Shared(Marking.AMBER, ("mem-japan-cyber-police-bureau",))
    for kind, body in (
        ("incident", {"title": HOSTILE}),
        ("account", {"account": ACCOUNT}),
        ("tag", {"account": ACCOUNT, "label": "Upbeat hot wallet"}),
        ("note", {"text": "Seen at 12:00.\nThe rest waits in one account."}),
    ):
        cases.add_item(desk, korea, NewItem(full, kind, body, own))
    cases.keep_file(desk, korea, NewItem(full, "file", {}, own), "<b>receipt.pdf", b"%PDF" * 900)
    trace = NewItem(full, "trace", {"manifest": "sha256:" + "ab" * 32}, own)
    with desk.database.write() as tx:
        attach(tx, korea, trace, _passed())
    cases.judge(
        desk,
        korea,
        NewJudgement(
            full,
            "Lazarus Group",
            "moderate",
            ["shared infrastructure with an earlier theft", "the peel chain's timing"],
            own,
        ),
    )
    cases.judge(
        desk,
        japan,
        NewJudgement(full, "TraderTraitor", "high", ["a loader seen in an earlier case"], to_korea),
    )
    theirs = cases.open_case(desk, japan, "Mixer deposits in November", to_korea)
    cases.add_item(desk, japan, NewItem(theirs, "account", {"account": ACCOUNT}, to_korea))
    hidden = cases.open_case(desk, japan, "Hidden from Korea", Shared())
    bare = cases.open_case(desk, korea, HOSTILE, Shared())
    for number in range(30):
        cases.open_case(desk, korea, f"Small theft {number}", Shared())
    return Sown(full, bare, hidden)


def _passed() -> list[Passed]:
    """1, 3, 9, ... accounts, each hop three times as many, with less and less in each."""
    found = []
    for hop in range(6):
        for place in range(3**hop):
            account = f"eip155:1:0x{hop:02x}{place:038x}"
            found.append(Passed("theft-1", account, USDT, hop, 10**12 // 3**hop - place))
    return found
