"""Putting objects into a collection: a verdict for each, and one entry of the log for all.

An object is never changed. One id with one version has one content: the same bytes again change
nothing, others are refused with a reason, unless who offers them sees nothing of the first; then
both lie there, and whoever sees both is shown the first.
"""

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from stanch.errors import InvariantError
from stanch.formats.taxii.versions import shown, version_of
from stanch.model.desk.people import Caller
from stanch.sharing.collections.audiences import Known, audience_of
from stanch.sharing.collections.states import DELETED, NEWEST, Lying, settled
from stanch.sharing.collections.words import Offer, Outcome, Verdict, View
from stanch.store.desk.commitments import commit_to
from stanch.store.desk.many import MANY, found_by
from stanch.store.desk.tables import collection, shared_object
from stanch.store.desk.transaction import Transaction, moment, stamp
from stanch.store.desk.visible import EVERYBODY

_AT_ONCE: Final = 400  # ids of one look-up
_OCTAVES: Final = 8  # gaps between 1 and 256 µs, each length of digits as likely as another
_DICE: Final = random.SystemRandom()
_CONTRADICTS: Final = "this id with this version lies here and says something else"
_GONE: Final = "was deleted here, and is not taken in again"


@dataclass(frozen=True, slots=True)
class Batch:
    """Objects for one collection. `seen` is what who brings them sees of it: None for the desk
    itself, which sees all. With `revive` an object that its owner deleted may come back.

    `chosen` is whether each offer says for whom it is: a post by TAXII has no release list, so that
    what was chosen for the object, or for the version before, stays, unless the new one is for all.
    """

    collection: str
    offers: Sequence[Offer]
    seen: View | None = None
    revive: bool = False
    chosen: bool = True


def put(tx: Transaction, caller: Caller | None, batch: Batch) -> list[Verdict]:
    """Put objects into a collection; a verdict for each, in their order.

    Whether the caller may write there is asked before. Each offer holds as STIX
    (`formats.stix.reading`), its version is one, and no two have the same id and version: others
    raise ValueError.
    """
    work = _Work(tx, batch)
    verdicts = [work.take(offer) for offer in batch.offers]
    work.write(caller)
    return verdicts


@dataclass(slots=True)
class _Work:
    """One batch on its way in."""

    tx: Transaction
    batch: Batch
    there: dict[str, list[Lying]] = field(init=False)  # rows of each id, written and new
    known: Known = field(default_factory=dict)
    new: list[tuple[Lying, Offer]] = field(default_factory=list)
    moved: list[tuple[Lying, Offer]] = field(default_factory=list)
    last: str = field(init=False)

    def __post_init__(self) -> None:
        row = self.tx.connection.execute(
            select(collection.c.last_added).where(collection.c.id == self.batch.collection)
        ).one_or_none()
        if row is None:
            raise InvariantError(f"no collection {self.batch.collection}")
        self.last = row.last_added
        ids = {str(each.data["id"]) for each in self.batch.offers}
        self.there = lying(self.tx, self.batch.collection, ids)

    def take(self, offer: Offer) -> Verdict:
        """What becomes of one offer."""
        id, version = str(offer.data["id"]), version_of(offer.data)
        digest = hashlib.sha256(offer.raw).hexdigest()
        rows = self.there.setdefault(id, [])
        found = self._same(rows, version, digest, offer)
        if found is None:
            row = self._fresh(offer, version, digest, rows)
            rows.append(row)
            self.new.append((row, offer))
            return Verdict(id, shown(row.version), Outcome.ADDED)
        return self._again(found, offer, digest)

    def _same(self, rows: list[Lying], version: str, digest: str, offer: Offer) -> Lying | None:
        """The row that is this object already, as far as who offers it is concerned.

        What has no version of its own is another one when it says something else.
        """
        for row in rows:
            is_it = row.version == version if version else row.digest == digest
            if is_it and (row.owner == offer.owner or self._seen(row)):
                return row
        return None

    def _seen(self, row: Lying) -> bool:
        seen = self.batch.seen
        if seen is None:
            return True
        times = seen.times
        return row.state != DELETED and row.audience in seen.audiences and (
            times is None or any(a <= row.added and (not b or row.added < b) for a, b in times)
        )  # fmt: skip

    def _again(self, row: Lying, offer: Offer, digest: str) -> Verdict:
        """A verdict on what lies here."""
        named = (row.id, shown(row.version))
        if row.digest != digest:
            return Verdict(*named, Outcome.CONTRADICTS, _CONTRADICTS)
        mine = row.owner == offer.owner
        if row.state == DELETED and not (mine and self.batch.revive):
            return Verdict(*named, Outcome.DELETED, _GONE)
        audience = self._audience(offer, [row])
        if row.state == DELETED or (mine and row.audience != audience):
            outcome = Outcome.ADDED if row.state == DELETED else Outcome.MOVED
            row.audience, row.added, row.state = audience, self._next(), NEWEST
            self.moved.append((row, offer))
            return Verdict(*named, outcome)
        return Verdict(*named, Outcome.SAME)

    def _audience(self, offer: Offer, rows: Sequence[Lying]) -> int:
        """Who sees an offer; `rows` are those of its id."""
        own = [row for row in rows if row.owner == offer.owner]
        known = own or [row for row in rows if self._seen(row)]
        if self.batch.chosen or offer.marking in EVERYBODY or not known:
            return audience_of(self.tx.connection, offer, self.known)
        return max(known, key=lambda row: row.version).audience

    def _fresh(self, offer: Offer, version: str, digest: str, rows: Sequence[Lying]) -> Lying:
        added = self._next()
        audience = self._audience(offer, rows)
        return Lying(
            None, str(offer.data["id"]), version or added.removesuffix("Z"), offer.owner,
            audience, added, digest, NEWEST,
        )  # fmt: skip

    def _next(self) -> str:
        """A time after the last, by a gap that tells nothing of what lies in it."""
        gap = timedelta(microseconds=round(2 ** (_DICE.random() * _OCTAVES)))
        at = moment(self.tx.at)
        last = moment(self.last) if self.last else at
        self.last = stamp(max(at, last + gap))
        return self.last

    def write(self, caller: Caller | None) -> None:
        """Write what came in, and say so in the log."""
        taken = [*self.new, *self.moved]
        if not taken:
            return
        changed = [row for id in {row.id for row, _ in taken} for row in settled(self.there[id])]
        connection = self.tx.connection
        if self.new:
            rows = [_row(self.batch.collection, row, offer) for row, offer in self.new]
            connection.execute(insert(shared_object), rows, execution_options=MANY)
        restate(self.tx, [row for row in changed if row.seq is not None])
        for row, offer in self.moved:
            connection.execute(
                update(shared_object)
                .where(shared_object.c.seq == row.seq)
                .values(_row(self.batch.collection, row, offer))
            )
        said = " ".join(row.digest for row, _ in taken)
        batch = f"{len(taken)} {hashlib.sha256(said.encode()).hexdigest()}"
        turn(self.tx, self.batch.collection, self.last)
        put = {"batch": commit_to(connection, batch)}
        self.tx.record(caller, "collection.put", self.batch.collection, put)


