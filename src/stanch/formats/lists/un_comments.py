"""What the comments of the UN list say of identifiers: "IMO number: 5342883", "SWIFT: DCBKKPPY".

The list has no fields for organisations' numbers; they stand in COMMENTS1, which is kept whole as
a remark beside what is read from it. Where several IMO numbers are named they are of ships that
the organisation runs, and become relations.
"""

import re
from collections.abc import Iterable

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.numbers import EMAIL_PATTERN
from stanch.model.listed import EMAIL, IMO, PHONE, SWIFT, Identifier

_IMO = re.compile(r"\bIMO(?:\s+(?:number|no\.?))?\s*:?\s*(\d{7})\b", re.IGNORECASE)
_SWIFT = re.compile(r"\bSWIFT(?:/BIC)?\s*:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_PHONE = re.compile(r"\b(Telephone|Tel\.?|Fax)\s*:?\s*(\+?[\d][\d\s()/-]{5,40}\d)")
_NOTE = "COMMENTS1"


def add_comments(draft: Draft, texts: Iterable[str]) -> None:
    """Keep the comments, and the identifiers named in them."""
    for text in texts:
        draft.remarks.append(text)
        ships = dict.fromkeys(_IMO.findall(text))
        if len(ships) == 1:
            draft.identifiers += [Identifier(IMO, ship, note=_NOTE) for ship in ships]
        else:
            draft.related += [("IMO number", ship) for ship in ships]
        draft.identifiers += [Identifier(SWIFT, code, note=_NOTE) for code in _SWIFT.findall(text)]
        for mail in EMAIL_PATTERN.findall(text):
            draft.identifiers.append(Identifier(EMAIL, mail.rstrip("."), note=_NOTE))
        for word, number in _PHONE.findall(text):
            draft.identifiers.append(Identifier(PHONE, number, note=f"{_NOTE} {word}"))
