"""Statistics: a page, its pictures and its data, and for each number the rows that make it.

All ask with the same words in the address. Pictures have routes of their own, so that the page
waits for none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk.attributions import Told, counted_for, told_to
from stanch.app.desk.incident_times import kept_times, with_times
from stanch.app.registry import look
from stanch.app.registry.count import Count
from stanch.app.registry.count_files import Shown, csv_of, map_of, picture_of
from stanch.errors import NotFoundError, UsageError
from stanch.model.countries import name_of
from stanch.model.registry.words import Bar, By
from stanch.reports.registry.frame import NARROW, WIDTH, Frame
from stanch.web.caller import house_of
from stanch.web.pages.rows import ROWS, asked, onward, place
from stanch.web.pages.visit import Seen, Visit

ROUTER = APIRouter()
_COUNTED: Final = ("by", "per", "first", "last", "bar", "disputed")  # per: a panel for each
_CELL: Final = ("key", "panel", "of")
_WIDE: Final = "wide"  # no: a picture for a telephone
_UNKNOWN: Final = "-"  # the key of what has none; left out, it is the whole
_LATER: Final = ("moved", "frozen", "recovered")
_OF: Final = {
    "unvalued": "without a figure",
    "partial": "with a part of it",
    **{each: each for each in _LATER},
    **{f"{each}_unvalued": f"{each}, without a figure" for each in _LATER},
    **{f"{each}_partial": f"{each}, with a part of it" for each in _LATER},
}
# The style of a picture stands in it; nothing else is loaded, nothing runs.
_SVG: Final = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was counted for one reader, and by which words of the address."""

    chosen: Mapping[str, str]
    count: Count
    told: Told
    found: dict[str, Any]

    def link(self, cell: Mapping[str, Any]) -> str:
        """Where the rows of a cell are."""
        *panel, key = (each or _UNKNOWN for each in cell["key"].values())
        words = {**self.chosen, "by": self.found["by"][-1], "key": key}
        words = {**words, "panel": panel[0]} if panel else _without(words, "per")
        return f"/statistics/rows?{urlencode(words)}"

    def frame(self, width: int = WIDTH) -> Frame:
        """With the marking, in lines that fit."""
        marking = self.told.marking
        if marking is None:
            return Frame(width)
        return Frame(width, f"{marking}: with what members judged at this desk\nand one reader may "
                            "see. Others see other figures.")  # fmt: skip


@ROUTER.get("/statistics")
def statistics(request: Request, by: Seen) -> Response:
    """Incidents counted by a key; every number opens the rows that make it."""
    answer = _answer(request, by, panels=False)
    times = kept_times(by.desk, by.caller, house_of(request).shelf.kept())
    names = {id: one.victim for id, one in answer.told.registry.incidents.items()}
    return by.page(
        "statistics", "Statistics",
        found=with_times(answer.found, times), marking=answer.told.marking,
        chosen=answer.chosen, keys=list(By), bars=list(Bar), bar=answer.count.bar, names=names,
        query=urlencode(answer.chosen), rows_of=_links(answer), per=answer.chosen.get("per", ""),
    )  # fmt: skip


@ROUTER.get("/statistics.svg")
def bars(request: Request, by: Seen) -> Response:
    """What was stolen, a bar for each key; with `per`, in a panel for each key of that."""
    answer = _answer(request, by, (_WIDE,))
    return _picture(picture_of(answer.found, _shown(answer)))


@ROUTER.get("/statistics/map.svg")
def map_(request: Request, by: Seen) -> Response:
    """What was stolen by country, whatever the page counts by."""
    answer = _answer(request, by, (_WIDE,), panels=False, by_country=True)
    return _picture(map_of(answer.found, _shown(answer)))


@ROUTER.get("/statistics.csv")
def data(request: Request, by: Seen) -> Response:
    """The table with the ids of its rows, each line with its marking; with `per`, of the panels."""
    answer = _answer(request, by)
    name = f"statistics-{'-'.join(answer.found['by'])}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(
        csv_of(answer.found, ("marking",)), media_type="text/csv; charset=utf-8", headers=headers
    )


