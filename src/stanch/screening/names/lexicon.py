"""What kind of word a word is: a name's own, or one that thousands of names share."""

from functools import cache
from typing import Final

from stanch.screening.kernels import align
from stanch.screening.names.words.concepts import Concepts
from stanch.screening.names.words.given import COGNATE, SPELLING, Given
from stanch.screening.names.words.particles import particles

MARK: Final = "="  # begins the text of a concept, which is no word that anyone writes
_GIVEN_COST: Final = {SPELLING: 1.0, COGNATE: 2.5}
_LONG: Final = 5
_KIND_OF: Final = {
    "legal": align.LEGAL,
    "generic": align.GENERIC,
    "place": align.PLACE,
    "number": align.NUMBER,
    "stop": align.PARTICLE,
}


def kind(word: str) -> int:
    """The kind of a folded Latin word or a concept, one of those in kernels/align.py."""
    if word.startswith(MARK):
        return _KIND_OF[word[1:].partition(":")[0]]
    if word.isdigit():
        return align.NUMBER
    if len(word) == 1:
        return align.INITIAL
    return align.PARTICLE if word in _joining() else align.CORE


@cache
def _joining() -> frozenset[str]:
    """Words that name nobody; of a kunya (abu, umm) the word itself is part of the name."""
    return frozenset(
        words[0] for words, kind in particles().items() if len(words) == 1 and kind != "kunya"
    )


def families(word: str) -> tuple[str, ...]:
    """The given names, by family, that a word may be."""
    return Given.load().kin(word)


def given_cost(one: str, two: str) -> float | None:
    """Decibans by which two spellings or forms of one given name say less than the same word."""
    return _GIVEN_COST.get(Given.load().relation(one, two))


@cache
def concepts() -> Concepts:
    """The table of words that mean the same across languages."""
    return Concepts.load()


def single_forms() -> list[tuple[str, str]]:
    """(word, concept) for every concept's form of one Latin word that is long enough to misspell."""
    return [
        (form[0], concept)
        for form, concept in concepts().forms.items()
        if len(form) == 1 and len(form[0]) >= _LONG and form[0].isascii() and form[0].isalpha()
    ]


def with_concepts(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` with each that is, or are together, a known concept in that concept's place."""
    out: list[str] = []
    at = 0
    for start, end, concept in concepts().find(words):
        out.extend(words[at:start])
        out.append(MARK + concept)
        at = end
    out.extend(words[at:])
    return tuple(out)
