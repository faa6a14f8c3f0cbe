"""The number in what a list says of a number: "Iraq number A4059346, issued on 29.5.2013".

Identifiers are compared exactly, so the number has to stand alone. What stood around it is kept as
the note, the country in it as the issuer. Where no number can be told from the words, all of the
text is the value.
"""

import re
from collections.abc import Iterator
from typing import Final

from stanch.model.countries import code_of
from stanch.model.listed import Identifier

_DIGIT = re.compile(r"\d")
_START = re.compile(r"^\(?[0-9a-z]{1,2}\)\s*")
# Burma: the class of citizen in "7/PaKhaNa (Naing) 13345" is part of the number, no remark.
_CITIZEN = re.compile(r"(\d{1,2}/[A-Za-z]{3,24})\s+(\([A-Za-z]{1,6}\))\s*(?=\d{5,6}\b)")
_PARTS = re.compile(r"\s*[,;]\s*|\s+/\s+|\s+(?:and|or)\s+")
_CUT = re.compile(
    r"\s*(?:(?<=\s)\(|[;:,]|\b(?:issued|expire[sd]|valid|registered|under)\b).*", re.DOTALL
)
_FILLER = re.compile(
    r"^(?:no|nos|nr|num|number|numbers|n[º°o]|№|#|series|passport|id|card|national|identity|"
    r"identification|document|is|was)[.:]*$",
    re.IGNORECASE,
)
_SERIES: Final = 4  # letters; longer words in front of a number are no part of it
_ISSUERS: Final = (
    re.compile(r"\(([^\d,;()]{3,60}?)(?: passport\b| national\b|[,;)]|$)", re.IGNORECASE),
    re.compile(r"issued (?:by|in)(?: the)? ([^\d,;()]{3,60}?)(?: \(|[,;)]|$)", re.IGNORECASE),
)

_PHONES = re.compile(r"\s*[;|/]\s*|\s*,\s+|\s+and\s+")
_SITES = re.compile(r"[\s,;|]+(?=www\.|https?:)")
EMAIL_PATTERN = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[^\s@,;:<>()]+")


def identifiers(kind: str, text: str, note: str = "") -> Iterator[Identifier]:
    """The identifiers that a text of one kind gives: several where it is nothing but numbers."""
    text = _CITIZEN.sub(r"\1\2", text.strip())
    parts = _PARTS.split(text)
    alone = all(_is_number(part) for part in parts)
    for part in parts if alone else [text]:
        if part.strip():
            yield identifier(kind, part, note)


def identifier(kind: str, text: str, note: str = "") -> Identifier:
    """The identifier that a text with one number gives."""
    text = _START.sub("", " ".join(text.split()))
    value, words = _number(text)
    said = "; ".join(filter(None, (note, text if value != text else "")))
    return Identifier(kind, value, _issuer(text, words) or _issuer(note, note), note=said)


def emails(text: str) -> Iterator[str]:
    """The e-mail addresses in a text, or the text where there is none in it."""
    found = [each.rstrip(".") for each in EMAIL_PATTERN.findall(text)]
    yield from found or filter(None, [text.strip()])


def phones(text: str) -> list[str]:
    """The telephone numbers in a text: what stands between slashes, commas and "and"."""
    return [part for part in _PHONES.split(text.strip()) if part]


def websites(text: str) -> list[str]:
    """The addresses of websites in a text."""
    return [part.strip(" ,;") for part in _SITES.split(text.strip()) if part.strip(" ,;")]


def _number(text: str) -> tuple[str, str]:
    """The number, and the words in front of it."""
    head = _CUT.sub("", text)
    tokens = head.split()
    first = next((at for at, each in enumerate(tokens) if _DIGIT.search(each)), -1)
    if first < 0:
        return text, ""
    last = first
    while last + 1 < len(tokens) and _is_part(tokens[last + 1]):
        last += 1
    begin = first
    while begin and _is_series(tokens[begin - 1]):
        begin -= 1
    number = [each for each in tokens[begin : last + 1] if not _FILLER.match(each)]
    return " ".join(number) or text, " ".join(tokens[:begin])


def _is_number(text: str) -> bool:
    """Whether a text is nothing but a number."""
    return bool(_DIGIT.search(text)) and not _CUT.search(text) and _number(text) == (text, "")


def _is_part(token: str) -> bool:
    return bool(_DIGIT.search(token)) or _is_series(token)


def _is_series(token: str) -> bool:
    """Letters that belong to a number ("МН", "D"), or a word that only announces one ("No")."""
    letters = token.strip("-/.")
    return bool(_FILLER.match(token)) or (letters.isupper() and len(letters) <= _SERIES)


def _issuer(text: str, words: str) -> str:
    """The country that a text names as the one that gave the number."""
    plain = " ".join(word for word in words.split() if not _FILLER.match(word))
    named = (match[1] for pattern in _ISSUERS for match in pattern.finditer(text))
    for each in (plain, *named):
        if code := code_of(each.strip()):
            return code
    return ""
