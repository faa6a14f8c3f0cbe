"""The annexes: every row that a figure rests on, the lists of rows, and the sources."""

from stanch.reports.pack.annex_incidents import IncidentRows
from stanch.reports.pack.document import (
    Block,
    Cell,
    Para,
    Section,
    Span,
    Spans,
    Table,
    figure,
    text,
)
from stanch.reports.pack.pack import (
    ENTRY,
    ORDER,
    SOURCE,
    Entry,
    LeftOut,
    OrderRow,
    Pack,
    SourceRow,
)
from stanch.reports.pack.said import NOTHING, Teller, plain


def left_out(pack: Pack, teller: Teller) -> Section:
    """What this reader's pack does not hold: how many and why, never which."""
    say = teller.words.say
    blocks: list[Block] = []
    rows = [_left_out(each, teller) for each in pack.left_out if each.count]
    if rows:
        head = teller.heads(say("What"), say("Why"), say("Count"), figures=1)
        blocks.append(Table(head, tuple(rows), (2.4, 5, 1)))
        said = say("No figure of this document includes them.")
    else:
        said = say("Of what was collected, nothing was left out.")
    blocks.append(Para((Span(said),)))
    absent = [name for name, part in _parts(pack, teller) if part is None]
    if absent:
        named = say("Not collected for this document: {parts}.", parts=teller.listed(absent))
        blocks.append(Para((Span(named),)))
    return Section(say("What is left out"), "left-out", tuple(blocks))


def incidents(pack: Pack, teller: Teller) -> Section:
    """Incidents with what is said of them."""
    say = teller.words.say
    head = teller.heads(say("No."), say("Date"), say("Incident"), say("USD"), figures=1)
    anchors = tuple(teller.anchors.rows([each.name for each in pack.incidents]))
    table = Table(head, IncidentRows(pack.incidents, teller), (0.7, 1.7, 6, 1.7), anchors)
    return Section(say("Annex A: Incidents"), "annex-a", (table,) if anchors else (), annex=True)


def orders(pack: Pack, teller: Teller) -> Section:
    """Orders with what followed."""
    say, found = teller.words.say, pack.orders or ()
    head = teller.heads(
        say("No."), say("Date"), say("Order"), say("State"), say("What followed"), say("Accounts"),
        say("Held"), say("Hours"), figures=3,
    )  # fmt: skip
    rows = tuple(_order(each, teller) for each in found)
    anchors = tuple(teller.anchors.row(f"{ORDER}/{each.id}") for each in found)
    table = Table(head, rows, (0.8, 1.9, 2.6, 1.2, 2, 1, 0.9, 0.9), anchors)
    return Section(say("Annex B: Orders"), "annex-b", (table,), annex=True)


def figures(teller: Teller) -> Section:
    """Which rows make a figure of several. Asked for last: by then all figures were met."""
    say, lines = teller.words.say, teller.anchors.lines()
    head = teller.heads(say("No."), say("Count"), say("Rows that make the figure"))
    rows = tuple(
        (text(line), text(teller.words.number(len(anchors))), Cell((), anchors=anchors))
        for line, anchors in lines
    )
    table = Table(head, rows, (0.7, 0.9, 8.4), tuple(line for line, _ in lines))
    return Section(say("Annex C: Figures"), "annex-c", (table,) if rows else (), annex=True)


def sources(pack: Pack, teller: Teller) -> Section:
    """Where all of it can be read."""
    say = teller.words.say
    head = teller.heads(say("No."), say("Source"), say("Date"))
    rows = tuple(
        (text(_row(f"{SOURCE}/{each.id}", teller)), Cell(_source(each)),
         text(teller.words.day(each.day)))
        for each in pack.sources
    )  # fmt: skip
    anchors = tuple(teller.anchors.row(f"{SOURCE}/{each.id}") for each in pack.sources)
    table = Table(head, rows, (0.7, 7.6, 1.7), anchors)
    return Section(say("Annex D: Sources"), "annex-d", (table,) if rows else (), annex=True)


def entries(pack: Pack, teller: Teller) -> Section:
    """Accounts and judgements that members have in cases, each as it is marked there."""
    say = teller.words.say
    head = teller.heads(
        say("No."), say("Date"), say("Member"), say("Account or actor"), say("Marking")
    )
    rows = tuple(_entry(each, teller) for each in pack.entries)
    anchors = tuple(teller.anchors.row(f"{ENTRY}/{each.id}") for each in pack.entries)
    table = Table(head, rows, (0.7, 1.7, 1.8, 4.3, 1.6), anchors)
    title = say("Annex E: Accounts and judgements in cases")
    return Section(title, "annex-e", (table,) if rows else (), annex=True)


def _entry(each: Entry, teller: Teller) -> tuple[Cell, ...]:
    how = [teller.kind(one) for one in (each.stance, each.confidence) if one is not None]
    facts = [*how, plain(each.case, 60), plain(each.id, 60)]
    said = (Span(plain(each.said, 200)),), (Span(teller.listed(facts), faint=True),)
    return (
        text(_row(f"{ENTRY}/{each.id}", teller)),
        text(teller.words.day(each.day)),
        text(plain(each.member)),
        Cell(said),
        text(each.marking.value),
    )


def _order(each: OrderRow, teller: Teller) -> tuple[Cell, ...]:
    numbers = (each.accounts, each.held, each.hours)
    return (
        text(_row(f"{ORDER}/{each.id}", teller)),
        text(teller.words.day(each.day)),
        Cell(((Span(plain(each.id, 60)),), (Span(plain(each.case, 60), faint=True),))),
        text(teller.kind(each.state)),
        text(teller.listed([teller.kind(one) for one in each.came]) or NOTHING),
        *(figure(teller.amount(number)) for number in numbers),
    )


def _left_out(each: LeftOut, teller: Teller) -> tuple[Cell, ...]:
    return (
        text(teller.kind(each.what)),
        text(teller.kind(each.why)),
        figure(teller.words.number(each.count)),
    )


def _parts(pack: Pack, teller: Teller) -> list[tuple[str, object]]:
    say = teller.words.say
    return [
        (say("Threat assessment"), pack.threats),
        (say("Orders"), pack.orders),
        (say("Targets of cooperation"), pack.targets),
        (say("Common threats"), pack.common),
        (say("Proposed designations"), pack.designations),
        (say("Open actions"), pack.actions),
    ]


def _source(each: SourceRow) -> tuple[Spans, ...]:
    line: Spans = (Span(f"{plain(each.publisher)}: {plain(each.title, 300)}"),)
    where = plain(each.where, 300)
    if not where:
        return (line,)
    url = where if where.startswith("https://") and " " not in where else ""
    return (line, (Span(where, url=url, faint=not url),))


def _row(name: str, teller: Teller) -> str:
    return teller.anchors.row(name)
