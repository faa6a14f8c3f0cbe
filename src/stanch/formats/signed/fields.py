"""Read a document's fields strictly: these keys, these types, this form, or SignatureError.

Every key always stands in a document, null where there is nothing, so that one thing has one
document and one hash.
"""

import re
import unicodedata
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, TypeVar

from stanch.errors import SignatureError

Word = TypeVar("Word", bound=StrEnum)

MAX_TEXT: Final = 2000  # characters

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_ID: Final = re.compile(r"[-_.:A-Za-z0-9]{1,128}")
_TIME: Final = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", re.ASCII)
# They turn the direction of what follows: one would sign another text than one sees.
_TURNING: Final = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)


class Fields:
    """The fields of one part of a document; `what` names it in errors."""

    __slots__ = ("_value", "what")

    def __init__(self, value: object, what: str, *keys: str) -> None:
        """Refuse what is no object with exactly these keys."""
        if not isinstance(value, dict):
            raise SignatureError(f"{what} is no object")
        for key in keys:
            if key not in value:
                raise SignatureError(f"{what} lacks {key}")
        if len(value) != len(keys):
            raise SignatureError(
                f"{what} has {_shown(value.keys() - set(keys))}, which is not known"
            )
        self._value: dict[str, object] = value
        self.what = what

    def fail(self, key: str, reason: str) -> SignatureError:
        """The error to raise about a field."""
        return SignatureError(f"{key} of {self.what} {reason}")

    def raw(self, key: str) -> object:
        """The field as it stands, for a part with fields of its own."""
        return self._value[key]

    def text(self, key: str, least: int = 1, most: int = MAX_TEXT) -> str:
        """A text of so many characters, that reads as it stands."""
        value = self._value[key]
        if not isinstance(value, str):
            raise self.fail(key, "is no text")
        if not least <= len(value) <= most:
            raise self.fail(key, f"must have {least} to {most} characters")
        for char in value:
            if char in _TURNING or (unicodedata.category(char) == "Cc" and char != "\n"):
                raise self.fail(key, "holds signs that cannot be seen")
        return value

    def id(self, key: str) -> str:
        """An id: letters, digits and `-_.:`."""
        value = self._value[key]
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise self.fail(key, "is no id")
        return value

    def digest(self, key: str) -> str:
        """A hash of a document."""
        value = self._value[key]
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            raise self.fail(key, "is no hash (sha256: and 64 hex digits)")
        return value

    def maybe_digest(self, key: str) -> str | None:
        """A hash, or null."""
        return None if self._value[key] is None else self.digest(key)

    def number(self, key: str, least: int, most: int) -> int:
        """An integer within bounds."""
        value = self._value[key]
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(key, "is no integer")
        if not least <= value <= most:
            raise self.fail(key, f"must be {least} to {most:,}")
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._value[key]
        if not isinstance(value, bool):
            raise self.fail(key, "is neither true nor false")
        return value

    def time(self, key: str) -> str:
        """A time as text; `moment` compares such."""
        value = self._value[key]
        if not isinstance(value, str):
            raise self.fail(key, "is no time")
        moment(value)
        return value

    def word(self, key: str, words: type[Word]) -> Word:
        """One of a list of words."""
        value = self._value[key]
        try:
            return words(value)  # type: ignore[arg-type]
        except ValueError:
            raise self.fail(key, f"is none of {', '.join(words)}") from None

    def parts(self, key: str, most: int) -> list[object]:
        """A list."""
        value = self._value[key]
        if not isinstance(value, list):
            raise self.fail(key, "is no list")
        if len(value) > most:
            raise self.fail(key, f"has more than {most:,} entries")
        return value

    def texts(self, key: str, most: int) -> tuple[str, ...]:
        """A list of texts, none twice."""
        texts = [each for each in self.parts(key, most) if isinstance(each, str)]
        if len(texts) != len(self.parts(key, most)):
            raise self.fail(key, "holds what is no text")
        if len(set(texts)) != len(texts):
            raise self.fail(key, "names one twice")
        return tuple(texts)

    def ids(self, key: str, most: int) -> tuple[str, ...]:
        """A list of ids, none twice."""
        texts = self.texts(key, most)
        if not all(map(_ID.fullmatch, texts)):
            raise self.fail(key, "holds what is no id")
        return texts

    def ordered(self, key: str, texts: tuple[str, ...]) -> frozenset[str]:
        """The same as a set, whose one order in a document is that of the alphabet."""
        if list(texts) != sorted(texts):
            raise self.fail(key, "is not in the order of the alphabet")
        return frozenset(texts)


def moment(text: str) -> datetime:
    """A time to compare by: as text, a second sorts after its parts. Raises SignatureError."""
    if not _TIME.fullmatch(text):
        raise SignatureError(f"{_shown(text)} is no time such as 2026-11-26T19:03:00Z")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise SignatureError(f"{text} is no time that there is") from None


def stamp(at: datetime) -> str:
    """The text of a time, to the second where it is whole, else to the microsecond."""
    whole = at.astimezone(UTC).replace(tzinfo=None)
    return whole.isoformat(timespec="microseconds" if whole.microsecond else "seconds") + "Z"


def _shown(what: object) -> str:
    shown = ascii(sorted(map(str, what)) if isinstance(what, set) else what)
    return shown if len(shown) <= 64 else shown[:61] + "..."
