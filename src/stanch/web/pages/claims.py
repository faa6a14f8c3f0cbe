"""Published totals: all of them, and one taken apart under the choices that a reader makes."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk.attributions import reconciled_for, told_to
from stanch.app.registry.reconcile import (
    BUCKETS,
    Choices,
    Figure,
    claims_in,
    figure_in,
)
from stanch.errors import UsageError
from stanch.model.countries import name_of
from stanch.model.registry.words import Bar, PlaceRole, Valuation
from stanch.web.caller import house_of
from stanch.web.pages.rows import ROWS, asked, onward, place
from stanch.web.pages.visit import Seen

ROUTER = APIRouter()
_MOST: Final = 100  # incidents of one figure that a page shows; the largest
_CHOICES: Final = ("bar", "disputed", "place", "valuation")
_WORDS: Final = dict(zip(BUCKETS, ("agrees", "extra", "missing", "disputed"), strict=True))


@ROUTER.get("/claims")
def listed(request: Request, by: Seen) -> Response:
    """All claims."""
    found = claims_in(house_of(request).shelf.registry())
    return by.page("claims", "Claims", rows=sorted(found, key=lambda each: each["made"])[::-1])


@ROUTER.get("/claims/{claim}")
def shown(claim: str, request: Request, by: Seen) -> Response:
    """One claim, figure by figure."""
    choices = _choices(asked(request, _CHOICES).filters)
    told = told_to(by.desk, by.caller, house_of(request).shelf.kept())
    found = reconciled_for(told, claim, choices, _MOST)
    return by.page(
        "claim", found["title"],
        one=found, rule=found["rule"], bars=list(Bar), places=list(PlaceRole),
        valuations=list(Valuation), name_of=name_of, words=_WORDS,
        rows_of=partial(_rows_of, claim, found["rule"]),
        marking=told.marking, markings=told.markings,
    )  # fmt: skip


@ROUTER.get("/claims/{claim}/rows")
def rows(claim: str, request: Request, by: Seen) -> Response:
    """The incidents that make one number of a claim, all of them. Raises NotFoundError."""
    wanted = asked(request, (*_CHOICES, "slice", "of"))
    chosen, at = wanted.filters, place(wanted.after or "0")
    part, of = chosen.get("slice", ""), chosen.get("of", "matched")
    told = told_to(by.desk, by.caller, house_of(request).shelf.kept())
    choices = {name: chosen[name] for name in _CHOICES if name in chosen}
    found = figure_in(told.registry, claim, _choices(choices), Figure(part, of, at, ROWS))
    path = f"/claims/{claim}"
    more = str(at + ROWS) if found["number"] > at + ROWS else None
    return by.page(
        "claim_rows", found["title"],
        found=found, part=part, of=of, word=_WORDS[of], name_of=name_of,
        back=f"{path}?{urlencode(choices)}#p-{part}", next=onward(f"{path}/rows", wanted, more),
        marking=told.marking, markings=told.markings,
    )  # fmt: skip


def _choices(given: Mapping[str, str]) -> Choices:
    """What the form chose. Raises UsageError for a word that is none of its own."""
    if given.get("disputed", "in") not in {"in", "out"}:
        raise UsageError("disputed: in or out")
    try:
        return Choices(
            Bar(given["bar"]) if "bar" in given else None,
            given.get("disputed", "in") == "in",
            PlaceRole(given["place"]) if "place" in given else None,
            Valuation(given.get("valuation", Valuation.THEN)),
        )
    except ValueError as error:
        raise UsageError(str(error)) from None


def _rows_of(claim: str, rule: Mapping[str, Any], part: str, of: str, after: int = 0) -> str:
    """Where a page opens all rows of one number of a figure."""
    chosen = {name: str(rule[name]) for name in _CHOICES}
    more = {"after": str(after)} if after else {}
    return f"/claims/{claim}/rows?{urlencode({**chosen, 'slice': part, 'of': of, **more})}"
