"""A sighting in a case: that its member saw an account which a list names, when and how often."""

from collections.abc import Mapping
from typing import Any, Final

from stanch.errors import UsageError
from stanch.members.times import zoned

NEEDED: Final = ("account", "first")
_KNOWN: Final = ("account", "first", "last", "count", "listed", "text")
_MOST: Final = 10**9
_LONGEST: Final = 1_000  # characters of what it says


def checked_sighting(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body whole: `first` and `last` as stamps of the desk (last is first where nothing is
    said), `count` (1 where nothing is said), which entries of lists name it, and what was seen.

    Raises UsageError for what is none of these.
    """
    for name in body:
        if name not in _KNOWN:
            raise UsageError(f"sighting: {name[:40]!r} is none of: {', '.join(_KNOWN)}")
    first = _time("first", body["first"])
    last = _time("last", body.get("last") or first)
    if last < first:
        raise UsageError("sighting: ends before it begins")
    count = body.get("count", 1)
    if isinstance(count, bool) or not isinstance(count, int) or not 0 < count <= _MOST:
        raise UsageError("sighting: count is a number from 1 on")
    texts = {name: _text(name, body[name]) for name in ("listed", "text") if body.get(name)}
    return {"account": body["account"], "first": first, "last": last, "count": count, **texts}


def _time(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name}: is no text")
    return zoned(name, value)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise UsageError(f"{name}: is no text, or longer than {_LONGEST} characters")
    return value
