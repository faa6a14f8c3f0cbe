"""Commits whose offset from UTC jumps as no traveller's does (indicator 31).

Reads times of commits with the offset that each says. Marked is who changes by four hours or more
within four hours, five times or more: 4 bits, since a study of flagged and other accounts found it
in 25.0 % and 1.5 % (log2 of 16.7 is 4.06). Which offsets they are is not looked at.

False positives: several machines with other clocks, robots that commit in UTC under a person's
name. A mark raises the priority of a review and ties nobody.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from stanch.model.personas import kinds
from stanch.model.personas.values import NO_TIME
from stanch.personas.evidence.mark import Mark
from stanch.personas.evidence.sight import Sight

NAME: Final = "git_offset@1"
JUMP: Final = 240  # minutes
WITHIN: Final = 4 * 3_600_000_000  # microseconds
LEAST: Final = 5  # jumps
MICROBITS: Final = 4_000_000


def find(sight: Sight) -> Iterator[Mark]:
    """Marks of records, in their order."""
    near = sight.near(kinds.COMMIT)
    known = near.time != NO_TIME
    record, time = near.record[known], near.time[known]
    offset = np.array([int(each) for each in near.value], dtype=np.int64)[known]
    order = np.lexsort((time, record))
    record, time, offset = record[order], time[order], offset[order]
    jump = (
        (record[1:] == record[:-1]) & (np.abs(np.diff(offset)) >= JUMP) & (np.diff(time) <= WITHIN)
    )
    who, jumps = np.unique(record[1:][jump], return_counts=True)
    for one, count in zip(who.tolist(), jumps.tolist(), strict=True):
        if count >= LEAST:
            yield Mark(one, NAME, MICROBITS, {"jumps": count})
