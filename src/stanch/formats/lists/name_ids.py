"""Ids for entries of lists that print none: told by the name, so that order does not matter."""

import hashlib
import unicodedata

DIGITS = 8  # hexadecimal; two of 8,000 names meet by chance once in 130 lists


def bare_name(name: str) -> str:
    """A name without case, spaces, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum()) or name


def name_digest(*told: str) -> str:
    """A short hash of what identifies an entry."""
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:DIGITS]


class Apart:
    """Keeps ids apart where two entries of a list are told alike: the second one gets "-2"."""

    def __init__(self) -> None:
        """No id has been given yet."""
        self._given: dict[str, int] = {}

    def give(self, id_: str) -> str:
        """An id that nobody else has."""
        self._given[id_] = self._given.get(id_, 0) + 1
        count = self._given[id_]
        return id_ if count == 1 else f"{id_}-{count}"
