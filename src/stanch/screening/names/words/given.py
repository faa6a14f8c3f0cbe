"""Given names that are one name: Aleksandr and Oleksandr, William and Guillaume and Bill.

Two grades, since they tell unlike much. A `spelling` is the same name, romanised by another rule
or written by a neighbour; a `cognate` is its form in another language, a short form or a nickname.
The names and what they come from stand in `given.tsv`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from stanch.screening.names import table

SPELLING: Final = "spelling"
COGNATE: Final = "cognate"


@dataclass(frozen=True, slots=True)
class Given:
    """`names`: the rows (by number) that a word is a spelling of; `families`: by row's number."""

    names: dict[str, tuple[int, ...]]
    families: tuple[str, ...]

    @staticmethod
    def load() -> "Given":
        """The table that comes with Stanch, read once."""
        return _load()

    def relation(self, one: str, other: str) -> str:
        """`SPELLING`, `COGNATE`, or empty where two folded words are not known as one name."""
        rows, others = self.names.get(one), self.names.get(other)
        if rows is None or others is None:
            return ""
        if not set(rows).isdisjoint(others):
            return SPELLING
        kin = {self.families[row] for row in rows}
        return COGNATE if any(self.families[row] in kin for row in others) else ""

    def spellings(self, word: str) -> tuple[int, ...]:
        """Numbers of the names that `word` spells: the same number is the same name."""
        return self.names.get(word, ())

    def kin(self, word: str) -> tuple[str, ...]:
        """The families that `word` belongs to, in their order in the table."""
        return tuple(dict.fromkeys(self.families[row] for row in self.names.get(word, ())))


@cache
def _load() -> Given:
    names: dict[str, tuple[int, ...]] = {}
    families: list[str] = []
    for family, *spellings in table.rows("stanch.screening.names.words", "given.tsv"):
        for word in spellings:
            names[word] = (*names.get(word, ()), len(families))
        families.append(family)
    return Given(names, tuple(families))
