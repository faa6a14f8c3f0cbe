"""A small pack with every part, each test changing what it needs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from stanch.model.desk.confidence import Confidence
from stanch.model.desk.marking import Marking
from stanch.model.desk.states import OrderState
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import (
    AmountKind,
    Bar,
    By,
    IncidentKind,
    PlaceRole,
    Stance,
    Valuation,
    VictimKind,
)
from stanch.reports.pack.common_threats import Common, CommonThreat, ThreatKind, Touched
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import (
    Action,
    ActionState,
    Came,
    Claimed,
    Count,
    Designation,
    Entry,
    Heard,
    IncidentRow,
    LeftOut,
    Line,
    Meeting,
    OrderRow,
    Pack,
    ReviewRow,
    Row,
    Rule,
    Said,
    SourceRow,
    Sum,
    Target,
    Threat,
    Why,
)

NORTH, SOUTH = "incident/north-2026", "incident/south-2026"
RULE = Rule(
    Moment.parse("2026-01"), Moment.parse("2026-03"), Bar.C, PlaceRole.SEAT, True, Valuation.THEN
)


def incident(id="north-2026", victim="North Coin", usd=1_460_000_000, technique="spear-phish"):
    return IncidentRow(
        id, Moment.parse("2026-02-21"), IncidentKind.THEFT, victim, VictimKind.EXCHANGE, "KR",
        technique, Bar.A, False, "paper",
        (Sum(AmountKind.STOLEN, "ETH", Decimal("10.5"), usd, "paper"),),
        (Said("Police", "KR", Stance.ATTRIBUTES, "Group", Moment.parse("2026-03"), "paper"),),
    )  # fmt: skip


def line(key, name, rows, usd):
    return Line(
        key, name, Number(len(rows), rows), Number(usd, rows), Number(0), Number(30, rows[:1]),
        Number(0), Number(Decimal("2.5"), rows),
    )  # fmt: skip


def review(id, heard, upheld=None):
    """One of February 23rd, due a week later."""
    answered = None if upheld is None else date(2026, 3, 1 if heard is Heard.IN_TIME else 9)
    return ReviewRow(id, date(2026, 2, 23), date(2026, 3, 2), answered, heard, upheld)


REVIEWS = (review("rev-1", Heard.IN_TIME, True), review("rev-2", Heard.LATE, False))


def order(id="order-7", state=OrderState.IN_FORCE, held=2, reviews=()):
    return OrderRow(
        id,
        "case-3",
        date(2026, 2, 22),
        state,
        3,
        held,
        Decimal("1.5"),
        (Came.SEIZURE, Came.RETURN),
        reviews,
    )


def entry(id, member, said, stance=None, confidence=None, marking=Marking.AMBER):
    return Entry(id, "case-3", date(2026, 3, 1), member, said, stance, confidence, marking)


ENTRIES = (
    entry("item-1", "Korea", "eip155:1:0x" + "ab" * 20),
    entry("item-2", "Japan", "eip155:1:0x" + "ab" * 20, marking=Marking.GREEN),
    entry("jud-1", "Korea", "Group", Stance.ATTRIBUTES, Confidence.HIGH),
    entry("jud-2", "Japan", "Band", Stance.SUSPECTS, Confidence.LOW, Marking.GREEN),
)


def common():
    """One threat of each kind, each of two."""
    both = Number(2, (NORTH, SOUTH))
    countries = (Touched("KR", "", Number(1, (NORTH,))), Touched("JP", "", Number(1, (SOUTH,))))
    accounts = Number(2, ("entry/item-1", "entry/item-2"))
    members = (Touched("", "Japan", Number(1, accounts.rows[1:])),
               Touched("", "Korea", Number(1, accounts.rows[:1])))  # fmt: skip
    judged = Number(2, ("entry/jud-1", "entry/jud-2"))
    judges = (Touched("JP", "", Number(1, judged.rows[1:])),
              Touched("KR", "", Number(1, judged.rows[:1])))  # fmt: skip
    return Common(
        ("KR", "JP", "US"),
        (CommonThreat(ThreatKind.ACTOR, "Group", countries, both, Number(1_460_000_500, both.rows)),
         CommonThreat(ThreatKind.TECHNIQUE, "spear-phish", countries, both, Number(None)),
         CommonThreat(ThreatKind.CAMPAIGN, "maui", countries, both, Number(500, (SOUTH,)))),
        (CommonThreat(ThreatKind.ACCOUNT, ENTRIES[0].said, members, accounts,
                      marking=Marking.AMBER),
         CommonThreat(ThreatKind.JUDGED, "Group / Band", judges, judged, marking=Marking.AMBER)),
    )  # fmt: skip


def sample(**changes):
    both = (NORTH, SOUTH)
    pack = Pack(
        reader="Republic of Korea",
        meeting=Meeting("Working group", 4, date(2026, 4, 9)),
        rule=RULE,
        as_of=date(2026, 3, 31),
        marking=Marking.GREEN,
        whole=line("", "", both, 1_460_000_500),
        counts=(
            Count(By.QUARTER, (line("2026-Q1", "2026-Q1", both, 1_460_000_500),)),
            Count(By.COUNTRY, (line("KR", "KR", (NORTH,), 1_460_000_000),
                               line("JP", "JP", (SOUTH,), 500))),
            Count(By.ACTOR, (line("group", "Group", both, 1_460_000_500),)),
        ),
        claims=(Claimed("Firm", "Thefts", Moment.parse("2026-03-30"), "KR", Moment.parse("2026"),
                        Moment.parse("2026"), Number(1600, ("source/paper",)),
                        Number(1500, both), Number(0), Number(7, (SOUTH,)), Number(0),
                        Number(100, both)),),
        incidents=(incident(), incident("south-2026", "South Bridge", 500, "")),
        sources=(SourceRow("paper", "Example Times", "A theft", Moment.parse("2026-03-01"),
                           "https://example.org/a?b=c&d"),),
        left_out=(LeftOut(Row.INCIDENTS, Why.MARKING, 3), LeftOut(Row.ORDERS, Why.MARKING, 0)),
        threats=(Threat("False recruiters", "They send tests that hold code.", (NORTH,)),),
        orders=(
            order(reviews=(review("rev-3", Heard.OVERDUE), review("rev-4", Heard.OPEN))),
            order("order-8", OrderState.RELEASED, None, REVIEWS),
        ),
        targets=(Target("Hold sooner", "hours to hold", Number(48), Number(6, ("order/order-7",)),
                        Number(4), date(2026, 12, 31)),),
        actions=(Action("Send the list", "Japan", date(2026, 4, 1), ActionState.LATE),),
        designations=(Designation("Mr Example", "He moved it.", both, ("UN",)),),
        common=common(),
        entries=ENTRIES,
    )  # fmt: skip
    return replace(pack, **changes)


def long(letters=3_000):
    """A pack with an assessment, reasons and an action of so many letters."""
    text = "beginning 語 " + "word 語 " * (letters // 7) + "last."
    return sample(
        threats=(Threat("Bridges", text, ()),),
        designations=(Designation("Somebody", text, (), ()),),
        actions=(Action(text, "Korea", None, ActionState.OPEN),),
    )
