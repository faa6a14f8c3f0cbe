"""Lists on pages: what the address asks for, and the address of the next rows."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

from stanch.app.desk import people
from stanch.app.desk.words import MOST_ROWS, Asked
from stanch.errors import UsageError
from stanch.web.pages.visit import Visit

ROWS: Final = 25
_DIGITS: Final = 9


def asked(request: Request, filters: tuple[str, ...], sort: str = "-created") -> Asked:
    """What the address asks for. Raises UsageError for a parameter that no form here sends."""
    pairs = request.query_params.multi_items()
    given = {name: value for name, value in pairs if value}
    if len(given) != sum(bool(value) for _, value in pairs):
        raise UsageError("a parameter is there more than once")
    for name in given.keys() - {*filters, "after", "sort"}:
        raise UsageError(f"no parameter {name[:80]}")
    chosen = {name: given[name] for name in filters if name in given}
    return Asked(ROWS, given.get("sort", sort), given.get("after"), chosen)


def onward(path: str, asked: Asked, cursor: str | None) -> str | None:
    """The address of the rows after these; None where these are the last."""
    if cursor is None:
        return None
    return f"{path}?{urlencode({**asked.filters, 'sort': asked.sort, 'after': cursor})}"


def place(after: str) -> int:
    """The place in a list that `after` names. Raises UsageError for none."""
    if not after.isdecimal() or not after.isascii() or len(after) > _DIGITS:
        raise UsageError("after: is none of ours")
    return int(after)


def members(visit: Visit) -> Mapping[str, str]:
    """The names of members by their ids."""
    found = people.members(visit.desk, visit.caller, Asked(MOST_ROWS, "name"))
    return {str(row["id"]): str(row["name"]) for row in found.rows}


def others(visit: Visit) -> Mapping[str, str]:
    """The members that something can be released to."""
    own = visit.caller.member.id
    return {id: name for id, name in members(visit).items() if id != own}
