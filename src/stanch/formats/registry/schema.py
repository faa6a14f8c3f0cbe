"""The registry's tables: which columns each file has, and what may stand in them."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from stanch.formats.registry import cells
from stanch.formats.registry.cells import Read, choice, several
from stanch.model.desk.marking import Marking
from stanch.model.registry import words


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `read` reads a cell that holds something; `needed` ones always do.

    `refers` is the table among whose ids the value stands.
    """

    name: str
    about: str
    read: Read = cells.text
    needed: bool = False
    refers: str = ""

    @property
    def rule(self) -> str:
        """What a cell that breaks it is said to break: country, moment, units ..."""
        return str(getattr(self.read, "__name__", "cell"))


@dataclass(frozen=True, slots=True)
class Table:
    """One file, NAME.csv. Where `keyed`, its column `id` says each once."""

    name: str
    about: str
    columns: tuple[Column, ...]

    @property
    def keyed(self) -> bool:
        """Whether its rows have ids."""
        return self.columns[0].name == "id"


_needed = partial(Column, needed=True)
_ID = _needed("id", "Its name for good: small letters, digits, hyphens", cells.identifier)
_INCIDENT = _needed("incident", "Of which incident", cells.identifier, refers="incidents")
_SOURCE = _needed("source", "Where it stands written", cells.identifier, refers="sources")
_MARKING = _needed("marking", "TLP 2.0", choice(Marking))
_NOTE = Column("note", "What else a reader must know")
_CHAIN = _needed("chain", "CAIP-2: eip155:1, bip122:..., tron:0x2b6653dc", cells.chain)
_LOW = Column("usd_low", "The least that anybody says", cells.whole)
_HIGH = Column("usd_high", "The most that anybody says", cells.whole)

