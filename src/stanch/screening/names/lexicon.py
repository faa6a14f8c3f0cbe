"""What kind of word a word is: a name's own, or one that thousands of names share."""

from functools import cache
from typing import Final

from stanch.screening.kernels import align
from stanch.screening.names.words.concepts import Concepts
from stanch.screening.names.words.concepts import family as family_of
from stanch.screening.names.words.given import COGNATE, SPELLING, Given
from stanch.screening.names.words.particles import particles

MARK: Final = "="  # begins the text of a concept, which is no word that anyone writes
RUN: Final = "+"  # begins the text of several words run together
_GIVEN_COST: Final = {SPELLING: 1.0, COGNATE: 2.5}
_ANY_FORM: Final = {MARK + "legal:company", MARK + "legal:association"}  # of whatever form
_ONE: Final = {"place:north_korea": "place:korea"}  # as these lists mean it
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
    if word in _ANY_FORM:
        return align.PARTICLE
    if word.startswith(RUN):
        return align.JOINED
    if word.startswith(MARK):
        return _KIND_OF[word[1:].partition(":")[0]]
    if word.isdigit():
        return align.NUMBER
    if len(word) == 1:
        return align.INITIAL
    return _joining().get(word, align.CORE)


@cache
def _joining() -> dict[str, int]:
    """Words that name nobody; of a kunya (abu, umm) the word itself is part of the name."""
    return {
        words[0]: align.TITLE if kind == "title" else align.PARTICLE
        for words, kind in particles().items()
        if len(words) == 1 and kind != "kunya"
    }


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
    """(word, concept) for every form of one Latin word that is long enough to misspell."""
    return [
        (form[0], shared(concept))
        for form, concept in concepts().forms.items()
        if len(form) == 1 and len(form[0]) >= _LONG and form[0].isascii() and form[0].isalpha()
    ]


def shared(concept: str) -> str:
    """A concept as it is compared: GmbH and LLC are both limited companies."""
    concept = _ONE.get(concept, concept)
    return family_of(concept) if concept.startswith("legal:") else concept


def with_concepts(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` with each that is, or are together, a known concept in that concept's place."""
    out: list[str] = []
    at = 0
    for start, end, concept in concepts().find(words):
        out.extend(words[at:start])
        out.append(MARK + shared(concept))
        at = end
    out.extend(words[at:])
    return tuple(_counted(out))


def _counted(words: list[str]) -> list[str]:
    """Tens and units that stand side by side as one number: forty 4 is 44."""
    out: list[str] = []
    for word in words:
        ten, unit = (_number(each) for each in (out[-1] if out else "", word))
        if ten >= 20 and ten % 10 == 0 and 0 < unit < 10:
            out[-1] = f"{MARK}number:{ten + unit}"
        else:
            out.append(word)
    return out


def _number(word: str) -> int:
    digits = word.removeprefix(MARK + "number:")
    return int(digits) if digits != word and digits.isdigit() else 0
