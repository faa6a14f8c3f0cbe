"""What came from a partner is sorted out: kept byte for byte, known already, or laid aside.

What is kept is owned by the partner's member. Marked AMBER it is for the member that keeps the
link, or for all who read the collection where the link widens; marked AMBER+STRICT for that member
alone. TLP:RED is for people, and is never kept. Of what was deleted here nothing comes back.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_, select

from stanch.formats.stix.reach import reach_of, refs_of
from stanch.formats.stix.reading import Refused, Taken
from stanch.formats.taxii.versions import version_of
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import access
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.objects import Batch, lying, put
from stanch.sharing.collections.states import DELETED, Lying
from stanch.sharing.collections.timely import last_taken, version_fault
from stanch.sharing.collections.words import Offer, Outcome, Verdict
from stanch.sharing.partners.quarantine import Aside, lay_aside
from stanch.sharing.partners.words import Told
from stanch.store.desk.tables import audience_to, shared_object
from stanch.store.desk.transaction import Transaction

RED: Final = "is TLP:RED, which is for people and not for programs: its bytes are not kept"
_NOTHING_NEW: Final = (Outcome.SAME, Outcome.DELETED)


@dataclass(frozen=True, slots=True)
class From:
    """By which link something came: its id, the member that keeps it, the partner's member, and the
    collection here.
    """

    link: str
    member: str
    source: str
    collection: str
    widens: bool


def take_in(tx: Transaction, by: From, taken: Sequence[Taken], refused: Iterable[Refused]) -> Told:
    """Sort out a page. Raises NotFoundError where the link's member has the collection no more."""
    sorting = _Sorting(tx, by, taken)
    aside = [Aside(each.id, each.reason, each.raw) for each in refused]
    offers, known = list[Offer](), 0
    for each in taken:
        found = sorting.offer(each)
        if isinstance(found, Aside):
            aside.append(found)
        elif found is None:
            known += 1
        else:
            offers.append(found)
    kept = 0
    verdicts = put(tx, None, Batch(by.collection, offers, sorting.seen))
    for offer, verdict in zip(offers, verdicts, strict=True):
        if verdict.outcome in _NOTHING_NEW or sorting.means_the_same(verdict, offer):
            known += 1
        elif verdict.outcome == Outcome.CONTRADICTS:
            aside.append(Aside(verdict.id, verdict.reason, offer.raw))
        else:
            kept += 1
    return Told(kept=kept, known=known, aside=lay_aside(tx, by.link, by.collection, aside))


class _Sorting:
    """A page, beside what lies in the collection."""

    def __init__(self, tx: Transaction, by: From, taken: Sequence[Taken]) -> None:
        self.tx, self.by = tx, by
        self.seen = access.one(tx.connection, Reader(by.member, tx.at), by.collection).view
        self.last = last_taken(tx.at)
        self.there = lying(tx, by.collection, {str(each.data["id"]) for each in taken})
        self.definitions = _definitions(tx, by, taken)

    def offer(self, came: Taken) -> Offer | Aside | None:
        """What is to be put, what is to be laid aside, or None where it is known or was deleted."""
        id, digest = str(came.data["id"]), hashlib.sha256(came.raw).hexdigest()
        marking = reach_of(came.data, self.definitions)
        if marking == Marking.RED:
            return Aside(id, RED, b"", digest)
        if fault := version_fault(came.data, self.last):
            return Aside(id, fault, came.raw)
        version = version_of(came.data)
        rows = self.there.get(id, [])
        same = [
            row for row in rows if (row.version == version if version else row.digest == digest)
        ]
        if any(self._settles(row, digest) for row in same):
            return None
        if rows and not version and self._said(came.data, ""):
            return None  # what has no version would lie here once for each spelling
        return Offer(
            came.data, came.raw, self.by.source, marking, self._to(marking, same), came=True
        )

    def means_the_same(self, verdict: Verdict, offer: Offer) -> bool:
        """Whether what contradicts what lies here does so by its spelling alone: most servers write
        an object anew when they are asked for it.
        """
        contradicts = verdict.outcome == Outcome.CONTRADICTS
        return contradicts and self._said(offer.data, version_of(offer.data))

    def _said(self, data: Mapping[str, Any], version: str) -> bool:
        """Whether something that lies here, and that the link's member sees or its partner owns,
        says the same; of this version where it is one.
        """
        of = shared_object.c
        ours = or_(of.owner == self.by.source, of.audience.in_(self.seen.audiences))
        query = select(of.bytes).where(
            of.collection == self.by.collection, of.id == data["id"], of.bytes.is_not(None), ours
        )
        if version:
            query = query.where(of.version == version)
        rows = self.tx.connection.execute(query).scalars()
        return any(json.loads(each) == data for each in rows)

    def _settles(self, row: Lying, digest: str) -> bool:
        """Whether nothing is to be done about an object, since this row lies here."""
        shown = row.audience in self.seen.audiences
        if row.state == DELETED:
            return shown or row.owner == self.by.source
        return shown and row.digest == digest

    def _to(self, marking: Marking | None, same: Iterable[Lying]) -> frozenset[str]:
        """Who is to see it. Where another link of ours brought it before, who sees it by that one
        goes on seeing it.
        """
        widened = marking == Marking.AMBER and self.by.widens
        if marking not in (Marking.AMBER, Marking.STRICT) or widened:
            return frozenset()
        mine = [
            row.audience for row in same
            if row.owner == self.by.source and row.state != DELETED
        ]  # fmt: skip
        query = select(audience_to.c.to).where(audience_to.c.audience.in_(mine))
        return frozenset({self.by.member, *self.tx.connection.execute(query).scalars()})


def _definitions(tx: Transaction, by: From, taken: Sequence[Taken]) -> dict[str, dict[str, Any]]:
    """The marking-definitions of a page, and those that it names and that came before."""
    kind = "marking-definition"
    found = {str(each.data["id"]): each.data for each in taken if each.data["type"] == kind}
    missing = {ref for each in taken for ref in refs_of(each.data)} - found.keys()
    query = select(shared_object.c.bytes).where(
        shared_object.c.collection == by.collection,
        shared_object.c.id.in_(missing),
        shared_object.c.type == kind,
        shared_object.c.bytes.is_not(None),
    )
    before = [json.loads(each) for each in tx.connection.execute(query).scalars()]
    return {**{str(each["id"]): each for each in before}, **found}