@ROUTER.get("/statistics/rows")
def rows(request: Request, by: Seen) -> Response:
    """The incidents that make one number. Raises NotFoundError for a key that has none."""
    answer = _answer(request, by, _CELL)
    of, count_by = answer.chosen.get("of"), " and ".join(answer.found["by"])
    if of is not None and of not in _OF:
        raise UsageError(f"of {of[:80]}: is none of {', '.join(_OF)}")
    cell = _cell(answer)
    ids = set(cell[f"{of}_rows" if of else "rows"])
    every = [each for each in look.listed_in(answer.told.registry) if each["incident"] in ids]
    every.reverse()
    wanted = asked(request, (*_COUNTED, *_CELL))
    at = place(wanted.after or "0")
    more = str(at + ROWS) if len(every) > at + ROWS else None
    word = ", ".join(cell["names"].values()) or "all"
    return by.page(
        "statistics_rows", f"Statistics: {word}",
        rows=every[at : at + ROWS], next=onward("/statistics/rows", wanted, more),
        number=len(every), word=word, of=_OF[of] if of else "", by=count_by,
        query=urlencode(_without(answer.chosen, *_CELL)), name_of=name_of,
        marking=answer.told.marking, markings=answer.told.markings,
    )  # fmt: skip


def _answer(
    request: Request,
    by: Visit,
    more: tuple[str, ...] = (),
    *,
    panels: bool = True,
    by_country: bool = False,
) -> _Answer:
    """What the address asks for, counted for who asks, where `panels` by both keys. Raises
    UsageError.
    """
    chosen = asked(request, (*_COUNTED, *more)).filters
    try:
        keys = _keys(chosen)
        if by_country:
            keys = (By.COUNTRY,)
        count = Count(
            keys if panels else keys[-1:], chosen.get("first", "2000"),
            chosen.get("last", "2999"), Bar(chosen.get("bar", Bar.C)),
            disputed=chosen.get("disputed", "in") == "in",
        )  # fmt: skip
    except ValueError as error:
        raise UsageError(str(error)) from None
    kept = house_of(request).shelf.kept()
    told = told_to(by.desk, by.caller, kept)
    return _Answer(chosen, count, told, counted_for(told, kept.shown, count))


def _shown(answer: _Answer) -> Shown:
    """As wide as the address says; links do not say it."""
    width = NARROW if answer.chosen.get(_WIDE) == "no" else WIDTH
    return Shown(replace(answer, chosen=_without(answer.chosen, _WIDE)).link, answer.frame(width))


def _links(answer: _Answer) -> Callable[[Mapping[str, Any], str], str]:
    """Where a page opens all rows of one of a cell's numbers."""
    words = {**_without(answer.chosen, "per"), "by": answer.found["by"][0]}
    whole = f"/statistics/rows?{urlencode(words)}"

    def link(cell: Mapping[str, Any], of: str) -> str:
        path = answer.link(cell) if cell["key"] else whole
        return f"{path}&of={of}" if of else path

    return link


def _keys(chosen: Mapping[str, str]) -> tuple[By, ...]:
    """What is counted by: of panels, and of bars. Raises ValueError."""
    key = By(chosen.get("by", By.YEAR))
    per = By(chosen["per"]) if "per" in chosen else key
    return (key,) if per is key else (per, key)


def _cell(answer: _Answer) -> Mapping[str, Any]:
    """The one whose rows are asked for. Raises NotFoundError."""
    keys = [answer.chosen[each] for each in ("panel", "key") if each in answer.chosen]
    if not keys:
        whole: Mapping[str, Any] = answer.found["whole"]
        return whole
    wanted = ["" if key == _UNKNOWN else key for key in keys]
    for each in answer.found["cells"]:
        if list(each["key"].values()) == wanted:
            cell: Mapping[str, Any] = each
            return cell
    raise NotFoundError(f"{', '.join(keys)[:80]}: nothing is counted under it")


def _without(chosen: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in chosen.items() if name not in names}


def _picture(svg: str) -> Response:
    return Response(svg, media_type="image/svg+xml", headers=_SVG)