def lying(tx: Transaction, into: str, ids: Iterable[str]) -> dict[str, list[Lying]]:
    """The rows of objects in a collection, deleted ones too, by id."""
    found: dict[str, list[Lying]] = {}
    wanted = sorted(ids)
    listed = tx.connection.dialect.name == "postgresql"
    for at in range(0, len(wanted), _AT_ONCE):
        bound = {"into": into, "wanted": wanted[at : at + _AT_ONCE]}
        for row in tx.connection.execute(_BY_LIST if listed else _BY_IDS, bound):
            found.setdefault(row.id, []).append(Lying(*row))
    return found


_COLUMNS: Final = [shared_object.c[name] for name in Lying.__slots__]
_BY_IDS: Final = select(*_COLUMNS).where(
    shared_object.c.collection == bindparam("into"),
    shared_object.c.id.in_(bindparam("wanted", expanding=True)),
)
# The collection is to be no key: PostgreSQL, by an old count of the table, may take one for few
# rows, and would read a whole collection for each id.
_BY_LIST: Final = found_by(
    _COLUMNS, shared_object.c.id, shared_object.c.collection.concat("") == bindparam("into")
)


def restate(tx: Transaction, rows: Sequence[Lying]) -> None:
    """Write the states of rows that are there."""
    if rows:
        tx.connection.execute(
            update(shared_object)
            .where(shared_object.c.seq == bindparam("of"))
            .values(state=bindparam("now"), contested=bindparam("beside")),
            [{"of": row.seq, "now": row.state, "beside": row.contested} for row in rows],
        )


def turn(tx: Transaction, of: str, last: str | None = None) -> None:
    """Say that what lies in a collection has changed."""
    values: dict[str, Any] = {"revision": collection.c.revision + 1}
    if last is not None:
        values["last_added"] = last
    tx.connection.execute(update(collection).where(collection.c.id == of).values(values))


def _row(into: str, row: Lying, offer: Offer) -> dict[str, Any]:
    return {
        "collection": into,
        "audience": row.audience,
        "id": row.id,
        "version": row.version,
        "type": str(offer.data["type"]),
        "spec_version": str(offer.data.get("spec_version", "2.1")),
        "added": row.added,
        "owner": row.owner,
        "marking": offer.marking.value if offer.marking else "",
        "digest": row.digest,
        "state": row.state,
        "contested": row.contested,
        "bytes": offer.raw,
    }
