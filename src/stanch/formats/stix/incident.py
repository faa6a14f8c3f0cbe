"""An incident of the registry as STIX, and back.

STIX 2.1 leaves `incident` a stub, so that the registry's fields stand in our extension
`stanch-incident`, exactly. Seeds and payments are observables beside it. Who did it is never said
by the incident: each body's statement is an `opinion` under the statement's own marking, about a
relationship that carries the widest marking under which somebody said it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from stanch.formats.stix.actor import actor, links, relationship
from stanch.formats.stix.extensions import MADE, extended
from stanch.formats.stix.grading import sure
from stanch.formats.stix.handling import Handling
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Origin, first_hand, make
from stanch.formats.stix.times import of_moment
from stanch.formats.stix.wallet import transaction, wallet
from stanch.model.chain import account
from stanch.model.desk.marking import Marking, widest
from stanch.model.registry.incident import (
    Actor,
    Amount,
    Body,
    Incident,
    Payment,
    Seed,
    Source,
    Statement,
)
from stanch.model.registry.words import (
    SeedKind,
    Stance,
)
from stanch.model.shared import SharedTransaction

Object = dict[str, Any]

OPINIONS: Final = {
    Stance.ATTRIBUTES: "strongly-agree",
    Stance.SUSPECTS: "agree",
    Stance.DISPUTES: "disagree",
}


@dataclass(frozen=True, slots=True)
class Around:
    """What an incident's ids refer to, and the time of this version: of the newest source, if none
    is given.
    """

    sources: Mapping[str, Source]
    bodies: Mapping[str, Body]
    actors: Mapping[str, Actor]
    at: str = ""


def incident_items(found: Incident, around: Around) -> list[Item]:
    """The incident with all that is said of it. Raises ValueError for an account that is none."""
    of = first_hand(Handling(found.marking))
    main = _incident(found, around, of)
    items = [main]
    for place, each in enumerate(found.seeds):
        items.append(_linked(main, _seed(each, of), of, f"seed {place + 1}"))
    for place, paid in enumerate(found.payments):
        items += [_linked(main, each, of, f"payment {place + 1}") for each in _paid(paid, of)]
    return items + _statements(found, main, around)


def _incident(found: Incident, around: Around, of: Origin) -> Item:
    made = of_moment(found.happened)
    cited = list(dict.fromkeys((found.source, *_cited(found))))
    said = {
        "created": made,
        "modified": max(made, around.at or _newest(cited, around)),
        "name": f"{found.victim}: {found.kind}, {found.happened.text}",
        "description": found.note,
        "labels": [str(found.kind)],
        "external_references": [_reference(each, around) for each in cited],
        "extensions": extended("incident", **_fields(found)),
    }
    return make(named("incident", "registry", found.id), said, of)


def _cited(found: Incident) -> list[str]:
    parts = (found.places, found.amounts, found.seeds, found.payments)
    return [each.source for part in parts for each in part]


def _fields(found: Incident) -> Object:
    return {
        "registry_id": found.id,
        "kind": found.kind.value,
        "victim": found.victim,
        "victim_kind": found.victim_kind.value,
        "happened": found.happened.text,
        "noticed": found.noticed.text if found.noticed else "",
        "disclosed": found.disclosed.text if found.disclosed else "",
        "technique": found.technique,
        "campaign": found.campaign,
        "strain": found.strain,
        "marking": found.marking.value,
        "source": found.source,
        "note": found.note,
        "places": [
            {"role": each.role.value, "country": each.country, "source": each.source}
            for each in found.places
        ],
        "amounts": [_amount(each) for each in found.amounts],
        "seeds": [
            {"chain": each.chain, "kind": each.kind.value, "value": each.value,
             "source": each.source} for each in found.seeds
        ],
        "payments": [_payment(each) for each in found.payments],
        "links": [{"kind": each.kind.value, "value": each.value} for each in found.links],
    }  # fmt: skip


def _amount(each: Amount) -> Object:
    said = {
        "kind": each.kind.value, "asset": each.asset, "units": _text(each.units),
        "usd": _text(each.usd), "usd_low": _text(each.low), "usd_high": _text(each.high),
        "priced": each.priced, "source": each.source, "note": each.note,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _payment(each: Payment) -> Object:
    said = {
        "chain": each.chain, "account": each.account, "transaction": each.transaction,
        "asset": each.asset, "units": _text(each.units), "time": each.time.text,
        "source": each.source,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _text(value: Decimal | int | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _reference(id: str, around: Around) -> Object:
    source = around.sources[id]
    found: Object = {"source_name": source.publisher, "external_id": id}
    found["description"] = f"{source.title}, {source.date.text}"
    if source.where.startswith(("https://", "http://")):
        found["url"] = source.where
    elif source.where:
        found["description"] += f" ({source.where})"
    return found


def _newest(cited: Iterable[str], around: Around) -> str:
    return max(of_moment(around.sources[each].date) for each in cited)


def _seed(seed: Seed, of: Origin) -> Item:
    if seed.kind is SeedKind.ACCOUNT:
        return wallet(account(seed.chain, seed.value), of)
    return transaction(SharedTransaction(seed.value, chain=seed.chain), of)


def _paid(paid: Payment, of: Origin) -> list[Item]:
    found = [wallet(account(paid.chain, paid.account), of)]
    if paid.transaction:
        one = SharedTransaction(paid.transaction, symbol=paid.asset, chain=paid.chain)
        found.append(transaction(one, of))
    return found


def _linked(main: Item, other: Item, of: Origin, what: str) -> Item:
    return relationship("related-to", main, other, of, {"description": f"Of the incident: {what}."})


def _statements(found: Incident, main: Item, around: Around) -> list[Item]:
    made: list[Item] = []
    blamed: dict[str, Item] = {}
    named_by: dict[str, list[Marking]] = {}
    for each in found.statements:
        if each.actor and each.stance is not Stance.DISPUTES:
            named_by.setdefault(each.actor, []).append(each.marking)
    for id, markings in named_by.items():
        of = first_hand(Handling(widest(markings)))
        group, beside = _group(id, around)
        blamed[id] = relationship("attributed-to", main, group, of).with_these(*beside)
        made.append(blamed[id])
    for place, each in enumerate(found.statements):
        about = blamed.get(each.actor, main)
        made.append(_opinion(found, (place, each), about, around))
    return made


def _group(id: str, around: Around) -> tuple[Item, list[Item]]:
    """A group, and its links. They are public; that they are named here is not, so they are
    reached through the relationship alone.
    """
    public = first_hand(Handling(Marking.CLEAR))
    known = around.actors[id]
    at = around.at or MADE
    group = actor(known, public, at)
    larger = around.actors.get(known.part_of)
    whole = actor(larger, public, at) if larger else None
    return group, links(known, group, public, whole)


def _opinion(found: Incident, said: tuple[int, Statement], about: Item, around: Around) -> Item:
    place, each = said
    body = around.bodies[each.body]
    group = around.actors[each.actor].name if each.actor else "nobody by name"
    surely = sure(each.confidence)
    own = {
        "created": of_moment(each.date),
        "modified": max(around.at, of_moment(each.date)),
        "explanation": f"{body.name} {each.stance} it: {group}."
        + (f" {each.note}" if each.note else ""),
        "authors": [body.name],
        "opinion": OPINIONS[each.stance],
        "object_refs": [about],
        "external_references": [_reference(each.source, around)],
        **surely,
        "extensions": surely.get("extensions", {})
        | extended(
            "attribution",
            body=each.body,
            body_name=body.name,
            body_kind=body.kind.value,
            country=body.country,
            stance=each.stance.value,
            actor=each.actor,
            date=each.date.text,
            confidence=each.confidence,
            sources=[each.source],
            marking=each.marking.value,
            note=each.note,
            place=place + 1,
        ),
    }
    key = (found.id, each.body, each.date.text, str(place))
    return make(named("opinion", "registry", *key), own, first_hand(Handling(each.marking)))
