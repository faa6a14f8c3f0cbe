"""A MISP event as a STIX `report`, and back as it was, key by key.

An attribute that is for detection (`to_ids`) is an `indicator`, another that STIX has an observable
for is `observed-data`, the rest are notes; an object is a `grouping`. Each carries its own JSON, so
that `event_of` gives MISP what it gave. Ids come of MISP's UUIDs. Tags of TLP and PAP become
markings: of an event's for all that is in it, of an attribute's for what is made of it.
"""

from collections.abc import Iterable
from typing import Any

from stanch.formats.misp.attributes import seen
from stanch.formats.misp.pieces import at_of, handled, kept, own_id, piece_in, place_of, says_tlp
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Object, first_hand, make
from stanch.formats.stix.times import of_day
from stanch.formats.stix.wallet import address_wallet
from stanch.formats.wallets.misp import Misp
from stanch.model.registry.moment import Moment
from stanch.model.shared import SharedWallet

_LISTS = ("Attribute", "Object")


def events_in(value: Any) -> list[Object]:
    """The events in a JSON value: one, a list, or the answer of a search. Raises ValueError."""
    if isinstance(value, dict) and "response" in value:
        value = value["response"]
    listed = value if isinstance(value, list) else [value]
    found = [each.get("Event", each) for each in listed if isinstance(each, dict)]
    if len(found) != len(listed) or not all(map(_is_event, found)):
        raise ValueError("is no MISP event: an Event is missing")
    return found


def _is_event(value: object) -> bool:
    return isinstance(value, dict) and "info" in value and "date" in value


def event_items(event: Object, unmarked: Handling) -> list[Item]:
    """The report and all that it is made of; `unmarked` is how an event without TLP is handled.

    Raises ValueError for an event without a date.
    """
    handling = handled(event, PUBLIC if says_tlp(event) else unmarked)
    day = of_day(Moment.parse(str(event.get("date"))).first)
    at = at_of(event, day)
    org = _organisation(event, handling, at)
    parts = [
        _attribute((place, each), (handling, at), org)
        for place, each in enumerate(_dicts(event, "Attribute"))
    ]
    parts += [
        _object((place, each), (handling, at), org)
        for place, each in enumerate(_dicts(event, "Object"))
    ]
    rest = {name: value for name, value in event.items() if name not in _LISTS}
    rest |= {name: [] for name in _LISTS if name in event}
    said = {
        "created": min(day, at),
        "modified": at,
        "created_by_ref": org,
        "name": str(event.get("info") or "MISP event"),
        "published": day,
        "object_refs": parts or [org],
        "labels": [str(each.get("name")) for each in _dicts(event, "Tag") if each.get("name")],
        "extensions": kept("event", rest),
    }
    return [make(own_id("report", event, str(event.get("id"))), said, first_hand(handling))]


def event_of(objects: Iterable[Object]) -> Object:
    """The event in the objects of one report. Raises ValueError where there is not exactly one."""
    known = list(objects)
    events = [found for each in known if (found := piece_in(each, "event")) is not None]
    if len(events) != 1:
        raise ValueError(f"holds {len(events)} MISP events, not one")
    event = events[0]
    report = next(each for each in known if piece_in(each, "event") is not None)
    by_id = {each["id"]: each for each in known}
    _restore(event, [by_id[ref] for ref in report["object_refs"] if ref in by_id], by_id)
    return event


def _restore(native: Object, parts: list[Object], by_id: dict[str, Object]) -> None:
    for name, piece in (("Attribute", "attribute"), ("Object", "object")):
        found = sorted((each for each in parts if piece_in(each, piece) is not None), key=place_of)
        if not found:
            continue
        native[name] = [piece_in(each, piece) for each in found]
        for value, each in zip(native[name], found, strict=True):
            if piece == "object":
                _restore(value, [by_id[ref] for ref in each["object_refs"] if ref in by_id], by_id)


def _organisation(event: Object, handling: Handling, at: str) -> Item:
    orgc = event.get("Orgc") if isinstance(event.get("Orgc"), dict) else {}
    name = str((orgc or {}).get("name") or "unnamed organisation")
    said = {
        "created": at,
        "modified": at,
        "name": name,
        "identity_class": "organization",
    }
    return make(named("identity", "misp", name, at), said, first_hand(handling))


def _attribute(one: tuple[int, Object], around: tuple[Handling, str], org: Item) -> Item:
    place, native = one
    handling, day = around
    of, at = first_hand(handled(native, handling)), at_of(native, day)
    kind, value = str(native.get("type")), str(native.get("value"))
    comment = str(native.get("comment") or "")
    common: Object = {
        "created": at,
        "modified": at,
        "created_by_ref": org,
        "extensions": kept("attribute", native, place + 1),
    }
    found = seen(kind, value, of)
    key = (org.id, kind, value, str(place))
    if found is None:
        said: Object = {
            "abstract": f"{kind} of MISP",
            "content": f"{kind}: {value}\n{comment}".strip(),
        }
        return make(own_id("note", native, *key), common | said | {"object_refs": [org]}, of)
    item, pattern = found
    if native.get("to_ids") is True:
        said = {
            "name": f"{kind}: {value}"[:250],
            "description": comment or f"{kind} of MISP.",
            "indicator_types": ["malicious-activity"],
            "pattern": pattern,
            "pattern_type": "stix",
            "pattern_version": "2.1",
            "valid_from": at,
        }
        return make(own_id("indicator", native, *key), common | said, of)
    said = {"first_observed": at, "last_observed": at}
    said |= {"number_observed": 1, "object_refs": [item]}
    return make(own_id("observed-data", native, *key), common | said, of)


def _object(one: tuple[int, Object], around: tuple[Handling, str], org: Item) -> Item:
    place, native = one
    handling, day = around
    at = at_of(native, day)
    parts = [
        _attribute((number, each), (handling, at), org)
        for number, each in enumerate(_dicts(native, "Attribute"))
    ]
    of = first_hand(handling)
    wallet = Misp().said(native)
    if isinstance(wallet, SharedWallet):
        parts.append(address_wallet(wallet.address, of))
    rest = native | ({"Attribute": []} if "Attribute" in native else {})
    said = {
        "created": at,
        "modified": at,
        "created_by_ref": org,
        "name": str(native.get("name") or "MISP object"),
        "description": str(native.get("description") or ""),
        "context": "unspecified",
        "object_refs": parts or [org],
        "extensions": kept("object", rest, place + 1),
    }
    key = (org.id, str(native.get("name")), str(place))
    return make(own_id("grouping", native, *key), said, of)


def _dicts(native: Object, name: str) -> list[Object]:
    """A list of objects. Raises ValueError for anything else: it would not come back."""
    found = native.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ValueError(f"{name} of a MISP event is no list of objects")
    return found
