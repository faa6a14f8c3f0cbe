"""One spelling for what different alphabets' romanisations write differently, and its bare bones.

`sounded` undoes habits of spelling (Alexey and Aleksei, Sergey and Sergei);
`bones` keeps the consonants alone, voiced and unvoiced as one. Both only propose: what two words
cost to be taken for one another is weighed letter by letter in kernels/edit.py.
"""

import re
from functools import lru_cache
from typing import Final

_HABITS: Final = (
    ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("dj", "j"),
    ("zh", "j"),
    ("sh", "s"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("bh", "b"), ("ck", "k"), ("qu", "k"), ("ks", "x"), ("ts", "s"), ("tz", "s"), ("iy", "i"),
    ("ij", "i"), ("yi", "i"), ("ey", "ei"), ("ay", "ai"), ("oy", "oi"), ("ye", "e"), ("ie", "e"),
    ("yo", "o"), ("io", "o"), ("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("oo", "u"),
    ("ou", "u"), ("ee", "i"), ("eu", "u"), ("ae", "e"), ("oe", "o"), ("ue", "u"), ("w", "v"),
    ("q", "k"), ("y", "i"), ("z", "s"),
)  # fmt: skip
_HABIT: Final = re.compile("|".join(spelling for spelling, _ in _HABITS))
_PLAIN: Final = dict(_HABITS)
_DOUBLE: Final = re.compile(r"(.)\1+")
_OPEN: Final = frozenset("aeiouh")
_VOICELESS: Final = str.maketrans("gdbjvx", "ktpcfk", "aeiouh")


@lru_cache(1 << 13)
def sounded(word: str) -> str:
    """A Latin word with one spelling for each sound, double letters once."""
    if word.startswith("x"):  # Xi is heard as Shi
        word = "s" + word[1:]
    return _single(_HABIT.sub(lambda found: _PLAIN[found[0]], word))


@lru_cache(1 << 13)
def bones(word: str) -> str:
    """The consonants of a sounded word, unvoiced; a vowel at the beginning stands as `a`."""
    plain = _single(word.translate(_VOICELESS))
    return "a" + plain if word[:1] in _OPEN else plain


def _single(word: str) -> str:
    """Double letters once; most words have none, and looking is cheaper than replacing."""
    return _DOUBLE.sub(r"\1", word) if _DOUBLE.search(word) else word
