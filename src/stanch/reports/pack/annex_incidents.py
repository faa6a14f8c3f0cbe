"""Rows of incidents in the annex. What one looks like is for everybody the same but for numbers:
the row keeps it, in each language, and a pack puts its own numbers in.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import overload

from stanch.i18n.pack.words import Words
from stanch.reports.pack.anchors import Named
from stanch.reports.pack.document import Cell, Row, Span, Spans, figure, text
from stanch.reports.pack.pack import SOURCE, IncidentRow, Said, Sum
from stanch.reports.pack.said import NOTHING, Teller, plain

Draw = Callable[[Row, str], str]


class IncidentRows(Sequence[Row]):
    """Incidents as rows of a table, made when they are asked for."""

    def __init__(self, incidents: Sequence[IncidentRow], teller: Teller) -> None:
        """Of these, with the numbers that a pack gives."""
        self._incidents, self._teller = incidents, teller

    def __len__(self) -> int:
        """How many."""
        return len(self._incidents)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """The cells of one, or of several."""
        if isinstance(place, slice):
            return IncidentRows(self._incidents[place], self._teller)
        return _incident(self._incidents[place], self._teller)

    def picked(self, places: Sequence[int]) -> "IncidentRows":
        """Those at some places."""
        return IncidentRows([self._incidents[place] for place in places], self._teller)

    def html(self, draw: Draw) -> str:
        """All of them as `draw` draws each, from what the rows keep of it."""
        words = self._teller.words
        every = list(chain.from_iterable(pieces_of(one, words, draw) for one in self._incidents))
        every[1::2] = self._teller.anchors.rows(every[1::2])
        return "".join(every)


def pieces_of(one: IncidentRow, words: Words, draw: Draw) -> tuple[str, ...]:
    """A row as it is drawn, cut where numbers stand: every second piece names what is numbered."""
    kept = one.drawn.get(words.language)
    if kept is None:
        named = Named()
        row = _incident(one, Teller(words, named))
        kept = named.cut(draw(row, named.row(one.name)))
        one.drawn[words.language] = kept
    return kept


def _incident(each: IncidentRow, teller: Teller) -> tuple[Cell, ...]:
    where = [teller.words.country(each.country)] if each.country else []
    facts = [teller.kind(each.kind), teller.kind(each.victim_kind), *where]
    bar = teller.words.say("bar {bar}", bar=each.bar.value)
    facts += [bar, teller.words.say("disputed")] if each.disputed else [bar]
    if each.technique:
        facts.append(plain(each.technique, 120))
    lines: list[Spans] = [
        (Span(plain(each.victim), bold=True), Span(" "), *_link(each.source, teller)),
        (Span(teller.listed(facts), faint=True),),
        *(_sum(one, teller) for one in each.sums),
        *(_said(one, teller) for one in each.said),
    ]
    stolen = [one.usd for one in each.sums if one.kind.value in {"stolen", "paid"}]
    known = [usd for usd in stolen if usd is not None]
    return (
        text(teller.anchors.row(each.name)),
        text(teller.words.day(each.happened)),
        Cell(tuple(lines)),
        figure(teller.amount(sum(known) if known else None)),
    )


def _sum(one: Sum, teller: Teller) -> Spans:
    parts = []
    if one.units is not None:
        parts.append(f"{teller.words.number(one.units)} {plain(one.asset, 24)}")
    if one.usd is not None:
        parts.append(f"USD {teller.words.number(one.usd)}")
    said = f"{teller.kind(one.kind)}: {teller.listed(parts) or NOTHING} "
    return (Span(said, faint=True), *_link(one.source, teller))


def _said(one: Said, teller: Teller) -> Spans:
    who = plain(one.body, 80)
    if one.country:
        who = f"{who} ({teller.words.country(one.country)})"
    actor = f": {plain(one.actor, 60)}" if one.actor else ""
    said = f"{who}, {teller.words.day(one.day)}: {teller.kind(one.stance)}{actor} "
    return (Span(said, faint=True), *_link(one.source, teller))


def _link(source: str, teller: Teller) -> Spans:
    return teller.links((f"{SOURCE}/{source}",))
