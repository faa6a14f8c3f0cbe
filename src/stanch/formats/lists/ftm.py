"""Entities in FollowTheMoney's JSON: one a line, or all in one array. Ids are kept as they are.

Source: https://followthemoney.tech/explorer/ (schemata and properties, version 4). An entity is
{"id", "schema", "properties": {name: [values]}}. People, organisations, vessels, wallets and the
like become entries; sanctions, documents, addresses and links are joined to the entries that they
name, or that name them. Entities nested in a property, as in OpenSanctions' `targets.nested.json`,
are read like any other. A property or schema that is not known is kept with its entry in `other`,
and reported. Written against the published model, with fixtures: no official sample was at hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.ftm_json import Item, items
from stanch.formats.lists.ftm_links import LINKS, join, join_wallets
from stanch.formats.lists.ftm_properties import add_property
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import (
    AIRCRAFT,
    ORGANIZATION,
    PERSON,
    PRIMARY,
    UNKNOWN,
    VESSEL,
    ListedName,
    RefusedEntry,
)

MAX_NESTED: Final = 10  # levels of entities within entities

SCHEMAS: Final = {
    "Person": PERSON,
    "Organization": ORGANIZATION,
    "PublicBody": ORGANIZATION,
    "Company": "Company",
    "LegalEntity": UNKNOWN,
    "Thing": UNKNOWN,
    "Vessel": VESSEL,
    "Airplane": AIRCRAFT,
    "CryptoWallet": "Wallet",
    "Asset": "Asset",
    "Vehicle": "Asset",
    "Security": "Asset",
    "RealEstate": "Asset",
    "BankAccount": "Asset",
}
_ABOUT: Final = ("datasets", "referents", "target", "first_seen", "last_seen", "last_change")
_FIELDS: Final = frozenset(("id", "schema", "properties", "caption", *_ABOUT))

Properties = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """An entity that is no subject: its schema and properties, and the entity it was nested in."""

    id: str
    schema: str
    properties: Properties
    within: str


@dataclass(slots=True)
class _Reading:
    file: str
    unknown: Unknown
    drafts: dict[str, Draft] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Refused entities as they come, then the entries of each file, then what is not known.

    Raises ValueError where a file is not JSON, or nothing in it is such an entity.
    """
    for file in files:
        reading = _Reading(file.name, Unknown(file.name))
        yield from _read(file, reading)
        residents = _residents(reading.drafts)
        for fact in reading.facts:
            said = fact.properties
            if fact.schema == "Address":
                said = said | {"entity": [*said.get("entity", ()), *residents.get(fact.id, ())]}
            join(fact.schema, fact.id, said, reading.drafts, reading.unknown)
        join_wallets(reading.drafts)
        for draft in reading.drafts.values():
            try:
                yield draft.entry()
            except ValueError as error:
                yield RefusedEntry(file.name, reading.rows[draft.id], str(error))
        yield from reading.unknown.fields()


def _residents(drafts: Mapping[str, Draft]) -> dict[str, list[str]]:
    """Who names which address as theirs."""
    found: dict[str, list[str]] = {}
    for draft in drafts.values():
        for name, value in draft.other:
            if name == "addressEntity":
                found.setdefault(value, []).append(draft.id)
    return found


def _read(file: ListFile, reading: _Reading) -> Iterator[RefusedEntry]:
    found = 0
    for row, item in items(file.stream):
        try:
            _take(item, row, "", reading)
            found += 1
        except ValueError as error:
            yield RefusedEntry(file.name, row, str(error))
    if not found:
        raise ValueError("holds no entity of FollowTheMoney")


def _take(item: Item, row: int, within: str, reading: _Reading, depth: int = 0) -> str:
    """Sort one entity in, and those nested in it. Returns its id."""
    if isinstance(item, str):
        raise ValueError(item)
    number, schema, said = item.get("id"), item.get("schema"), item.get("properties")
    if not (isinstance(number, str) and number and isinstance(schema, str) and schema):
        raise ValueError("has no id or no schema")
    if not isinstance(said, dict):
        raise ValueError("has no properties")
    if depth > MAX_NESTED:
        raise ValueError(f"has entities nested deeper than {MAX_NESTED} levels")
    properties: Properties = {}
    for name, value in said.items():
        values = value if isinstance(value, list) else [value]
        properties[name] = [
            _take(each, row, number, reading, depth + 1) if isinstance(each, dict) else _text(each)
            for each in values
            if each is not None
        ]
    if schema in SCHEMAS:
        if number in reading.drafts:
            raise ValueError(f"id {number[:60]} comes twice")
        reading.rows[number] = row
        reading.drafts[number] = _draft(item, properties, reading.unknown)
    else:
        reading.facts.append(_fact(number, schema, properties, within))
    return number


def _fact(number: str, schema: str, properties: Properties, within: str) -> Fact:
    ends = LINKS.get(schema, ())
    if within and not any(properties.get(end) for end in ends):
        properties = properties | {ends[0] if ends else "entity": [within]}
    return Fact(number, schema, properties, within)


def _draft(item: Mapping[str, Any], properties: Properties, unknown: Unknown) -> Draft:
    draft = Draft(item["id"], SCHEMAS[item["schema"]])
    if item["schema"] != draft.schema:
        draft.other.append(("schema", item["schema"]))
    for name, values in properties.items():
        if not add_property(draft, name, values):
            unknown.note(f"{item['schema']}:{name}", values[0] if values else "")
            draft.also(name, values)
    caption = item.get("caption")
    if isinstance(caption, str) and not any(name.kind == PRIMARY for name in draft.names):
        draft.names.append(ListedName(caption, PRIMARY))
    for name, value in item.items():
        if name not in _FIELDS:
            unknown.note(name, _text(value))
        if name not in ("id", "schema", "properties", "caption"):
            draft.also(name, map(_text, value if isinstance(value, list) else [value]))
    return draft


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise ValueError("has a property that is neither text nor entity")
