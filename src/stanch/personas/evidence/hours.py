"""Logins at hours that contradict the claimed place (indicator 30).

Reads times of day of logins and the offset from UTC that the claimed place has; never an absolute
zone. When people of this intake log in by their own claimed clocks is counted over all of them; a
record is marked where its hours fit far better by a clock at least `APART` hours from the claimed
one. Bits: log2 of how much better the best such clock fits than the claimed one, less log2 of the
clocks that were tried. With fewer than `LEAST` logins, or in an intake too small to know the usual
hours, nothing is said.

False positives: people who work at night or for a team far away, travellers, VPNs are none (hours
do not change with them). A mark raises the priority of a review and ties nobody.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.model.personas import kinds
from stanch.personas.evidence.mark import Mark
from stanch.personas.evidence.sight import Near, Sight

NAME: Final = "hours@1"
LEAST: Final = 5  # logins
APART: Final = 4  # hours between clocks
KNOWN: Final = 500  # logins that tell the usual hours
MOST: Final = 12_000_000  # microbits

Hours = npt.NDArray[np.float64]


def find(sight: Sight) -> Iterator[Mark]:
    """Marks of records, in their order."""
    logins, claimed = sight.near(kinds.LOGIN), _claimed(sight.near(kinds.CLAIMED_OFFSET))
    by_record = _hours(logins, claimed)
    if sum(map(len, by_record.values())) < KNOWN:
        return
    usual = _usual(by_record.values())
    for record in sorted(by_record):
        hours = by_record[record]
        if len(hours) < LEAST:
            continue
        fits = [float(usual[(hours + shift) % 24].sum()) for shift in range(24)]
        away = max(range(APART, 24 - APART + 1), key=lambda shift: (fits[shift], -shift))
        bits = (fits[away] - fits[0]) - math.log2(24 - 2 * APART + 1)
        if bits > 1:
            microbits = min(round(bits * 1_000_000), MOST)
            yield Mark(record, NAME, microbits, {"logins": len(hours), "hours_away": away})


def _claimed(near: Near) -> dict[int, int]:
    """Of each record that claims one offset, or one with summer time, the first in minutes."""
    said: dict[int, int] = {}
    for record, value in zip(near.record.tolist(), near.value, strict=True):
        said.setdefault(record, int(value))
    return said


def _hours(logins: Near, claimed: dict[int, int]) -> dict[int, npt.NDArray[np.int64]]:
    local: dict[int, list[int]] = {}
    for record, value in zip(logins.record.tolist(), logins.value, strict=True):
        if record in claimed:
            minute = (int(value) + claimed[record]) % 1440
            local.setdefault(record, []).append(minute // 60)
    return {record: np.array(hours) for record, hours in local.items()}


def _usual(all_hours: Iterable[npt.NDArray[np.int64]]) -> Hours:
    """Log2 of how often an hour of the claimed clock has a login, no hour below one in 200."""
    count = np.bincount(np.concatenate(list(all_hours)), minlength=24).astype(np.float64)
    share: Hours = np.log2(np.maximum(count / count.sum(), 0.005))
    return share
