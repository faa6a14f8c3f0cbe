"""Postal addresses: folded, with the usual short words written out.

No geocoder: a wrong place would tie strangers together, while a spelling that is missed only costs
a piece of evidence.
"""

from typing import Final

from stanch.personas.normal.folding import folded

_SHORT: Final = {
    "st": "street", "ave": "avenue", "av": "avenue", "rd": "road", "dr": "drive", "ln": "lane",
    "blvd": "boulevard", "ct": "court", "sq": "square", "pl": "place", "hwy": "highway",
    "pkwy": "parkway", "apt": "unit", "apartment": "unit", "suite": "unit", "ste": "unit",
    "flat": "flat", "fl": "floor", "bldg": "building", "no": "", "nr": "",
}  # fmt: skip


def address(text: str) -> str:
    """The address. Raises ValueError where no house can be meant: no number, or one word.

    >>> address("076 Crystal Flat, Ste. 279, Rushmouth")
    '076 crystal flat unit 279 rushmouth'
    """
    words = [_SHORT.get(word, word) for word in folded(text).split()]
    kept = [word for word in words if word]
    if len(kept) < 2 or not any(letter.isdecimal() for word in kept for letter in word):
        raise ValueError("names no house: it has no number, or is one word")
    return " ".join(kept)
