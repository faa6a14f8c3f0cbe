"""An incident, as a list of statements: each figure, place and attribution with its source.

Nothing here says who did it. Bodies say so, and several may say different things.
"""

from dataclasses import dataclass
from decimal import Decimal

from stanch.model.desk.marking import Marking
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import (
    AmountKind,
    BodyKind,
    IncidentKind,
    LinkKind,
    PlaceRole,
    SeedKind,
    Stance,
    VictimKind,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something can be read. `where` is a document's number, an address, or a page."""

    id: str
    publisher: str
    title: str
    date: Moment
    where: str


@dataclass(frozen=True, slots=True)
class Body:
    """Who makes statements. `country` is ISO 3166-1 alpha-2, empty where it is no country's."""

    id: str
    name: str
    country: str
    kind: BodyKind


@dataclass(frozen=True, slots=True)
class Actor:
    """A group, as its trackers name it. `attack` is its id in MITRE ATT&CK, where it has one;
    `part_of` another actor.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    attack: str
    part_of: str


@dataclass(frozen=True, slots=True)
class Place:
    """A country that is concerned, and who says so."""

    role: PlaceRole
    country: str
    source: str


@dataclass(frozen=True, slots=True)
class Amount:
    """How much. `units` of `asset`, where known; `usd` whole US dollars, priced as `priced` says,
    between `low` and `high` as others have it.
    """

    kind: AmountKind
    asset: str
    units: Decimal | None
    usd: int | None
    low: int | None
    high: int | None
    priced: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one body says of who did it. `actor` is empty where it names no group."""

    body: str
    stance: Stance
    actor: str
    date: Moment
    confidence: str
    source: str
    marking: Marking
    note: str


@dataclass(frozen=True, slots=True)
class Seed:
    """Where a trace begins: an account's address or a transaction, on a chain (CAIP-2)."""

    chain: str
    kind: SeedKind
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment that was extorted. `units` of `asset`."""

    chain: str
    account: str
    transaction: str
    asset: str
    units: Decimal | None
    time: Moment
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A case or a trace that is about the incident."""

    kind: LinkKind
    value: str


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, to whom, when, and all that was said of it, in the order of the files."""

    id: str
    kind: IncidentKind
    victim: str
    victim_kind: VictimKind
    happened: Moment
    noticed: Moment | None
    disclosed: Moment | None
    technique: str
    campaign: str
    strain: str
    marking: Marking
    source: str
    note: str
    places: tuple[Place, ...] = ()
    amounts: tuple[Amount, ...] = ()
    statements: tuple[Statement, ...] = ()
    seeds: tuple[Seed, ...] = ()
    payments: tuple[Payment, ...] = ()
    links: tuple[Link, ...] = ()
