"""Perceptual hashes of pictures: 256 bits, as PDQ gives them, in hexadecimal.

PDQ (Meta, 2019) keeps the signs of 16 by 16 cosine terms. Saving a picture again moves a few of
them, a crop many, and a mirror turns every second column around.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from stanch.sources.personas_scenario.chance import U64, Chance, Flag, Int
from stanch.sources.personas_scenario.columns import hexed, unless

_WORDS: Final = 4
_MISSING: Final = 0.06
_MIRROR: Final = np.uint64(0xAAAAAAAAAAAAAAAA)  # odd columns of each row of 16
_SAVED: Final = 5  # one bit in 2^5 moves
_CROPPED: Final = 3


def photos(chance: Chance, key: U64, altered: Flag, writers: Int) -> pa.Array:
    """The hash that each application's picture has, or null.

    Where `altered`, the picture was used before and is cropped, mirrored or saved again.
    """
    rows = np.arange(len(key))
    cropped = altered & chance.happens("cropped", 0.25, writers)
    mirrored = altered & chance.happens("mirrored", 0.15, writers)
    saved = altered & chance.happens("saved", 0.7, writers)
    hashes: list[U64] = []
    for place in range(_WORDS):
        at = np.full(len(rows), place)
        word = chance.words("picture", key, at)
        word = np.where(mirrored, word ^ _MIRROR, word)
        word ^= np.where(saved, _few(chance, "saved", _SAVED, writers, at), np.uint64(0))
        word ^= np.where(cropped, _few(chance, "cropped", _CROPPED, writers, at), np.uint64(0))
        hashes.append(word)
    return unless(chance.happens("no-photo", _MISSING, writers), hexed(hashes, 64))


def _few(chance: Chance, what: str, halvings: int, writers: Int, place: Int) -> U64:
    """Words in which one bit in 2^halvings is set."""
    word = chance.words(f"{what}:0", writers, place)
    for number in range(1, halvings):
        word &= chance.words(f"{what}:{number}", writers, place)
    return word
