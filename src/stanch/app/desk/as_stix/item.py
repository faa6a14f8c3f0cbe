"""What lies in a case as STIX: accounts, tags, sightings, notes, files, traces, incidents.

A file goes by its name and hash, never with its bytes; a trace by its manifest's hash and the
accounts that the money went through.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import func, select

from stanch.app.desk.as_stix.made import Looking, Row, linked, organisation, said_at
from stanch.formats.stix.handling import Handling
from stanch.formats.stix.ids import named, observable
from stanch.formats.stix.item import Item, first_hand, make
from stanch.formats.stix.sighting import Seen, indicator, sighting_items
from stanch.formats.stix.times import of_text
from stanch.formats.stix.wallet import wallet
from stanch.store.desk.tables import exposure

MOST_ACCOUNTS: Final = 10_000  # of one trace: who needs all takes the folder
_ABOUT: Final = {
    "account": "Worked on in this case.", "tag": "Tagged in this case.", "file": "Evidence.",
    "trace": "Traced in this case.", "incident": "What the case is about.",
    "sighting": "Seen by a member.",
}  # fmt: skip


def item_objects(looking: Looking, row: Row, handling: Handling, main: Item) -> list[Item]:
    """The objects of one row of `case_item`, tied to the case."""
    body: Mapping[str, Any] = row["body"]
    if isinstance(body, str):
        body = json.loads(body)
    made = _KINDS[row["kind"]](looking, row, body, (handling, main))
    if row["kind"] in _ABOUT:
        made.append(linked(main, made[0], row, _ABOUT[row["kind"]]))
    return made


_Of = tuple[Handling, Item]


def _account(_: Looking, row: Row, body: Mapping[str, Any], of: _Of) -> list[Item]:
    return [wallet(body["account"], first_hand(of[0]))]


def _tag(_: Looking, row: Row, body: Mapping[str, Any], of: _Of) -> list[Item]:
    seen = wallet(body["account"], first_hand(of[0]))
    return [seen, _note(row, "Tag", f"{body['account']}: {body['label']}", (of[0], seen))]


def _sighting(looking: Looking, row: Row, body: Mapping[str, Any], of: _Of) -> list[Item]:
    """What the case is tied to is the indicator: a relationship leads to no sighting."""
    listed = f"Listed: {body['listed']}." if body.get("listed") else ""
    what = " ".join(each for each in (listed, body.get("text", "")) if each)
    seen = Seen(
        body["account"], of_text(body["first"]), of_text(body["last"]), body["count"], what
    )  # fmt: skip
    origin, by = first_hand(of[0]), organisation(looking.connection, row["owner"])
    made = sighting_items(seen, origin, by, said_at(row)["created"])
    return [indicator(seen.account, seen.first, origin), *made]


def _text(_: Looking, row: Row, body: Mapping[str, Any], of: _Of) -> list[Item]:
    return [_note(row, "Note", body["text"], of)]


def _file(_: Looking, row: Row, body: Mapping[str, Any], of: _Of) -> list[Item]:
    counted = {"hashes": {"SHA-256": body["sha256"]}, "name": body["name"]}
    said = {**counted, "size": body["size"]}
    return [make(observable("file", counted), said, first_hand(of[0]))]


def _incident(_: Looking, row: Row, body: Mapping[str, Any], of: _Of) -> list[Item]:
    known = body.get("incident")
    reference = [{"source_name": "stanch-registry", "external_id": known}] if known else []
    said = {**said_at(row), "name": body["title"], "external_references": reference}
    return [make(named("incident", "item", row["id"]), said, first_hand(of[0]))]


def _trace(looking: Looking, row: Row, body: Mapping[str, Any], of: _Of) -> list[Item]:
    manifest = str(body["manifest"])
    here = exposure.c.item == row["id"]
    whole = looking.connection.execute(select(func.count()).where(here)).scalar_one()
    query = select(exposure.c.account).where(here).order_by(exposure.c.place).limit(MOST_ACCOUNTS)
    accounts = sorted(set(looking.connection.execute(query).scalars()))
    told = f"Trace with the manifest {manifest}."
    if not accounts:
        return [_note(row, "Trace", told, of)]
    if whole > MOST_ACCOUNTS:
        told += f" The first {MOST_ACCOUNTS:,} rows of {whole:,} are here."
    origin = first_hand(of[0])
    wallets = {each.id: each for each in (wallet(one, origin) for one in accounts)}
    said = {
        **said_at(row), "name": "Trace of stolen money", "description": told,
        "context": "suspicious-activity", "object_refs": list(wallets.values()),
        "external_references": [{"source_name": "stanch-trace", "external_id": manifest}],
    }  # fmt: skip
    return [make(named("grouping", "item", row["id"]), said, origin)]


def _note(row: Row, abstract: str, text: str, of: _Of) -> Item:
    said = {**said_at(row), "abstract": abstract, "content": text, "object_refs": [of[1]]}
    return make(named("note", "item", row["id"]), said, first_hand(of[0]))


_Maker = Callable[[Looking, Row, Mapping[str, Any], _Of], list[Item]]
_KINDS: Final[Mapping[str, _Maker]] = {
    "account": _account, "tag": _tag, "note": _text, "file": _file, "incident": _incident,
    "trace": _trace, "sighting": _sighting,
}  # fmt: skip
