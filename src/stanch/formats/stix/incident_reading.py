"""Incidents of the registry out of STIX objects: the way back from `incident`."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from stanch.formats.stix.extensions import said_by
from stanch.model.desk.marking import Marking
from stanch.model.registry.incident import Amount, Incident, Link, Payment, Place, Seed, Statement
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import (
    AmountKind,
    IncidentKind,
    LinkKind,
    PlaceRole,
    SeedKind,
    Stance,
    VictimKind,
)

Object = dict[str, Any]


def incidents_in(objects: Iterable[Object]) -> list[Incident]:
    """The registry's incidents in the objects of a bundle, with the statements that are there.

    Raises ValueError, KeyError or TypeError where an extension of ours breaks its schema.
    """
    known = list(objects)
    relations = {each["id"]: each["source_ref"] for each in known if each["type"] == "relationship"}
    found = []
    for each in known:
        said = said_by(each, "incident")
        if said is not None:
            about = [one for one in known if _is_about(one, each["id"], relations)]
            found.append(_read(said, about))
    return found


def _is_about(one: Object, id: str, relations: Mapping[str, str]) -> bool:
    if one["type"] != "opinion" or said_by(one, "attribution") is None:
        return False
    return any(relations.get(ref, ref) == id for ref in one["object_refs"])


def _read(said: Object, opinions: list[Object]) -> Incident:
    heard = sorted((said_by(each, "attribution") or {} for each in opinions), key=_place)
    return Incident(
        id=said["registry_id"],
        kind=IncidentKind(said["kind"]),
        victim=said["victim"],
        victim_kind=VictimKind(said["victim_kind"]),
        happened=Moment.parse(said["happened"]),
        noticed=_moment(said.get("noticed")),
        disclosed=_moment(said.get("disclosed")),
        technique=said.get("technique", ""),
        campaign=said.get("campaign", ""),
        strain=said.get("strain", ""),
        marking=Marking(said["marking"]),
        source=said["source"],
        note=said.get("note", ""),
        places=tuple(
            Place(PlaceRole(each["role"]), each["country"], each["source"])
            for each in said.get("places", ())
        ),
        amounts=tuple(map(_amount_in, said.get("amounts", ()))),
        statements=tuple(map(_statement_in, heard)),
        seeds=tuple(
            Seed(each["chain"], SeedKind(each["kind"]), each["value"], each["source"])
            for each in said.get("seeds", ())
        ),
        payments=tuple(map(_payment_in, said.get("payments", ()))),
        links=tuple(Link(LinkKind(each["kind"]), each["value"]) for each in said.get("links", ())),
    )


def _place(said: Object) -> int:
    return int(said.get("place", 0))


def _moment(text: str | None) -> Moment | None:
    return Moment.parse(text) if text else None


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _amount_in(each: Object) -> Amount:
    return Amount(
        AmountKind(each["kind"]), each.get("asset", ""),
        Decimal(each["units"]) if "units" in each else None, _whole(each.get("usd")),
        _whole(each.get("usd_low")), _whole(each.get("usd_high")), each.get("priced", ""),
        each["source"], each.get("note", ""),
    )  # fmt: skip


def _payment_in(each: Object) -> Payment:
    return Payment(
        each["chain"], each["account"], each.get("transaction", ""), each.get("asset", ""),
        Decimal(each["units"]) if "units" in each else None, Moment.parse(each["time"]),
        each["source"],
    )  # fmt: skip


def _statement_in(said: Object) -> Statement:
    return Statement(
        said["body"], Stance(said["stance"]), said.get("actor", ""), Moment.parse(said["date"]),
        said.get("confidence", ""), said["sources"][0], Marking(said["marking"]),
        said.get("note", ""),
    )  # fmt: skip
