"""Check digits of an identity document that do not hold (indicator 45).

Reads the machine-readable zone as `formats.document.mrz` read it. Lines that were not wholly read
have no value and say nothing: readers fail on honest documents, on those of some states more than
on others. 3 bits for one wrong digit and 2 for each more, at most 6; stated, since misreadings of
one letter are the usual cause. Name and nationality are covered by no digit, and are not looked at;
nor is the state.

False positives: misread letters, old documents of states that left fields empty. A mark raises the
priority of a review and ties nobody.
"""

import json
from collections.abc import Iterator
from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.mark import Mark
from stanch.personas.evidence.sight import Sight

NAME: Final = "mrz@1"
MOST: Final = 6


def find(sight: Sight) -> Iterator[Mark]:
    """Marks of records, in their order; of several documents the worst."""
    near = sight.near(kinds.MRZ)
    worst: dict[int, tuple[int, int]] = {}
    for record, value in zip(near.record.tolist(), near.value, strict=True):
        said = json.loads(value)
        wrong = len(said["wrong"]), int(said["checked"])
        worst[record] = max(worst.get(record, (0, 0)), wrong)
    for record in sorted(worst):
        failed, checked = worst[record]
        if failed:
            bits = min(1 + 2 * failed, MOST)
            yield Mark(record, NAME, bits * 1_000_000, {"wrong": failed, "checked": checked})
