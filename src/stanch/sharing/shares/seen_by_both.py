"""What two readers of a collection both see: a view, so that one query asks for it."""

from typing import Final

from stanch.sharing.collections.words import View

_EVER: Final = "9999-12-31T23:59:59.999999Z"

Times = tuple[tuple[str, str], ...]


def seen_by_both(one: View, other: View) -> View:
    """The audiences to which both belong, and the times that both see.

    Raises ValueError for views of two collections.
    """
    if one.collection != other.collection:
        raise ValueError("two views of one collection are needed")
    audiences = tuple(sorted({*one.audiences} & {*other.audiences}))
    return View(one.collection, audiences, _times(one.times, other.times))


def _times(one: Times | None, other: Times | None) -> Times | None:
    """Stretches that lie in both; an end that is empty is open."""
    if one is None or other is None:
        return other if one is None else one
    found = []
    for since, until in one:
        for from_, to in other:
            begin, end = max(since, from_), min(until or _EVER, to or _EVER)
            if begin < end:
                found.append((begin, "" if end == _EVER else end))
    return tuple(sorted(found))
