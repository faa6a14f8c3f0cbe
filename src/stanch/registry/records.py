"""Rows of the registry's files as records."""

from collections.abc import Mapping, Sequence

from stanch.formats.registry.reading import Line
from stanch.model.registry.claim import Claim, Slice
from stanch.model.registry.incident import (
    Actor,
    Amount,
    Body,
    Incident,
    Link,
    Payment,
    Place,
    Seed,
    Source,
    Statement,
)
from stanch.registry.points import canonical

Parts = Mapping[str, Mapping[str, Sequence[Line]]]


def source(line: Line) -> Source:
    """A row of sources.csv."""
    return Source(
        line["id"], line["publisher"], line["title"], line["date"], line["where"] or ""
    )  # fmt: skip


def body(line: Line) -> Body:
    """A row of bodies.csv."""
    return Body(line["id"], line["name"], line["country"] or "", line["kind"])


def actor(line: Line) -> Actor:
    """A row of actors.csv."""
    return Actor(
        line["id"], line["name"], line["aliases"] or (), line["attack"] or "",
        line["part_of"] or "",
    )  # fmt: skip


def incident(line: Line, parts: Parts) -> Incident:
    """A row of incidents.csv, and the rows of other files that are about it."""
    id = line["id"]
    words = {name: line[name] or "" for name in ("technique", "campaign", "strain", "note")}
    return Incident(
        id=id,
        kind=line["kind"],
        victim=line["victim"],
        victim_kind=line["victim_kind"],
        happened=line["happened"],
        noticed=line["noticed"],
        disclosed=line["disclosed"],
        marking=line["marking"],
        source=line["source"],
        places=tuple(map(_place, parts["places"].get(id, ()))),
        amounts=tuple(map(_amount, parts["amounts"].get(id, ()))),
        statements=tuple(map(_statement, parts["statements"].get(id, ()))),
        seeds=tuple(map(_seed, parts["seeds"].get(id, ()))),
        payments=tuple(map(_payment, parts["payments"].get(id, ()))),
        links=tuple(Link(each["kind"], each["value"]) for each in parts["links"].get(id, ())),
        **words,
    )


def claim(line: Line, slices: Sequence[Line]) -> Claim:
    """A row of claims.csv, and its figures."""
    return Claim(
        line["id"], line["publisher"], line["title"], line["kinds"] or (), line["victims"] or (),
        line["actors"] or (), line["bar"], line["place"], line["made"],
        line["superseded_by"] or "", line["source"], line["note"] or "", tuple(map(_slice, slices)),
    )  # fmt: skip


def _slice(line: Line) -> Slice:
    return Slice(
        line["slice"], line["country"] or "", line["first"], line["last"], line["usd"],
        line["usd_low"], line["usd_high"], line["count"], line["names"] or (),
        line["names"] is not None, line["source"],
    )  # fmt: skip


def _place(line: Line) -> Place:
    return Place(line["role"], line["country"], line["source"])


def _amount(line: Line) -> Amount:
    return Amount(
        line["what"], line["asset"] or "", line["units"], line["usd"], line["usd_low"],
        line["usd_high"], line["priced"] or "", line["source"], line["note"] or "",
    )  # fmt: skip


def _statement(line: Line) -> Statement:
    return Statement(
        line["body"], line["stance"], line["actor"] or "", line["date"],
        line["confidence"] or "", line["source"], line["marking"], line["note"] or "",
    )  # fmt: skip


def _seed(line: Line) -> Seed:
    value = canonical(line["chain"], line["value"])  # a hash stays as it is
    return Seed(line["chain"], line["kind"], value, line["source"])


def _payment(line: Line) -> Payment:
    return Payment(
        line["chain"], canonical(line["chain"], line["account"]), line["transaction"] or "",
        line["asset"] or "", line["units"], line["time"], line["source"],
    )  # fmt: skip
