"""Threats that two or more have in common: in incidents of the period, and in cases at a desk."""

from collections.abc import Sequence
from itertools import groupby

from stanch.reports.pack.common_threats import Common, CommonThreat, Touched
from stanch.reports.pack.document import Block, Cell, Head, Para, Section, Span, Table, text
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import Pack
from stanch.reports.pack.said import NOTHING, Teller, plain


def common(shared: Common, pack: Pack, teller: Teller) -> Section:
    """By whom each is shared; of cases what the reader may see on both sides, and no word more."""
    say = teller.words.say
    blocks: list[Block] = [Para((Span(_rule(shared, pack, teller)),))]
    if shared.cases is not None:
        blocks.append(Head(say("In incidents")))
    head = teller.heads(
        say("Threat"), say("Touches"), say("Incidents"), say("Stolen (USD)"), figures=2
    )
    blocks.append(_table(head, shared.incidents, (3.2, 4, 1.1, 1.8), teller))
    if shared.cases is not None:
        head = teller.heads(
            say("Threat"), say("Touches"), say("Marking"), say("Entries"), figures=1
        )
        blocks += [Head(say("In cases")), _table(head, shared.cases, (4.2, 3, 1.7, 1.1), teller)]
    return Section(say("Common threats"), "common", tuple(blocks))


def _rule(shared: Common, pack: Pack, teller: Teller) -> str:
    say, place = teller.words.say, teller.kind(pack.rule.place)
    if shared.countries is None:
        return say("Told are threats that touch two or more countries, by {place}.", place=place)
    named = teller.listed([teller.words.country(each) for each in shared.countries])
    return say(
        "Told are threats that touch two or more of these countries: {countries}; in incidents, "
        "by {place}.",
        countries=named,
        place=place,
    )


def _table(
    head: tuple[Cell, ...],
    threats: Sequence[CommonThreat],
    widths: tuple[float, ...],
    teller: Teller,
) -> Block:
    rows: list[tuple[Cell, ...]] = []
    for kind, parts in groupby(threats, key=lambda each: each.kind):
        rows += [(text(teller.kind(kind)),), *(_told(each, teller) for each in parts)]
    if not rows:
        return Para((Span(teller.words.say("None is visible to this reader.")),))
    return Table(head, tuple(rows), widths)


def _told(each: CommonThreat, teller: Teller) -> tuple[Cell, ...]:
    shown = [text(plain(each.name, 200)), _touched(each.touched, teller)]
    if each.marking is not None:
        return (*shown, text(each.marking.value), teller.figure(each.rows))
    return (*shown, teller.figure(each.rows), teller.figure(each.stolen or Number(None)))


def _touched(touched: Sequence[Touched], teller: Teller) -> Cell:
    """Each with its own figure, which opens its rows."""
    spans: list[Span] = []
    for each in touched:
        name = teller.words.country(each.country) if each.country else plain(each.member)
        number = teller.words.number(each.rows.value) if each.rows.value is not None else NOTHING
        if spans:
            spans.append(Span(teller.words.say(", ")))
        spans += [Span(f"{name} "), Span(number, teller.anchors.of(each.rows.rows))]
    return Cell((tuple(spans),))
