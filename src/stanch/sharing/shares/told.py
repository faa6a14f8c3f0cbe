"""An object as a share hands it out: its version, its bytes, and whether it says anything new.

What is made of a row is the same each time. Where a row changed, its objects get a later
`modified`, the time at which it was shared; where only the time would differ, the version before
stands. What one share says under its terms, and another not, are two versions; each keeps its own.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

import rfc8785
from sqlalchemy import select

from stanch.formats.stix.times import of_text, order_of
from stanch.model.desk.marking import Marking
from stanch.sharing.collections.words import Offer
from stanch.sharing.shares.reach import Reached, To
from stanch.store.desk.tables import share, share_object
from stanch.store.desk.transaction import Transaction, moment, stamp

_LISTED: Final = (Marking.AMBER, Marking.STRICT)


@dataclass(frozen=True, slots=True)
class Told:
    """An object with its bytes. `plain` is the hash of what it says, whatever its version."""

    data: Mapping[str, Any]
    raw: bytes
    plain: str
    marking: Marking
    to: To

    @property
    def id(self) -> str:
        """Its STIX id."""
        return str(self.data["id"])

    @property
    def modified(self) -> str:
        """Its version; empty where it has none."""
        return str(self.data.get("modified", ""))

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.raw).hexdigest()

    def offer(self, owner: str, to: To) -> Offer:
        """It, as a collection takes it, for these members. A label that lets more see it gives way
        to the list.
        """
        if to is None:
            return Offer(self.data, self.raw, owner, self.marking)
        marking = self.marking if self.marking in _LISTED else Marking.AMBER
        return Offer(self.data, self.raw, owner, marking, to | {owner})


def told(
    tx: Transaction,
    owner: str,
    objects: Sequence[Reached],
    own: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> list[Told]:
    """Objects in the version that they get. Two of one id for other readers count as one before.

    `own` are the newest versions that the same share brings already, by id and what each says.
    """
    newest = _newest(tx, owner, [each.id for each in objects])
    return [_told(tx, each, newest.get(each.id, []), own) for each in objects]


def plain_of(data: Mapping[str, Any]) -> str:
    """The hash of what an object says, whatever its version."""
    said = {name: value for name, value in data.items() if name != "modified"}
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def written(to: To) -> str:
    """Whom something goes to, as a column has it."""
    return "" if to is None else json.dumps(sorted(to))


def read(text: str) -> To:
    """What `written` wrote."""
    return frozenset(json.loads(text)) if text else None


def _told(
    tx: Transaction,
    each: Reached,
    before: list[tuple[str, str]],
    own: Mapping[tuple[str, str], str],
) -> Told:
    plain, data = plain_of(each.data), dict(each.data)
    if before and "modified" in data:
        last, said = before[0]
        if (each.id, plain) in own:
            data["modified"] = own[each.id, plain]
        elif said == plain:
            data["modified"] = last
        elif order_of(data["modified"]) <= order_of(last):
            data["modified"] = _later(tx.at, last)
    return Told(data, rfc8785.dumps(data), plain, each.marking, each.to)


def _later(at: str, last: str) -> str:
    """The time of the transaction, or just after the last version."""
    return of_text(max(at, stamp(moment(last) + timedelta(microseconds=1))))


def _newest(tx: Transaction, owner: str, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The versions of each object that the member's shares brought, the newest first, wherever."""
    found: dict[str, list[tuple[str, str]]] = {}
    columns = (share_object.c.object, share_object.c.modified, share_object.c.plain)
    wanted = sorted(set(ids))
    for at in range(0, len(wanted), 400):
        query = (
            select(*columns)
            .join(share, share_object.c.share == share.c.id)
            .where(share.c.owner == owner, share_object.c.object.in_(wanted[at : at + 400]))
            .distinct()
        )
        for id, modified, plain in tx.connection.execute(query):
            found.setdefault(id, []).append((modified, plain))
    for versions in found.values():
        versions.sort(key=lambda each: order_of(each[0]), reverse=True)
    return found
