"""An analyst takes in what was laid aside, or drops it for good."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from stanch.errors import RefusedError
from stanch.formats.stix.reading import Taken
from stanch.formats.stix.scan import MAX_DEPTH, depth_of
from stanch.model.desk.people import Caller
from stanch.sharing.partners import quarantine
from stanch.sharing.partners.intake import RED, From, take_in
from stanch.sharing.partners.words import HeldState
from stanch.store.desk.tables import partner
from stanch.store.desk.transaction import Transaction

_ID: Final = 300


def drop(tx: Transaction, caller: Caller, id: str) -> None:
    """Drop a thing: it stays aside when it comes again. Raises as `quarantine.held`."""
    quarantine.held(tx, caller, id)
    quarantine.settle(tx, caller, id, HeldState.DROPPED)


def take(tx: Transaction, caller: Caller, id: str) -> None:
    """Take a thing into the collection that it was for, with the fault that it has.

    Raises as `quarantine.held`, and RefusedError where it can lie in no collection: it is for
    people alone, has no type, id and times by which to be found, or contradicts what lies there.
    """
    row = quarantine.held(tx, caller, id)
    if not row["bytes"]:
        raise RefusedError(f"{id}: {RED}")
    data = _value(row["bytes"])
    if not _has_shape(data):
        raise RefusedError(f"{id}: has no type, id and times by which a collection could hold it")
    link = tx.connection.execute(select(partner).where(partner.c.id == row["partner"])).one()
    by = From(link.id, link.member, link.source, link.collection, bool(link.widens))
    told = take_in(tx, by, [Taken(data, row["bytes"])], [])
    if not told.kept:
        raise RefusedError(
            f"{id}: the collection has this id with this version already, or had it and it was "
            "deleted"
        )
    quarantine.settle(tx, caller, id, HeldState.TAKEN)


def _value(raw: bytes) -> Any:
    try:
        text = raw.decode()
        return json.loads(text) if depth_of(text) <= MAX_DEPTH else None
    except (ValueError, RecursionError):
        return None


def _has_shape(data: Any) -> bool:
    if not isinstance(data, Mapping):
        return False
    kind, id = data.get("type"), data.get("id")
    if not isinstance(kind, str) or not isinstance(id, str) or not id.startswith(f"{kind}--"):
        return False
    times = [data[name] for name in ("created", "modified") if name in data]
    return len(id) <= _ID and all(isinstance(each, str) for each in times)