SOURCES: Final = Table(
    "sources",
    "What can be read: one row a document",
    (
        _ID,
        _needed("publisher", "Who published it"),
        _needed("title", "What it is called, or is about"),
        _needed("date", "When it was published", cells.moment),
        Column("where", "Its number, its address, or the page"),
    ),
)
BODIES: Final = Table(
    "bodies",
    "Who makes statements and claims",
    (
        _ID,
        _needed("name", "As it calls itself"),
        Column("country", "Whose it is; empty where it is no country's", cells.country),
        _needed("kind", "Which says how much its word counts", choice(words.BodyKind)),
    ),
)
ACTORS: Final = Table(
    "actors",
    "Groups, as those who track them name them",
    (
        _ID,
        _needed("name", "Its name"),
        Column("aliases", "Other names, parted by ;", several(cells.text)),
        Column("attack", "Its group in MITRE ATT&CK", cells.attack),
        Column("part_of", "The larger group", cells.identifier, refers="actors"),
    ),
)
INCIDENTS: Final = Table(
    "incidents",
    "What happened: one row an incident",
    (
        _ID,
        _needed("kind", "What it was", choice(words.IncidentKind)),
        _needed("victim", "Whom it happened to"),
        _needed("victim_kind", "What the victim is", choice(words.VictimKind)),
        _needed("happened", "When: 2022, 2022-03, 2022-03-23", cells.moment),
        Column("noticed", "When the victim knew", cells.moment),
        Column("disclosed", "When the public knew", cells.moment),
        Column("technique", "How"),
        Column("campaign", "The campaign that it is part of", cells.identifier),
        Column("strain", "The ransomware", cells.identifier),
        Column(
            "unlike",
            "Incidents that look like it and are others, parted by ;",
            several(cells.identifier),
            refers="incidents",
        ),
        _MARKING,
        _SOURCE,
        _NOTE,
    ),
)
PLACES: Final = Table(
    "places",
    "Countries that an incident concerns: the first of a role is the one that is counted",
    (
        _INCIDENT,
        _needed("role", "In which way", choice(words.PlaceRole)),
        _needed("country", "ISO 3166-1 alpha-2", cells.country),
        _SOURCE,
    ),
)
AMOUNTS: Final = Table(
    "amounts",
    "How much: one row an amount",
    (
        _INCIDENT,
        _needed("what", "What it is of", choice(words.AmountKind)),
        Column("asset", "Of what: BTC, ETH"),
        Column("units", "How many of it", cells.units),
        Column("usd", "Whole US dollars", cells.whole),
        _LOW,
        _HIGH,
        Column("priced", "At which prices the dollars are"),
        _SOURCE,
        _NOTE,
    ),
)
STATEMENTS: Final = Table(
    "statements",
    "Who says who did it: one row a body",
    (
        _INCIDENT,
        _needed("body", "Who says so", cells.identifier, refers="bodies"),
        _needed("stance", "What it says", choice(words.Stance)),
        Column("actor", "Which group it names", cells.identifier, refers="actors"),
        _needed("date", "When it said so", cells.moment),
        Column("confidence", "How sure, in the body's own words"),
        _SOURCE,
        _MARKING,
        _NOTE,
    ),
)
SEEDS: Final = Table(
    "seeds",
    "Where a trace begins",
    (
        _INCIDENT,
        _CHAIN,
        _needed("kind", "account or transaction", choice(words.SeedKind)),
        _needed("value", "The address or the hash"),
        _SOURCE,
    ),
)
PAYMENTS: Final = Table(
    "payments",
    "What was extorted, payment by payment",
    (
        _INCIDENT,
        _CHAIN,
        _needed("account", "The address that was paid"),
        Column("transaction", "The payment's hash"),
        Column("asset", "Of what: BTC"),
        Column("units", "How many of it", cells.units),
        _needed("time", "When", cells.moment),
        _SOURCE,
    ),
)
LINKS: Final = Table(
    "links",
    "Cases and traces that are about an incident",
    (
        _INCIDENT,
        _needed("kind", "case or trace", choice(words.LinkKind)),
        _needed("value", "The case's id, or sha256: and the hash of the trace's manifest"),
    ),
)
CLAIMS: Final = Table(
    "claims",
    "Totals that were published: one row a publication",
    (
        _ID,
        _needed("publisher", "Who published it", cells.identifier, refers="bodies"),
        _needed("title", "What it is about"),
        Column("kinds", "What it counts; empty: all", several(choice(words.IncidentKind))),
        Column("victims", "Whose; empty: everybody's", several(choice(words.VictimKind))),
        Column(
            "actors",
            "Thefts by which groups, and by parts of them; empty: anybody's",
            several(cells.identifier),
            refers="actors",
        ),
        _needed("bar", "What must stand behind an attribution", choice(words.Bar)),
        _needed("place", "By which countries its parts are", choice(words.PlaceRole)),
        _needed("made", "When it was made", cells.moment),
        Column("superseded_by", "What took its place", cells.identifier, refers="claims"),
        _SOURCE,
        _NOTE,
    ),
)
SLICES: Final = Table(
    "slices",
    "The figures of claims: the whole, and parts",
    (
        _needed("claim", "Of which claim", cells.identifier, refers="claims"),
        _needed("slice", "What it is called: total, japan, 2022", cells.identifier),
        Column("country", "The part of one country", cells.country),
        _needed("first", "From when", cells.moment),
        _needed("last", "Until when", cells.moment),
        _needed("usd", "Whole US dollars", cells.whole),
        _LOW,
        _HIGH,
        Column("count", "How many incidents it says", cells.whole),
        Column("names", "Incidents that it is said to be made of, parted by ;",
               several(cells.identifier), refers="incidents"),
        _SOURCE,
    ),
)  # fmt: skip
TABLES: Final = (
    SOURCES, BODIES, ACTORS, INCIDENTS, PLACES, AMOUNTS, STATEMENTS, SEEDS, PAYMENTS, LINKS, CLAIMS,
    SLICES,
)  # fmt: skip
