"""What a pack holds, before it is in any language: figures, each with the rows that make it.

Whoever makes a `Pack` leaves out what its reader may not see. Renderers show all of it, and nothing
else: no file name, no clock, no machine.

A row is named by `kind/id`: `incident/ronin-2022`, `order/17`, `source/un-s-2019-691`,
`entry/item-7`, `review/rev-3`. Parts that are None were not collected, and the pack says
so; empty ones were, and there was nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

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
from stanch.reports.pack.common_threats import Common
from stanch.reports.pack.number import NOUGHT, Number

INCIDENT, ORDER, SOURCE, ENTRY, REVIEW = "incident", "order", "source", "entry", "review"


class Why(StrEnum):
    """Why rows are not in a pack."""

    MARKING = "marking"  # the reader may not see them
    BAR = "bar"  # too little stands behind the attribution
    DISPUTED = "disputed"
    KIND = "kind"
    VICTIM = "victim"


class Row(StrEnum):
    """What was left out, or was not collected."""

    INCIDENTS = "incidents"
    STATEMENTS = "statements"
    THREATS = "threats"
    ORDERS = "orders"
    TARGETS = "targets"
    ACTIONS = "actions"
    DESIGNATIONS = "designations"


class Came(StrEnum):
    """What followed a hold."""

    SEIZURE = "seizure"
    ASSISTANCE = "assistance"
    FORFEITURE = "forfeiture"
    RETURN = "return"


class Heard(StrEnum):
    """Whether who says that they were blocked wrongly has an answer, by the last day of a pack."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"


class ActionState(StrEnum):
    """Where an action stands on the pack's day."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which meeting of which body the pack is for."""

    body: str
    number: int
    day: date


@dataclass(frozen=True, slots=True)
class Rule:
    """What the statistics count, and which day is the last that they know."""

    first: Moment
    last: Moment
    bar: Bar
    place: PlaceRole
    disputed: bool
    valuation: Valuation


@dataclass(frozen=True, slots=True)
class Lacking:
    """Incidents of which something was moved, frozen or recovered that is in no sum: `unvalued`
    where no source has a figure, `partial` where one has it of a part alone.
    """

    kind: AmountKind
    unvalued: Number
    partial: Number


@dataclass(frozen=True, slots=True)
class Line:
    """What was counted under one key: US dollars, and median days from theft to notice; `partial`
    are incidents of which no source values all that was stolen, `lacking` those of what came later.
    """

    key: str
    name: str
    incidents: Number
    stolen: Number
    moved: Number
    frozen: Number
    recovered: Number
    noticed: Number
    partial: Number = NOUGHT
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """The same incidents by one key. Parts may add up to more than the whole."""

    by: By
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """One figure of a published total against the registry, in US dollars."""

    publisher: str
    title: str
    made: Moment
    country: str
    first: Moment
    last: Moment
    claimed: Number
    matched: Number
    extra: Number
    missing: Number
    disputed: Number
    gap: Number


@dataclass(frozen=True, slots=True)
class Said:
    """One body's word on who did it."""

    body: str
    country: str
    stance: Stance
    actor: str
    day: Moment
    source: str


@dataclass(frozen=True, slots=True)
class Sum:
    """One amount of an incident, in units of an asset and in US dollars of the time."""

    kind: AmountKind
    asset: str
    units: Decimal | None
    usd: int | None
    source: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as the annex tells it. `name` is that of its row, `cites` are all sources that it
    names. `drawn` is what it was drawn like, by language: it belongs to the row, and goes with it.
    """

    id: str
    happened: Moment
    kind: IncidentKind
    victim: str
    victim_kind: VictimKind
    country: str
    technique: str
    bar: Bar
    disputed: bool
    source: str
    sums: tuple[Sum, ...]
    said: tuple[Said, ...]
    name: str = field(init=False, compare=False, repr=False)
    cites: frozenset[str] = field(init=False, compare=False, repr=False)
    drawn: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Made once: a pack asks ten thousand rows for both."""
        object.__setattr__(self, "name", f"{INCIDENT}/{self.id}")
        sums, said = (each.source for each in self.sums), (each.source for each in self.said)
        object.__setattr__(self, "cites", frozenset((self.source, *sums, *said)))


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review of an order: when it was asked for, due and answered, and whether it was upheld."""

    id: str
    day: date
    due: date
    answered: date | None
    heard: Heard
    upheld: bool | None


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order and what came of it: how many accounts it names and on how many something is held,
    hours from its coming into force to the first answer, reviews that the reader may see.
    """

    id: str
    case: str
    day: date
    state: OrderState
    accounts: int | None
    held: int | None
    hours: Decimal | None
    came: tuple[Came, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Threat:
    """A threat in the words of whoever assessed it, and the rows that show it."""

    title: str
    text: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An account or a judgement (then with its stance and confidence) that a member has in a
    case.
    """

    id: str
    case: str
    day: date
    member: str
    said: str
    stance: Stance | None
    confidence: Confidence | None
    marking: Marking


@dataclass(frozen=True, slots=True)
class Target:
    """A target of cooperation: how it is measured, where it began, where it stands and shall be."""

    title: str
    measure: str
    baseline: Number
    now: Number
    goal: Number
    due: date | None


@dataclass(frozen=True, slots=True)
class Action:
    """What a meeting decided that somebody does."""

    title: str
    owner: str
    due: date | None
    state: ActionState


@dataclass(frozen=True, slots=True)
class Designation:
    """A proposed designation: reasons, the rows they rest on, lists that have it already."""

    name: str
    reasons: str
    rows: tuple[str, ...]
    listed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where something can be read, as its publisher has it."""

    id: str
    publisher: str
    title: str
    day: Moment
    where: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many rows are not in the pack, and why: never which."""

    what: Row
    why: Why
    count: int


@dataclass(frozen=True, slots=True)
class Pack:
    """All of a document for one reader. `marking` is the narrowest of what is in it."""

    reader: str
    meeting: Meeting | None
    rule: Rule
    as_of: date
    marking: Marking
    whole: Line
    counts: tuple[Count, ...]
    claims: tuple[Claimed, ...]
    incidents: tuple[IncidentRow, ...]
    sources: tuple[SourceRow, ...]
    left_out: tuple[LeftOut, ...]
    threats: tuple[Threat, ...] | None = None
    orders: tuple[OrderRow, ...] | None = None
    targets: tuple[Target, ...] | None = None
    actions: tuple[Action, ...] | None = None
    designations: tuple[Designation, ...] | None = None
    common: Common | None = None
    entries: tuple[Entry, ...] = ()
