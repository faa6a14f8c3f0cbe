"""What happened in the period: a picture, and a table for each key."""

from collections.abc import Iterator

from stanch.model.registry.words import By, IncidentKind
from stanch.reports.pack.charts import key_name, picture
from stanch.reports.pack.document import (
    Block,
    Cell,
    Head,
    Para,
    Section,
    Span,
    Spans,
    Table,
    text,
)
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import Count, Lacking, Line, Pack
from stanch.reports.pack.said import Teller, plain

_WIDTHS = (2.7, 1, 1.8, 1.5, 1.5, 1.5, 1.3)


def statistics(pack: Pack, teller: Teller) -> Section:
    """The section of figures, with the rule by which they were counted."""
    say = teller.words.say
    blocks: list[Block] = [Para((Span(_rule(pack, teller)),))]
    unvalued = len(pack.whole.incidents.rows) - len(pack.whole.stolen.rows)
    if unvalued:
        blocks.append(Para((Span(_unvalued(unvalued, teller)),)))
    if pack.whole.partial.value:
        blocks.append(Para(_partial(pack.whole.partial, teller)))
    for later in pack.whole.lacking:
        blocks += [Para(said) for said in _lacking(later, teller)]
    drawn = picture(pack.counts, teller)
    if drawn is not None:
        blocks.append(drawn)
    for each in pack.counts:
        if each.lines:
            blocks += [Head(teller.kind(each.by)), _table(each, pack.whole, teller)]
    blocks.append(
        Para(
            (Span(say("An incident that belongs to two keys is counted under both; the total "
                      "counts it once.")),),
            faint=True,
        )
    )  # fmt: skip
    return Section(say("Statistics"), "statistics", tuple(blocks))


def _rule(pack: Pack, teller: Teller) -> str:
    say, rule = teller.words.say, pack.rule
    disputed = (
        say("disputed attributions included") if rule.disputed
        else say("disputed attributions excluded")
    )  # fmt: skip
    return say(
        "Counted are incidents of {period} whose attribution reaches bar {bar} or higher, "
        "{disputed}; countries by {place}; amounts in {valuation}.",
        period=teller.words.period(rule.first.first, rule.last.last),
        bar=rule.bar.value,
        disputed=disputed,
        place=teller.kind(rule.place),
        valuation=teller.kind(rule.valuation),
    )


def _unvalued(count: int, teller: Teller) -> str:
    return teller.words.many(
        "{count} incident has no figure: it is counted, and is in no sum.",
        "{count} incidents have no figure: they are counted, and are in no sum.",
        count,
    )


def _partial(number: Number, teller: Teller) -> Spans:
    said = teller.words.many(
        "Of {count} incident only a part has a figure: no more than that part is in the sums.",
        "Of {count} incidents only a part has a figure: no more than that part is in the sums.",
        int(number.value or 0),
    )
    return _opened(said, number, teller)


def _lacking(of: Lacking, teller: Teller) -> Iterator[Spans]:
    """What came of the money, and is in no sum."""
    many, what = teller.words.many, teller.kind(of.kind)
    if of.unvalued.value:
        said = many(
            "In {count} incident something was {what} and no source gives a figure: it is in no "
            "sum.",
            "In {count} incidents something was {what} and no source gives a figure: they are in "
            "no sum.",
            int(of.unvalued.value),
            what=what,
        )
        yield _opened(said, of.unvalued, teller)
    if of.partial.value:
        said = many(
            "In {count} incident only a part of what was {what} has a figure: no more than that "
            "part is in the sums.",
            "In {count} incidents only a part of what was {what} has a figure: no more than that "
            "part is in the sums.",
            int(of.partial.value),
            what=what,
        )
        yield _opened(said, of.partial, teller)


def _opened(said: str, number: Number, teller: Teller) -> Spans:
    """A sentence, and where the rows of its number are."""
    to = teller.anchors.of(number.rows)
    return (Span(f"{said} "), Span(f"[{to}]", to))


def _table(count: Count, whole: Line, teller: Teller) -> Table:
    say = teller.words.say
    head = teller.heads(
        teller.kind(count.by), say("Incidents"), say("Stolen (USD)"), say("Moved (USD)"),
        say("Frozen (USD)"), say("Recovered (USD)"), say("Days to notice (median)"), figures=6,
    )  # fmt: skip
    rows = [
        (text(_name(count.by, line, teller)), *_figures(line, teller)) for line in count.lines
    ]  # fmt: skip
    rows.append((text(say("Total")), *_figures(whole, teller)))
    return Table(head, tuple(rows), _WIDTHS, whole=True)


def _figures(line: Line, teller: Teller) -> tuple[Cell, ...]:
    numbers = (line.incidents, line.stolen, line.moved, line.frozen)
    return tuple(teller.figure(each) for each in (*numbers, line.recovered, line.noticed))


def _name(by: By, line: Line, teller: Teller) -> str:
    if by is By.KIND and line.key:
        return teller.kind(IncidentKind(line.key))
    return key_name(by, line.key, plain(line.name, 120), teller.words)
