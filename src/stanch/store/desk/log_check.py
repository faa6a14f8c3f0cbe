"""Check the whole log: find any change, deletion, reordering or insertion, and where it began.

The rows are hashed anew and the tree is built anew; what is stored of it must be the same, and so
must the roots that the desk has signed. Heads that others keep outside are asked as well: they find
what an owner of the database can hide from it, a log cut short, rolled back or forked.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, func, select

from stanch.errors import StanchError
from stanch.model.desk import merkle
from stanch.model.desk.log_row import Row
from stanch.store.desk.commitments import holds
from stanch.store.desk.faults import Fault, first_bad
from stanch.store.desk.log_walk import Run, beside, runs
from stanch.store.desk.tables import desk, erasable, log, log_head

__all__ = ["Check", "Fault", "first_bad", "verify"]

Check = Callable[[str], Mapping[str, Any]]
"""Gives the payload of a signed head once the desk's key is proved to have signed it."""

MOST: Final = 20  # faults of one kind that are told one by one


def verify(connection: Connection, check: Check, heads: Iterable[str] = ()) -> list[Fault]:
    """All that is wrong with the log, entries first and in their order; empty where it is whole.

    `check` raises SignatureError, or ValueError, where a head is not signed by the desk's key; the
    key should come from outside the database. `heads` are signed heads that were kept outside.
    """
    walk = _Walk(check, connection.execute(select(desk.c.id)).scalars().first())
    for jws in heads:
        walk.remember(jws)
    stored = connection.execute(select(func.count(), func.max(log_head.c.size))).one()
    total = max(stored[1] or 0, 0)
    if stored[0] > 1 or (stored[1] or 0) < 0:
        walk.fault("head", "table log_head does not hold one sound row")
    for run in runs(connection, total):
        walk.run(run)
    walk.end(total)
    _beside(connection, walk)
    _erasable(connection, walk)
    return walk.told()


