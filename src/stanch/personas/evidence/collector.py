"""Pay that meets at one collector within two hops (indicator 4).

Reads who paid whom, from wallets and accounts of the intake on, without times and amounts: these
edges are relationship evidence only and no row of a ledger. `collector_direct` is a pair whose pay
goes straight to one receiver; a person gathers his own pay so, and it speaks for one operator.
`collector` is a pair whose pay meets one payment later, or where one is paid by the other; it makes
a farm. Neither ties two records alone.

What is labelled a service, or is paid by more than `PAYERS`, is no collector and ends the path: an
exchange's hot wallet gathers everybody's pay. Weight as for `device`.

False positives: brokers and payroll firms with few customers in the transfers, exchanges that are
not labelled and of which the transfers show a small part.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import FARM, OPERATOR, PAY, Counts, Found, Indicator
from stanch.personas.evidence.shared import found, meetings
from stanch.personas.evidence.sight import Keys, Keys64, Paid, Sight

DIRECT: Final = Indicator("collector_direct@1", PAY, OPERATOR, stated=24, unique=2)
INDICATOR: Final = Indicator("collector@1", PAY, FARM, stated=20)
PAYERS: Final = 50  # different accounts that pay one; more make a service of it
MOST: Final = 64  # records whose pay meets
_NONE: Final = np.zeros(0, dtype=np.uint64)


def find(sight: Sight) -> tuple[Found, Found]:
    """Pairs that meet at once, and pairs that meet a hop later."""
    src, dst = edges(sight.paid)
    record, key = _own(sight)
    first = _onwards(record, key, src, dst)[:2]
    second = _onwards(*first, src, dst)[:2]
    paying = np.isin(record, first[0])
    home = record[paying], key[paying]
    nearest = [(each, np.full(len(each[0]), hop)) for hop, each in enumerate((home, first, second))]
    rows = _keys(nearest)
    left, right, holders = meetings(rows, MOST)
    hops = rows.time[left] + rows.time[right]
    different = rows.record[left] != rows.record[right]
    direct = different & (rows.time[left] == 1) & (rows.time[right] == 1)
    later = different & ~direct & (hops > 0)
    a, b = rows.record[left], rows.record[right]
    return (
        found(DIRECT, a[direct], b[direct], holders[direct]),
        found(INDICATOR, a[later], b[later], holders[later]),
    )


def payments(sight: Sight) -> Iterator[tuple[int, int, int]]:
    """Record, receiver and payer of every payment within two hops, as keys."""
    src, dst = edges(sight.paid)
    first = _onwards(*_own(sight), src, dst)
    second = _onwards(*first[:2], src, dst)
    for hop in (first, second):
        yield from zip(*(each.tolist() for each in hop), strict=True)


def _own(sight: Sight) -> tuple[Counts, Keys64]:
    """Records and what they are paid to."""
    own = [sight.keys(kind).once() for kind in (kinds.WALLET, kinds.BANK)]
    record = np.concatenate([each.record for each in own])
    return record, np.concatenate([each.key for each in own])


def edges(paid: Paid, kept: Keys64 = _NONE) -> tuple[Keys64, Keys64]:
    """Payments once each by payer, without those to and from services; `kept` are none."""
    if not len(paid.src):
        return paid.src, paid.dst
    order = np.lexsort((paid.dst, paid.src))
    src, dst = paid.src[order], paid.dst[order]
    new = np.r_[True, (src[1:] != src[:-1]) | (dst[1:] != dst[:-1])]
    src, dst = src[new], dst[new]
    receiver, payers = np.unique(dst, return_counts=True)
    services = np.setdiff1d(np.union1d(receiver[payers > PAYERS], paid.services), kept)
    private = ~(np.isin(dst, services) | np.isin(src, services)) & (src != dst)
    return src[private], dst[private]


def _onwards(
    record: Counts, key: Keys64, src: Keys64, dst: Keys64
) -> tuple[Counts, Keys64, Keys64]:
    """Records, where their pay goes next, and from where; `src` is sorted."""
    begin, end = np.searchsorted(src, key), np.searchsorted(src, key, side="right")
    count = end - begin
    row = np.repeat(np.arange(len(key)), count)
    at = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + begin[row]
    return record[row], dst[at], key[row]


def _keys(hops: list[tuple[tuple[Counts, Keys64], Counts]]) -> Keys:
    """Receivers as keys of records, each with the fewest hops in place of a time."""
    record = np.concatenate([each[0] for each, _ in hops]).astype(np.int32)
    key = np.concatenate([each[1] for each, _ in hops])
    hop = np.concatenate([each for _, each in hops])
    order = np.lexsort((hop, record, key))
    nothing = np.zeros(len(order), dtype=np.int32)
    return Keys(record[order], key[order], nothing, hop[order].astype(np.int64)).once()
