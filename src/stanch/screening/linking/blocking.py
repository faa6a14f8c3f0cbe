"""Which pairs are compared at all: those that share a number, or a name letter for letter.

A number is one that is one's own: of a document, a hull, an aircraft. A telephone, a website, an
e-mail address, a bank's code or a wallet is used by a whole group of companies or by all members
of a gang; it brings nobody together, and adds where a name has.

A name's key is its letters in alphabetical order, so that neither the order of its words nor
hyphens and spaces hide it: KIM Chol-su, Chol Su KIM and Kim Cholsu have one key. Whether the order
makes them different people is decided when they are compared.

A key that more than MOST entries share tells little and would make pairs without end; it is
passed over, and such entries meet only by another key.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from stanch.screening.linking.records import Record

MOST: Final = 60
SHORTEST: Final = 5  # Latin letters; shorter names are everybody's

Pair = tuple[int, int]


def pairs(records: Sequence[Record]) -> list[Pair]:
    """Places of two records each, the smaller first, sorted."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, each in enumerate(records):
        for key in each.names:
            if len(key) >= SHORTEST or not key.isascii():
                blocks["", key].append(at)
        for number in each.numbers:
            blocks[number].append(at)
    found: set[Pair] = set()
    for members in blocks.values():
        if len(members) <= MOST:
            found.update(combinations(members, 2))
    return sorted(found)
