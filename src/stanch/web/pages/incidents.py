"""The registry of incidents: all of them by their attribution bar, and one with all its sources."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.registry import look
from stanch.errors import UsageError
from stanch.model.countries import name_of
from stanch.model.registry.words import Bar, IncidentKind
from stanch.web.caller import house_of
from stanch.web.pages.rows import ROWS, asked, onward
from stanch.web.pages.visit import Seen

ROUTER = APIRouter()
_FILTERS: Final = ("bar", "kind", "year", "country")
_DIGITS: Final = 9


@ROUTER.get("/incidents")
def listed(request: Request, by: Seen) -> Response:
    """Incidents, the newest first."""
    wanted = asked(request, _FILTERS)
    chosen = wanted.filters
    every = look.listed_in(house_of(request).shelf.registry())
    bar = chosen.get("bar", Bar.X)
    found = [
        each
        for each in reversed(every)
        if each["bar"] <= bar
        and chosen.get("kind", each["kind"]) == each["kind"]
        and each["happened"].startswith(chosen.get("year", ""))
        and chosen.get("country", each["country"]) == each["country"]
    ]
    at = _place(wanted.after or "0")
    more = str(at + ROWS) if len(found) > at + ROWS else None
    return by.page(
        "incidents", "Incidents",
        rows=found[at : at + ROWS], next=onward("/incidents", wanted, more), asked=wanted,
        number=len(found), usd=sum(each["usd"] or 0 for each in found),
        bars=list(Bar), kinds=list(IncidentKind), name_of=name_of,
        years=sorted({each["happened"][:4] for each in every}, reverse=True),
        countries=sorted({each["country"] for each in every if each["country"]}),
    )  # fmt: skip


def _place(after: str) -> int:
    if not after.isdecimal() or not after.isascii() or len(after) > _DIGITS:
        raise UsageError("after: is none of ours")
    return int(after)


@ROUTER.get("/incidents/{incident}")
def shown(incident: str, request: Request, by: Seen) -> Response:
    """One incident."""
    found = look.shown_in(house_of(request).shelf.registry(), incident)
    return by.page("incident", found["victim"], one=found, name_of=name_of)
