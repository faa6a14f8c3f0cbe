"""Logins from one IP address, by how few use it and how near in time (indicators 15, 16, 28).

Reads IP addresses, with times where they are known. An address tells of a place as long as few
share it: with more than `FEW` holders its bits are divided by how many times more there are
(indicator 16: one over its users), and from `MOST` on it says nothing. So the exit of a VPN and a
co-working space are worth almost nothing. Where both times are known and lie further apart than
`WINDOW`, the address has changed hands and is not counted. The small network about an address (/24
or /48) is read by `ip_net`. Weight as for `device`; it makes a farm and no operator.

False positives: carriers that put many customers behind one address, campuses, VPN exits with few
customers in this intake. Country and provider are not looked at.
"""

from typing import Final

import numpy as np

from stanch.model.personas import kinds
from stanch.model.personas.values import NO_TIME
from stanch.personas.evidence.indicator import FARM, HOUSEHOLD, Found, Indicator
from stanch.personas.evidence.shared import found, meetings
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("ip@1", HOUSEHOLD, FARM, place=True, stated=17)
MOST: Final = 32  # holders
FEW: Final = 8
WINDOW: Final = 90 * 86_400_000_000  # microseconds


def find(sight: Sight) -> Found:
    """Pairs that share one, in time."""
    return near_in_time(sight, kinds.IP, INDICATOR)


def near_in_time(sight: Sight, kind: str, indicator: Indicator) -> Found:
    """Pairs that share a value of a kind at times that may be near."""
    keys = sight.keys(kind).once()
    left, right, holders = meetings(keys, MOST)
    at, then = keys.time[left], keys.time[right]
    unknown = (at == NO_TIME) | (then == NO_TIME)
    kept = unknown | (np.abs(np.where(unknown, 0, at - then)) <= WINDOW)
    return found(indicator, keys.record[left[kept]], keys.record[right[kept]], holders[kept])
