"""Pay to an address that is listed, at once or within two hops (indicator 5).

Reads the record's wallets and who paid whom. No hops: the wallet itself is listed; one: it pays a
listed address; two: whom it pays does. Bits 20, 12, 8: stated; strong at none, medium at one and
two, and further is not looked at, as `indicators.md` in the data has it. The path is told.

What is labelled a service or paid by more than `collector.PAYERS` ends a path, so nobody is found
through an exchange's hot wallet. A listed address is never taken for a service: its fan-in is no
reason to overlook it.

False positives: small payments that nobody asked for go the other way and are not looked at; a
service that is not labelled and of which the transfers show a small part. It raises the priority of
a review and ties nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from stanch.model.personas import kinds
from stanch.personas.evidence.collector import edges
from stanch.personas.evidence.mark import Mark
from stanch.personas.evidence.sight import Keys64, Paid, Sight

NAME: Final = "listed@1"
MICROBITS: Final = (20_000_000, 12_000_000, 8_000_000)  # by hops
HOPS: Final = 2


@dataclass(frozen=True, slots=True)
class Path:
    """How a record's wallet comes to a listed address: keys, from the first to the last."""

    record: int
    keys: tuple[int, ...]

    @property
    def hops(self) -> int:
        """How many payments."""
        return len(self.keys) - 1


def paths(sight: Sight, listed: Keys64) -> Iterator[Path]:
    """The shortest path of each record that has one, in the order of records."""
    own = sight.keys(kinds.WALLET).once()
    if not len(listed) or not len(own.key):
        return
    paid = sight.paid
    services = np.setdiff1d(paid.services, listed)
    src, dst = edges(Paid(paid.src, paid.dst, services), listed)
    found: dict[int, tuple[int, ...]] = {}
    towards: dict[int, tuple[int, ...]] = {int(each): (int(each),) for each in np.sort(listed)}
    reached = dict(towards)
    for _ in range(HOPS):
        ends = np.array(list(towards), dtype=np.uint64)
        at = np.flatnonzero(np.isin(dst, ends))
        further: dict[int, tuple[int, ...]] = {}
        for row in at.tolist():
            one, path = int(src[row]), towards[int(dst[row])]
            if one not in reached:
                further[one] = min(further.get(one, (one, *path)), (one, *path))
        reached |= further
        towards = further
    for record, key in zip(own.record.tolist(), own.key.tolist(), strict=True):
        if (way := reached.get(key)) is not None:
            known = found.get(record)
            if known is None or (len(way), way) < (len(known), known):
                found[record] = way
    for record in sorted(found):
        yield Path(record, found[record])


def mark(path: Path) -> Mark:
    """What a path is worth."""
    return Mark(path.record, NAME, MICROBITS[path.hops], {"hops": path.hops})
