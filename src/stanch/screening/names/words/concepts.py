"""Words of organisations' names that mean the same: trading, muyok, 무역 and torgovaya are one.

The words and what they come from stand in `concepts.tsv`. A concept's class says how little it
tells: two companies are not one because both are a limited company that trades.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from stanch.screening.names import table

KINDS: Final = ("legal", "generic", "place", "number", "stop")


@dataclass(frozen=True, slots=True)
class Concepts:
    """All forms by their words. `longest` is the number of words of the longest form that begins
    with a word, so that most words of a name cost one look.
    """

    forms: dict[tuple[str, ...], str]
    longest: dict[str, int]

    @staticmethod
    def load() -> "Concepts":
        """The table that comes with Stanch, read once."""
        return _load()

    def find(self, tokens: Sequence[str]) -> list[tuple[int, int, str]]:
        """Where concepts stand in folded words: (first, one past the last, concept), in order.

        At each word the longest form wins, and none overlaps another.
        """
        found, at = [], 0
        while at < len(tokens):
            size = min(self.longest.get(tokens[at], 0), len(tokens) - at)
            while size and tuple(tokens[at : at + size]) not in self.forms:
                size -= 1
            if size:
                found.append((at, at + size, self.forms[tuple(tokens[at : at + size])]))
            at += size or 1
        return found

    def cut(self, word: str) -> list[str]:
        """A word of Hangul or Han, which write names without blanks, parted at the forms in it.

        조선백호무역회사 becomes 조선, 백호, 무역, 회사. Forms of one letter do not cut.
        """
        parts, rest, at = [], "", 0
        while at < len(word):
            size = min(len(word) - at, 20)
            while size > 1 and (word[at : at + size],) not in self.forms:
                size -= 1
            if size > 1:
                parts += [rest, word[at : at + size]] if rest else [word[at : at + size]]
                rest = ""
            else:
                rest += word[at]
            at += max(size, 1)
        return [*parts, rest] if rest else parts


def kind(concept: str) -> str:
    """The class of a concept, one of `KINDS`."""
    return concept.partition(":")[0]


def family(concept: str) -> str:
    """A concept without its last part where it has three: llc and gmbh are both legal:limited."""
    return concept.rpartition(":")[0] if concept.count(":") > 1 else concept


@cache
def _load() -> Concepts:
    forms: dict[tuple[str, ...], str] = {}
    longest: dict[str, int] = {}
    for concept, *listed in table.rows("stanch.screening.names.words", "concepts.tsv"):
        for form in listed:
            words = tuple(form.split())
            forms[words] = concept
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Concepts(forms, longest)
