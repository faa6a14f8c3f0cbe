"""Documents, photos and pieces of employment, from what a cell says of them."""

import json
import re
from typing import Any

from stanch.personas.normal.folding import folded

_HEX = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[A-Z0-9]{4,40}")
_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(?:[0-2]\d|3[01]))?)?")


def document(text: str) -> str:
    """kind|state|number of an identity document, from JSON, `kind|state|number`, or a number.

    Raises ValueError.

    >>> document('{"kind": "passport", "state": "kor", "number": "M 123-45678"}')
    'passport|KOR|M12345678'
    """
    kind, state, number = _parts(text)
    plain = re.sub(r"[\s\-./]+", "", number).upper()
    if not _NUMBER.fullmatch(plain) or len(set(plain)) == 1:
        raise ValueError("is no number of a document")
    return f"{folded(kind)}|{state.strip().upper()[:3]}|{plain}"


def _parts(text: str) -> tuple[str, str, str]:
    if text.startswith("{"):
        said = _object(text)
        return tuple(str(said.get(name) or "") for name in ("kind", "state", "number"))  # type: ignore[return-value]
    parts = text.split("|")
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", text)


def photo(text: str) -> str:
    """A PDQ hash in 64 hex digits. Raises ValueError; all zeros and all ones are no picture."""
    plain = text.strip().lower().removeprefix("0x")
    if not _HEX.fullmatch(plain):
        raise ValueError("is no PDQ hash: it has not 64 hex digits")
    if not 32 <= int(plain, 16).bit_count() <= 224:
        raise ValueError("is the hash of an empty picture")
    return plain


def employed(text: str) -> str:
    """One piece of a history: {"employer", "from", "to"} as canonical JSON, months as YYYY-MM.

    Raises ValueError.
    """
    said = _object(text)
    employer = str(said.get("employer") or said.get("company") or "").strip()
    if not folded(employer):
        raise ValueError("names no employer")
    made = {"employer": employer}
    for name, others in (("from", ("start",)), ("to", ("end", "until"))):
        value = next((said[each] for each in (name, *others) if said.get(each)), None)
        if value is not None and str(value).lower() not in ("present", "now", "current"):
            if not (match := _MONTH.match(str(value))):
                raise ValueError(f"{name} is no month such as 2024-03")
            made[name] = match[1] + (f"-{match[2]}" if match[2] else "")
    return json.dumps(made, ensure_ascii=False, sort_keys=True)


def employer_of(text: str) -> str:
    """The employer of a piece of a history in its one form."""
    return str(json.loads(text)["employer"])


def _object(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("is no JSON object") from None
    if not isinstance(said, dict):
        raise ValueError("is no JSON object")
    return said


def words(text: str) -> str:
    """A name of a firm or place, folded. Raises ValueError where nothing is left."""
    if not (plain := folded(text)):
        raise ValueError("has no letters")
    return plain
