"""A name in Han characters as the words that Mandarin, Cantonese and Japanese read it by.

Nobody can see from the characters whose name it is: 林 is Lin, Lam, Hayashi and Rim. So a name is
read in every way and each is compared; Korean readings are made in names.korean.parse.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from stanch.screening.names.han.readings import readings
from stanch.screening.names.words import surnames

_EITHER: Final = 3  # characters of a name whose surname may have one or two
_JAPANESE: Final = (3, 6)  # characters of a Japanese name: 司忍, read two by one, is too short
_CHINESE: Final = 3  # readings of one word by the Chinese sounds of its characters
_OF_WORD: Final = 3  # Japanese readings of one word
_LONGEST: Final = 5  # letters of a character's native reading in a given name: verbs are longer


def sequences(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The word sequences of a name in Han `words`, Mandarin first, without repetition."""
    found = [_mandarin(words), _cantonese(words)]
    if _JAPANESE[0] <= len("".join(words)) <= _JAPANESE[1]:
        found += _japanese(words)
    return list(dict.fromkeys(found))


def _mandarin(words: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(_first(char, "mandarin") for char in word) for word in _cut(words, 1))


def _cantonese(words: Sequence[str]) -> tuple[str, ...]:
    """By jyutping; a surname as people of Hong Kong and the South-East write their own."""
    return tuple(
        _surname(word) or "".join(_first(char, "cantonese") for char in word)
        for word in _cut(words, 1)
    )


def _surname(word: str) -> str:
    known = surnames.written().get(word)
    return known.southern[0] if known and known.southern else ""


def _japanese(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The usual readings of every usual cut: the surname has two characters, or one."""
    sizes = (0,) if len(words) > 1 else (2, 1) if len(words[0]) == _EITHER else (2,)
    for size in sizes:
        surname, *given = _cut(words, size)
        yield from product(_read(surname, True), *(_read(word, False) for word in given))


def _read(word: str, native_first: bool) -> tuple[str, ...]:
    """A word by the native readings of all its characters or the Chinese ones of all, which is most
    usual, then by others; surnames are rather native, given names rather Chinese.
    """
    known = [readings(char).japanese for char in word]
    if not all(known):
        return ()
    short = native_first or all(len(each[-1]) <= _LONGEST for each in known)
    native = ["".join(each[-1] for each in known)] if short else []
    chinese = list(map("".join, islice(product(*(each[:-1] or each for each in known)), _CHINESE)))
    mixed = map("".join, product(*(each[-1:] + each[:1] for each in known))) if short else ()
    first, then = (native, chinese) if native_first else (chinese, native)
    return tuple(islice(dict.fromkeys((*first, *then, *mixed)), _OF_WORD))


def _cut(words: Sequence[str], size: int) -> tuple[str, ...]:
    """The words, or where there is one the surname of `size` characters and the given name."""
    if len(words) == 1 and 0 < size < len(words[0]):
        return words[0][:size], words[0][size:]
    return tuple(words)


def _first(char: str, language: str) -> str:
    read: tuple[str, ...] = getattr(readings(char), language)
    return read[0] if read else char