class _Walk:
    """What is known so far. `peaks` are the largest whole subtrees: their hash by level."""

    def __init__(self, check: Check, name: str | None) -> None:
        self.check, self.name = check, name
        self.faults: list[Fault] = []
        self.many: Counter[str] = Counter()
        self.kept: defaultdict[int, set[str]] = defaultdict(set)  # roots by size, from outside
        self.peaks: dict[int, bytes] = {}
        self.blind = False  # an entry's hash is not known: there are no roots from here on
        self.at = ""
        self.vouched = self.vouched_outside = 0
        self.suspect: int | None = None  # from here on stored hashes disagree with the entries
        self.refuted: int | None = None  # from here on a signed head disagrees
        self.forked = False
        self.hole: Fault | None = None  # the last entries that are missing

    def fault(self, kind: str, says: str, n: int | None = None, to: int | None = None) -> None:
        """Tell a fault, unless enough of its kind are told."""
        self.many[kind] += 1
        if self.many[kind] <= MOST:
            self.faults.append(Fault(kind, says, n, n if to is None else to))

    def told(self) -> list[Fault]:
        """All faults; those that name entries first."""
        for kind, many in self.many.items():
            if many > MOST:
                self.faults.append(Fault("more", f"{many - MOST:,} more of the kind {kind}"))
        return sorted(self.faults, key=lambda fault: (fault.n is None, fault.n or 0))

    def remember(self, jws: str) -> None:
        """Hold the log to a head that was kept outside."""
        said = self._head(jws, "a head kept outside")
        if said is not None:
            self.kept[said[0]].add(said[1])

    def run(self, run: Run) -> None:
        """The next entries."""
        if not run.rows:
            self._missing(run.first, run.last)
            self.blind = True
            return
        for n in range(run.first, run.last + 1):
            self._entry(n, run)
            if n in run.heads:
                self._signed(n, run.heads[n])
            if n in self.kept:
                self._outside(n)

    def end(self, total: int) -> None:
        """Whether the last entry is covered by a signed head, and the log as long as was signed."""
        if not self.blind and self.refuted is None and self.vouched < total:
            says = f"no signed head covers the entries behind {self.vouched}"
            self.fault("unsigned", says, self.vouched + 1, total)
        longest = max(self.kept, default=0)
        if longest > total:
            says = f"the log ends at {total}, but the desk has signed one of {longest} entries"
            self.fault("truncated", says, total + 1, longest)
        if any(size == 0 and roots != {_text(merkle.EMPTY)} for size, roots in self.kept.items()):
            self.fault("head", "a head kept outside has no entries, yet a root of some")

    def _entry(self, n: int, run: Run) -> None:
        kept = _hash(run.nodes.get((0, n - 1)))
        found = run.rows.get(n)
        if found is None:
            self._missing(n, n)
            leaf = kept
        else:
            leaf = self._leaf(n, found[0], _hash(found[1])) or kept or _hash(found[1])
        if self.blind or leaf is None:
            self.blind = True
            return
        for level, place, node in list(merkle.grown(n - 1, leaf, lambda lv, _: self.peaks[lv])):
            self.peaks[level] = node
            if _hash(run.nodes.get((level, place))) != node:
                self._node(level, (place << level) + 1, n)

    def _missing(self, n: int, to: int) -> None:
        hole = self.hole
        if hole and hole.to == n - 1 and hole in self.faults:
            self.faults.remove(hole)
            self.many["missing"] -= 1
            n = hole.n or n
        which = f"entry {n} is" if n == to else f"entries {n} to {to} are"
        self.hole = Fault("missing", f"{which} missing", n, to)
        self.fault("missing", self.hole.says, n, to)

    def _leaf(self, n: int, row: Row, stored: bytes | None) -> bytes | None:
        """The hash of an entry that is as it was hashed; None, and a fault, of another."""
        try:
            leaf = row.leaf()
        except (ValueError, TypeError, AttributeError) as error:
            self.fault("changed", f"entry {n} was changed: {error}", n)
            return None
        if leaf != stored:
            self.fault("changed", f"entry {n} was changed: it is not what was hashed", n)
            return None
        if row.at < self.at:
            self.fault("time", f"entry {n} is earlier than the one before it", n)
        self.at = row.at
        return leaf

    def _node(self, level: int, first: int, last: int) -> None:
        if self.refuted is not None:
            return
        if self.suspect is None:
            self.suspect = first
        self.fault("node", f"the stored hash at level {level} is not of entries {first} to {last}")

    def _signed(self, n: int, jws: str) -> None:
        said = self._head(jws, f"the stored head of {n} entries")
        if said is None:
            return
        if said[0] != n:
            self.fault("head", f"the stored head of {n} entries is one of {said[0]}")
        elif not self.blind and self.refuted is None:
            if said[1] == self._root(n):
                self.vouched, self.suspect = n, None
                return
            self.refuted = self.suspect or self.vouched + 1
            says = f"entries {self.vouched + 1} to {n} are not those that the desk signed"
            if self.suspect:
                says += f"; stored hashes disagree from {self.suspect} on"
            self.fault("changed", says, self.refuted, n)

    def _outside(self, n: int) -> None:
        if self.blind or self.forked:
            return
        if self.kept[n] == {self._root(n)}:
            self.vouched_outside = n
            return
        self.forked = True
        after = self.vouched_outside
        says = f"entries {after + 1} to {n} are not those of a head kept outside"
        self.fault("forked", says, self.refuted or after + 1, n)

    def _root(self, n: int) -> str:
        return _text(merkle.root(0, n, lambda level, _: self.peaks[level]))

    def _head(self, jws: str, which: str) -> tuple[int, str] | None:
        """Size and root that a head signs; None, and a fault, where it does not hold."""
        try:
            said = self.check(jws)
            name, size, root = said["desk"], said["size"], said["root"]
        except (StanchError, ValueError, TypeError, KeyError, AttributeError) as error:
            self.fault("head", f"{which} does not hold: {error}")
            return None
        if name != self.name:
            self.fault("head", f"{which} is of another desk: {name!r}")
        elif type(size) is not int or size < 0 or not isinstance(root, str):
            self.fault("head", f"{which} does not say size and root")
        else:
            return size, root
        return None


def _beside(connection: Connection, walk: _Walk) -> None:
    rows, heads, levels = beside(connection)
    for n in rows:
        walk.fault("inserted", f"entry {n} stands outside of the log", n)
    for size in heads:
        walk.fault("head", f"a stored head is of {size} entries, which the log does not have")
    for level in levels:
        walk.fault("node", f"there are stored hashes at level {level} that no entries have")
    last = select(log_head.c.at).where(
        log_head.c.at
        != select(func.coalesce(func.max(log.c.at), ""))
        .where(log.c.n == log_head.c.size)
        .scalar_subquery()
    )
    for at in connection.execute(last).scalars():
        walk.fault("head", f"table log_head says {at}, not the time of the last entry")


def _erasable(connection: Connection, walk: _Walk) -> None:
    after = ""
    while True:
        query = select(erasable).where(erasable.c.commitment > after)
        found = connection.execute(query.order_by(erasable.c.commitment).limit(1000)).all()
        for made, salt, text in found:
            if not holds(made, salt, text):
                walk.fault("erasable", f"the text behind {made} is not the one committed to")
        if not found:
            return
        after = found[-1].commitment


def _hash(stored: object) -> bytes | None:
    """A stored hash; None where it is none."""
    raw = bytes(stored) if isinstance(stored, bytes | memoryview) else b""
    return raw if len(raw) == 32 else None


def _text(root: bytes) -> str:
    return f"sha256:{root.hex()}"
