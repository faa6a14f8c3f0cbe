"""Texts that people type into fields, words they choose, and the ids of what they write."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from stanch.errors import UsageError
from stanch.model.letters import JOINERS, hidden

MAX_TEXT: Final = 200  # characters of a name, a label, an e-mail address
_ID: Final = re.compile(r"[a-z]+-[a-z0-9]+(-[a-z0-9]+)*")
_MAX_ID: Final = 64


def typed(field: str, text: str, most: int = MAX_TEXT) -> str:
    """The text without blanks around it. Raises UsageError where it is empty, long or unprintable.

    Of two spellings that look alike it is the composed one (NFC).
    """
    if len(text) > most:
        raise UsageError(f"{field}: longer than {most} characters")
    text = unicodedata.normalize("NFC", text.strip())
    if not text.strip(JOINERS):
        raise UsageError(f"{field}: is empty")
    if not all(map(shown, text)):
        raise UsageError(f"{field}: holds a character that cannot be shown")
    return text


def shown(one: str) -> bool:
    """Whether a character is one that readers see, and see where it stands."""
    return not hidden(one) or one in JOINERS


def chosen(kind: type[StrEnum], field: str, said: Iterable[str]) -> str:
    """Words of one kind as columns have them: sorted, each once, with blanks between.

    Raises UsageError where there is none, or one of another kind.
    """
    words = sorted(set(said))
    if not words:
        raise UsageError(f"{field}: is empty; one or more of: {', '.join(kind)}")
    for word in words:
        if word not in list(kind):
            raise UsageError(f"{field}: {word!r} is none of: {', '.join(kind)}")
    return " ".join(words)


def new_id(prefix: str) -> str:
    """An id that nobody can guess and that says nothing of whom it names."""
    return f"{prefix}-{secrets.token_hex(8)}"


def is_id(text: str) -> bool:
    """Whether the text can be an id at all."""
    return len(text) <= _MAX_ID and _ID.fullmatch(text) is not None
