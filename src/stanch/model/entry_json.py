"""An `Entry` as one line of JSON, and back, without loss.

The form is canonical: equal entries give equal bytes. Keys are sorted, text is UTF-8, and a field
that is empty is left out, except where the model's default says something (`kind` of a name,
`role` of a country), so that a changed default never changes what an old file says.
"""

import json
from dataclasses import MISSING, fields
from typing import Any, Final

from stanch.model.listed import Address, Country, Entry, Identifier, ListedDate, ListedName

_PARTS: Final = {
    "names": ListedName,
    "births": ListedDate,
    "countries": Country,
    "addresses": Address,
    "identifiers": Identifier,
}
_PAIRS: Final = frozenset({"parts", "related", "other"})
# Fields that are written even when empty: those that the model requires or presumes something of.
_ALWAYS: Final = {
    kind: frozenset(each.name for each in fields(kind) if each.default is MISSING or each.default)
    for kind in (Entry, *_PARTS.values())
}


def encode(entry: Entry) -> bytes:
    """The line, without a line end.

    Raises ValueError where a text holds half of a surrogate pair, which no file can.
    """
    try:
        text = json.dumps(_plain(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError("has text that is not Unicode (half of a surrogate pair)") from None


def decode(line: bytes | str) -> Entry:
    """The entry of a line. Raises ValueError where it is no line of `encode`."""
    said = json.loads(line)
    try:
        return Entry(**{key: _value(key, value) for key, value in said.items()})
    except (AttributeError, TypeError) as error:
        raise ValueError(f"is no entry: {error}") from None


def plain(entry: Entry) -> dict[str, Any]:
    """What `encode` writes, as dicts and lists."""
    return dict(_plain(entry))


def _plain(value: Any) -> Any:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    always = _ALWAYS[type(value)]
    held = ((name, getattr(value, name)) for name in value.__slots__)
    return {name: _plain(each) for name, each in held if each or name in always}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return value
    if (part := _PARTS.get(key)) is not None:
        return tuple(
            part(**{name: _inner(name, each) for name, each in row.items()}) for row in value
        )
    return _inner(key, value)


def _inner(key: str, value: Any) -> Any:
    if isinstance(value, str | bool):
        return value
    return tuple((str(role), str(text)) for role, text in value) if key in _PAIRS else tuple(value)
