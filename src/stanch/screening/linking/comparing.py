"""One pair: what speaks for and against its being one, and whether anything forbids it.

The sum begins far below zero. That an entry picked at random is one given entry of another list is
as likely as finding it among all: -10 log10(entries). Within one list its publisher has already
taken the two for different, and is wrong in about one of three hundred: 25 less, so that an
identifier or a name with a day of birth is needed.

A name counts as rare as its words are in these lists: 10 log10(entries / entries with the word),
RARE at most for a word. Words of a person's name go together (Kim and Chol do, Kim and Boris do
not), so four fifths of it are taken, of other names nearly all; MOST_NAME at most. Further names
that agree add FURTHER each, two at most. Where one list has the name twice, it may be the other's:
SHARED. Where the words stand in another order than names turn around (Kim Su Chol for Kim Chol Su)
they are mostly another person's: TURNED. Two with one number and no word in common are one only
where more speaks for it: NO_WORD. The same regime adds REGIME: it is half told by the name.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log10
from typing import Final

from stanch.model.hits import Evidence
from stanch.model.listed import PERSON
from stanch.screening.facts.weighing import weigh
from stanch.screening.linking.records import Record

RARE: Final = 40.0
TAKEN_OF_PERSONS: Final = 0.8
TAKEN: Final = 0.95
MOST_NAME: Final = 60.0
FURTHER: Final = 5.0
TURNED: Final = -30.0
SHARED: Final = -12.0
NO_WORD: Final = -15.0
REGIME: Final = 6.0
ONE_LIST: Final = -25.0

# What forbids a link whatever else agrees: (code, decibans or less).
_FORBIDS: Final = {
    "birth.contradicts": 0.0,
    "gender.contradicts": 0.0,
    "identifier.contradicts": -20.0,
    "schema.contradicts": -15.0,
}


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many entries there are, how many of them have a word in a name, and which names (by
    key) stand for more than one entry of one list.
    """

    entries: int
    words: Counter[str]
    shared: frozenset[str]

    @classmethod
    def of(cls, records: Sequence[Record]) -> "Frequencies":
        """Count them."""
        words: Counter[str] = Counter()
        names: Counter[tuple[str, str]] = Counter()
        for each in records:
            words.update(each.words)
            names.update((each.member.list, key) for key in each.names)
        shared = frozenset(key for (_, key), count in names.items() if count > 1)
        return cls(len(records), words, shared)

    @property
    def chance(self) -> Evidence:
        """Where every sum begins: one entry among all."""
        points = round(-10 * log10(max(self.entries, 2)), 1)
        return Evidence("list.chance", points, note=f"{self.entries:,}")

    def rarity(self, word: str) -> float:
        """Decibans for sharing this word."""
        return min(10 * log10(self.entries / self.words[word]), RARE)


def compare(one: Record, other: Record, known: Frequencies) -> tuple[Evidence, ...]:
    """All evidence on a pair, names first. Its sum is what is believed of the two."""
    found = _names(one, other, known)
    found += weigh(one.subject, other.entry)
    if shared := one.regimes & other.regimes:
        said = ", ".join(sorted(shared))
        programs = (", ".join(one.entry.programs), ", ".join(other.entry.programs))
        found.append(Evidence("program.same", REGIME, *programs, said))
    if one.member.list == other.member.list:
        name = one.member.list
        found.append(Evidence("list.same", ONE_LIST, name, name))
    found.append(known.chance)
    return tuple(found)


def forbidden(evidence: Sequence[Evidence]) -> bool:
    """Whether something contradicts so that the two must not be linked."""
    return any(each.code in _FORBIDS and each.points <= _FORBIDS[each.code] for each in evidence)


def _names(one: Record, other: Record, known: Frequencies) -> list[Evidence]:
    taken = TAKEN_OF_PERSONS if PERSON in (one.entry.schema, other.entry.schema) else TAKEN
    agreed = []
    for key in one.names.keys() & other.names.keys():
        mine, theirs = one.names[key], other.names[key]
        longer = max((mine.words, theirs.words), key=len)
        points = min(taken * sum(map(known.rarity, longer)), MOST_NAME)
        points += SHARED * (key in known.shared)
        turned = theirs.joined not in mine.joined * 2
        code = "name.order" if turned else "name.exact"
        agreed.append(Evidence(code, round(points + TURNED * turned, 1), mine.text, theirs.text))
    if not agreed and not one.words & other.words:
        return [Evidence("name.differs", NO_WORD, one.first_name, other.first_name)]
    agreed.sort(key=lambda found: (-found.points, found.subject, found.listed))
    further = [replace(each, points=FURTHER) for each in agreed[1:3] if each.code == "name.exact"]
    return agreed[:1] + further
