"""Names that stand inside a name: "Munir (a.k.a. Mounir, Moneer) ADANOV", "Kozak (Козак)".

Only what the list itself labels, or writes in another script, is taken out; an abbreviation, a
place or a legal form in brackets stays where it is. The whole text remains a name beside them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from stanch.model.listed import ALIAS, FORMER, ListedName

MAX_NAME: Final = 2_000  # characters; in longer texts nobody looks for names

_BRACKET = re.compile(r"\s*\(([^()]{1,500})\)\s*")
_LABEL = re.compile(
    r"^(?P<former>formerly(?: known as)?|f\.?k\.?a\.?|ex|previously)[:\s]+"
    r"|^(?:a\.?k\.?a\.?|alias(?:es)?|also known as|also spelled|also)[:\s]+"
    r"|^(?:in )?(?:russian|ukrainian|belarusian|arabic|korean|chinese|persian|farsi|burmese|"
    r"[a-z]+ spelling)(?: spelling| script)?\s*:\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[,;]\s*|\s+or\s+")


def embedded_names(text: str) -> Iterator[ListedName]:
    """The names that a name holds beside its whole text."""
    if len(text) > MAX_NAME or "(" not in text:
        return
    bare = text
    for match in _BRACKET.finditer(text):
        label = _LABEL.match(match[1])
        foreign = _script(match[1]) not in ("", _script(text[: match.start()]))
        if not (label or foreign):
            continue
        bare = bare.replace(match[0], " ", 1)
        kind = FORMER if label and label["former"] else ALIAS
        inside = match[1][label.end() :] if label else match[1]
        for part in _PARTS.split(inside):
            whole = part.strip() if foreign else _in_place(text, match, part.strip())
            if len(whole) > 1:
                yield ListedName(whole, kind)
    bare = " ".join(bare.split())
    if bare != " ".join(text.split()) and len(bare) > 1:
        yield ListedName(bare, ALIAS)


def _in_place(text: str, match: re.Match[str], other: str) -> str:
    """Another spelling, put where the bracket explains it.

    In the middle of a name it stands for as many words in front of the bracket as it has itself;
    at the end of one it is a name of its own, unless it is shorter.
    """
    front = _BRACKET.sub(" ", text[: match.start()]).split()
    behind = _BRACKET.sub(" ", text[match.end() :]).split()
    words = other.split()
    if not behind:
        return other
    return " ".join((*front[: max(0, len(front) - len(words))], *words, *behind))


def _script(text: str) -> str:
    """The script of the first letter: LATIN, CYRILLIC, HANGUL, ARABIC ..."""
    letter = next((each for each in text if each.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""
