"""What changed since a place of the desk's log in what the member may hold: the desk's word alone.

Nobody signed it, so it says which orders to look at, and proves none: `local` does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from time import sleep
from typing import Any, Final

from stanch.client.line import Line
from stanch.client.streams import Wait, endless, streamed
from stanch.errors import UnreachableError
from stanch.model.desk.orders import Target

PATH: Final = "/v1/changes"
PAGE: Final = 500

_AMOUNT: Final = re.compile(r"[0-9]{1,78}")


@dataclass(frozen=True, slots=True)
class Changed:
    """An order that came into force or let go of accounts, last at place `n` of the log.

    `held` is all that it holds now, nothing where it is over: it takes the place of what was known
    of this order. Whoever stops after it goes on from `n`.
    """

    n: int
    order: str
    marking: str
    kind: str
    expires: str
    held: tuple[Target, ...]


def since(line: Line, place: int) -> Iterator[Changed]:
    """All that changed after a place, page by page, in the order of the log.

    Raises UnreachableError where the answer is none, RefusedError where the log does not reach so
    far: the desk was rolled back.
    """
    more = True
    while more:
        page = line.get(PATH, {"since": str(place), "limit": str(PAGE)})
        items, following, more = _page(page)
        for each in map(_changed, items):
            if each.n <= place:
                raise UnreachableError("the desk's changes go back")
            yield each
        if following < place or (more and following == place):
            raise UnreachableError("the desk's changes go back")
        place = following


def following(line: Line, place: int, wait: Wait = sleep) -> Iterator[Changed]:
    """All that changed after a place and all that changes, by server-sent events; does not end by
    itself. Where the desk does not answer it is asked again, after longer and longer `wait`.

    Raises UnreachableError where what it says is no change, RefusedError as `since`.
    """
    reached = place

    def begin() -> Iterator[Any]:
        return streamed(line, PATH, ("since", reached))

    for said in endless(begin, wait):
        change = _changed(said)
        if change.n <= reached:
            raise UnreachableError("the desk's changes go back")
        yield change
        reached = change.n


def _page(said: Any) -> tuple[list[Any], int, bool]:
    found = said if isinstance(said, dict) else {}
    items, following, more = (found.get(name) for name in ("items", "since", "more"))
    if not isinstance(items, list) or type(following) is not int or not isinstance(more, bool):
        raise UnreachableError("the desk's answer is no list of changes")
    return items, following, more


def _changed(said: Any) -> Changed:
    if not isinstance(said, dict) or type(said.get("n")) is not int:
        raise UnreachableError("a change is none")
    words = [said.get(name) for name in ("order", "marking", "kind", "expires")]
    held = said.get("held")
    if not all(isinstance(each, str) for each in words) or not isinstance(held, list):
        raise UnreachableError("a change lacks a field, or has one of another kind")
    order, marking, kind, expires = map(str, words)
    return Changed(said["n"], order, marking, kind, expires, tuple(map(_held, held)))


def _held(said: Any) -> Target:
    found = said if isinstance(said, dict) else {}
    account, asset, amount = (found.get(name) for name in ("account", "asset", "amount"))
    if not isinstance(account, str) or not isinstance(asset, str | None):
        raise UnreachableError("an account of a change is none")
    if amount is not None and not (isinstance(amount, str) and _AMOUNT.fullmatch(amount)):
        raise UnreachableError("an amount of a change is none")
    return Target(account, asset, None if amount is None else int(amount))
