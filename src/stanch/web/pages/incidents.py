"""The registry of incidents: all of them by their attribution bar, and one with all its sources."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk.attributions import told_to
from stanch.app.desk.incident_links import with_seen_links
from stanch.app.desk.incident_times import incident_times
from stanch.app.registry import look
from stanch.model.countries import name_of
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.registry.words import Bar, IncidentKind
from stanch.web.caller import house_of
from stanch.web.pages.rows import ROWS, asked, onward, place
from stanch.web.pages.visit import Seen

ROUTER = APIRouter()
_FILTERS: Final = ("bar", "kind", "year", "country")


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
    at = place(wanted.after or "0")
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
