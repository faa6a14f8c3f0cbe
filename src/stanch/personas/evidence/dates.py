"""Dates of an employment history that contradict each other (indicator 35).

Reads pieces of a history with their months. Marked are pieces that end before they begin: 2 bits
for the first, 1 for each more, at most 4; stated, and low, since typing errors are common
(indicator 35 names them as its false positives). Jobs held at one time are not counted: people have
several. A month that is missing says nothing. A mark raises the priority of a review and ties
nobody.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.mark import Mark
from stanch.personas.evidence.sight import Sight

NAME: Final = "dates@1"
MOST: Final = 4


def find(sight: Sight) -> Iterator[Mark]:
    """Marks of records, in their order."""
    near = sight.near(kinds.EMPLOYED)
    wrong: Counter[int] = Counter()
    for record, value in zip(near.record.tolist(), near.value, strict=True):
        wrong[record] += _backwards(value)
    for record in sorted(wrong):
        if wrong[record]:
            bits = min(1 + wrong[record], MOST)
            yield Mark(record, NAME, bits * 1_000_000, {"pieces": wrong[record]})


def _backwards(value: str) -> bool:
    """Whether a piece ends before it begins; months compare where both are known, else years."""
    said = json.loads(value)
    begun, ended = str(said.get("from", "")), str(said.get("to", ""))
    length = min(len(begun), len(ended))
    return length >= 4 and ended[:length] < begun[:length]
