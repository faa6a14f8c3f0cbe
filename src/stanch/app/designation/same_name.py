"""When two texts are one name: not who is meant, only how it is written."""

from stanch.screening.names.fold import fold, script_of

_WITHOUT_BLANKS = frozenset({"hangul", "han", "kana"})


def name_key(text: str) -> tuple[str, ...]:
    """The same for names of the same words in any order; of scripts that need no blanks, the same
    for the same letters.

    >>> name_key("KIM Chol-su") == name_key("Chol Su, Kim"), name_key("김 철수")
    (True, ('김철수',))
    """
    words = fold(text).words
    if words and all(script_of(word) in _WITHOUT_BLANKS for word in words):
        return ("".join(words),)
    return tuple(sorted(words))
