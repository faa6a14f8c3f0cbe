"""The distinct words of listed names: their letters, what each is worth, and how it is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.kernels import align
from stanch.screening.kernels.edit import WIDTH
from stanch.screening.kernels.keys import filed
from stanch.screening.names import lexicon
from stanch.screening.names.han.pinyin import is_pinyin
from stanch.screening.names.sound import bones, sounded

Array = npt.NDArray[Any]

# What a word is worth, in decibans: a third of what its rarity among listed names would say, since
# words of a name are not independent; a name is no proof of identity however rare its words are.
SHARE: Final = 0.33
MOST_WORTH: Final = 15.0
LEAST_WORTH: Final = 3.0
COMMON_GIVEN: Final = 8.0
WORTH: Final = {
    align.LEGAL: 0.3,
    align.PARTICLE: 0.3,
    align.TITLE: 0.3,
    align.NUMBER: 4.0,
    align.INITIAL: 1.5,
}
SHARED: Final = (0.6, 2.0, 7.0)  # of words that many organisations share: share, least and most
POPULATION: Final = 60_000  # a shorter list is not made of more common names
UNSEEN_WORTH: Final = 12.0  # of a query's word that is no listed name's

# What a query's word of each kind is worth where no listed name has it.
UNSEEN: Final = np.array(
    [UNSEEN_WORTH, SHARED[2], SHARED[2], 0.3, 0.3, 4.0, 1.5, UNSEEN_WORTH, 0.3], np.float32
)


def worth(word: str, kind: int, count: int, names: int) -> float:
    """What a word of `kind` that stands in `count` of `names` names is worth.

    A given name that whole cultures share is common however rarely lists have it.
    """
    if kind in WORTH:
        return WORTH[kind]
    rarity = 10.0 * SHARE * float(np.log10(max(names, POPULATION) / max(1, count)))
    if kind in (align.GENERIC, align.PLACE):
        share, least, most = SHARED
        return min(most, max(least, share * rarity))
    most = COMMON_GIVEN if lexicon.families(word) else MOST_WORTH
    return min(most, max(LEAST_WORTH, rarity))


def as_bytes(words: Sequence[str]) -> tuple[Array, Array]:
    """Words as a matrix of bytes, WIDTH a row, and their lengths; longer ones are cut."""
    raw = [word.encode("ascii", "replace") for word in words]
    letters = np.array(raw, f"S{WIDTH}").view(np.uint8).reshape(len(raw), WIDTH)
    lengths = np.minimum(np.fromiter(map(len, raw), np.int64, len(raw)), WIDTH)
    return letters, lengths


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words as the kernels take them: `letters` are the bytes and lengths as spelled, as sounded,
    and of the bones; `traits` their kinds, whether they are pinyin, and whether given names.
    """

    letters: tuple[Array, Array, Array, Array, Array, Array]
    traits: tuple[Array, Array, Array]


def spelled(words: Sequence[str]) -> Spelled:
    """All that the kernels need to know of `words`, of which some may be concepts or runs."""
    written = [word.removeprefix(lexicon.RUN) for word in words]
    heard = [word if word.startswith(lexicon.MARK) else sounded(word) for word in written]
    bare = [bones(word) for word in heard]
    kinds = np.array([lexicon.kind(word) for word in words], np.uint8)
    given = np.array([bool(lexicon.families(word)) for word in words], np.bool_)
    return Spelled(
        (*as_bytes(written), *as_bytes(heard), *as_bytes(bare)),
        (
            kinds,
            np.array([is_pinyin(word) for word in words], np.bool_),
            given & (kinds == align.CORE),  # Ben before a name is no Benjamin
        ),
    )


def vocabulary(
    words: Sequence[str], counts: Sequence[int], joined: Sequence[str], names: int
) -> dict[str, Array]:
    """The arrays of `words` (counted in `names` names) and, behind them, of `joined` runs.

    Behind both stand the forms of the concepts among the words, so that COMERCIAL finds commerce;
    `word_means` leads from a form to its concept, and from every other word to itself.
    """
    number = {word: place for place, word in enumerate(words)}
    forms = [
        (form, number[lexicon.MARK + concept])
        for form, concept in lexicon.single_forms()
        if lexicon.MARK + concept in number
    ]
    every = spelled([*words, *joined, *(form for form, _ in forms)])
    means = np.array([*range(len(words) + len(joined)), *(meant for _, meant in forms)], np.int32)
    kinds = every.traits[0]
    kinds[:] = kinds[means]
    values = [worth(*word, names) for word in zip(words, kinds.tolist(), counts, strict=False)]
    values += [MOST_WORTH] * len(joined)
    letters, lengths, sounds, sound_lengths, _, _ = every.letters
    keys, key_words, buckets = filed(*every.letters)
    return {
        "word_letters": letters,
        "word_lengths": lengths,
        "word_sounds": sounds,
        "word_sound_lengths": sound_lengths,
        "word_worth": np.array(values, np.float32)[means],
        "word_kind": kinds,
        "word_pinyin": every.traits[1],
        "word_given": every.traits[2],
        **_kin(words),
        "word_means": means,
        "key": keys,
        "key_word": key_words,
        "key_bucket": buckets,
    }


def _kin(words: Sequence[str]) -> dict[str, Array]:
    """For each family of given names, by its place among all that occur, the words of it."""
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for name in lexicon.families(word) if lexicon.kind(word) == align.CORE else ():
            found.setdefault(name, []).append(place)
    text = "\n".join(found)
    return {
        "kin_name": np.frombuffer(text.encode(), np.uint8),
        "kin_start": np.cumsum([0, *map(len, found.values())]),
        "kin_word": np.array([place for places in found.values() for place in places], np.int32),
    }
