"""The registry of incidents: all of them by their attribution bar, and one with all its sources."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk.attributions import counted_for, told_to
from stanch.app.desk.incident_links import with_seen_links
from stanch.app.desk.incident_times import incident_times, kept_times, with_times
from stanch.app.registry import look
from stanch.app.registry.count import Count
from stanch.errors import UsageError
from stanch.model.countries import name_of
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.registry.words import Bar, By, IncidentKind
from stanch.web.caller import house_of
from stanch.web.pages.rows import ROWS, asked, onward
from stanch.web.pages.visit import Seen

ROUTER = APIRouter()
_FILTERS: Final = ("bar", "kind", "year", "country")
_COUNTED: Final = ("by", "first", "last", "bar", "disputed")
_DIGITS: Final = 9


@ROUTER.get("/incidents")
def listed(request: Request, by: Seen) -> Response:
    """Incidents, the newest first."""
    wanted = asked(request, _FILTERS)
    chosen = wanted.filters
    told = told_to(by.desk, by.caller, house_of(request).shelf.kept())
    every = look.listed_in(told.registry)
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
        marking=told.marking, markings=told.markings,
    )  # fmt: skip


def _place(after: str) -> int:
    if not after.isdecimal() or not after.isascii() or len(after) > _DIGITS:
        raise UsageError("after: is none of ours")
    return int(after)


@ROUTER.get("/statistics")
def statistics(request: Request, by: Seen) -> Response:
    """Incidents counted by a key; every number opens the rows that make it."""
    chosen = asked(request, _COUNTED).filters
    try:
        count = Count(
            (By(chosen.get("by", By.YEAR)),), chosen.get("first", "2000"),
            chosen.get("last", "2999"), Bar(chosen.get("bar", Bar.C)),
            disputed=chosen.get("disputed", "in") == "in",
        )  # fmt: skip
    except ValueError as error:
        raise UsageError(str(error)) from None
    kept = house_of(request).shelf.kept()
    told = told_to(by.desk, by.caller, kept)
    times = kept_times(by.desk, by.caller, kept)
    names = {id: one.victim for id, one in told.registry.incidents.items()}
    return by.page(
        "statistics", "Statistics",
        found=with_times(counted_for(told, kept.shown, count), times), marking=told.marking,
        chosen=chosen, keys=list(By), bars=list(Bar),
        bar=count.bar, names=names,
    )  # fmt: skip


@ROUTER.get("/incidents/{incident}")
def shown(incident: str, request: Request, by: Seen) -> Response:
    """One incident."""
    told = told_to(by.desk, by.caller, house_of(request).shelf.kept(), incident)
    found = with_seen_links(by.desk, by.caller, look.shown_in(told.registry, incident))
    times = incident_times(by.desk, by.caller, told.registry, incident)
    ordered, held = times.get(incident, (None, None))
    return by.page(
        "incident", found["victim"],
        one=found, name_of=name_of, ordered=ordered, held=held,
        marking=told.markings.get(incident), cases=told.cases, shown_marking=_narrowest(found),
    )  # fmt: skip


def _narrowest(shown: Mapping[str, Any]) -> Marking:
    """The marking of an incident's page: of the incident, and of all that is said of it."""
    said = [Marking(each["marking"]) for each in shown["statements"]]
    return narrowest([Marking(shown["marking"]), *said])
