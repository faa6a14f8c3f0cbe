"""What was done and is to be done: orders, targets, actions, threats, designations, claims."""

from datetime import date
from itertools import groupby
from statistics import median

from stanch.model.desk.states import OrderState
from stanch.reports.pack.document import Block, Cell, Para, Section, Span, Table, text
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import ORDER, Claimed, OrderRow, Pack
from stanch.reports.pack.reviews import counted
from stanch.reports.pack.said import NOTHING, Teller, all_of, plain


def actions(pack: Pack, teller: Teller) -> Section:
    """What earlier meetings decided and nobody has done, with who shall."""
    say = teller.words.say
    head = teller.heads(say("Action"), say("Owner"), say("Due"), say("State"))
    rows = [
        (text(all_of(each.title)), text(plain(each.owner)), text(_day(each.due, teller)),
         text(teller.kind(each.state)))
        for each in pack.actions or ()
    ]  # fmt: skip
    table = Table(head, tuple(rows), (4, 2, 1.7, 1.2))
    return Section(say("Open actions"), "actions", _one(table, teller))


def threats(pack: Pack, teller: Teller) -> Section:
    """Each threat in its author's words, with its rows."""
    say = teller.words.say
    blocks: list[Block] = [
        Para((Span(plain(each.title) + ". ", bold=True), Span(all_of(each.text)), Span(" "),
              *teller.links(each.rows)))
        for each in pack.threats or ()
    ]  # fmt: skip
    return Section(say("Threat assessment"), "threats", tuple(blocks) or _none(teller))


def orders(pack: Pack, teller: Teller) -> Section:
    """Orders by what became of them, with what was held; the whole in the last line; reviews."""
    say, found = teller.words.say, pack.orders or ()
    head = teller.heads(
        say("State"), say("Orders"), say("Accounts named"), say("Accounts held"),
        say("Hours to first answer (median)"), figures=4,
    )  # fmt: skip
    states = [state for state in OrderState if any(each.state is state for each in found)]
    rows = [
        (text(teller.kind(state)), *_order_figures([e for e in found if e.state is state], teller))
        for state in states
    ]
    if rows:
        rows.append((text(say("Total")), *_order_figures(list(found), teller)))
    table = Table(head, tuple(rows), (3, 1, 1.6, 1.6, 2.2), whole=True)
    return Section(
        say("Orders and what came of them"),
        "orders",
        (*_one(table, teller), *counted(pack, teller)),
    )


def targets(pack: Pack, teller: Teller) -> Section:
    """Where each target began, stands, and shall be by when."""
    say = teller.words.say
    head = teller.heads(
        say("Target"), say("Measure"), say("Due"), say("Baseline"), say("Now"), say("Goal"),
        figures=3,
    )  # fmt: skip
    rows = [
        (text(all_of(each.title)), text(all_of(each.measure)),
         text(_day(each.due, teller)), teller.figure(each.baseline), teller.figure(each.now),
         teller.figure(each.goal))
        for each in pack.targets or ()
    ]  # fmt: skip
    table = Table(head, tuple(rows), (2.6, 2.2, 1.8, 1.1, 1.1, 1.1))
    return Section(say("Targets of cooperation"), "targets", _one(table, teller))


def designations(pack: Pack, teller: Teller) -> Section:
    """Who is proposed for a list, why, on what rows, and which lists have them already."""
    say = teller.words.say
    head = teller.heads(say("Name"), say("Reasons"), say("Listed already by"), say("Evidence"))
    rows = [
        (text(plain(each.name)), text(all_of(each.reasons)),
         text("; ".join(map(plain, each.listed)) or NOTHING), Cell((teller.links(each.rows),)))
        for each in pack.designations or ()
    ]  # fmt: skip
    table = Table(head, tuple(rows), (1.8, 3.6, 1.8, 1.4))
    return Section(say("Proposed designations"), "designations", _one(table, teller))


def claims(pack: Pack, teller: Teller) -> Section:
    """Published totals beside the same totals from the registry."""
    say = teller.words.say
    head = teller.heads(
        say("Published total"), say("Claimed (USD)"), say("Agrees"), say("Extra"), say("Missing"),
        say("Gap"), figures=5,
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for over, parts in groupby(pack.claims, key=lambda each: _published(each, teller)):
        rows += [(text(over),), *(_claimed(each, teller) for each in parts)]
    note = say(
        "Claimed is what was published; agrees, what the registry has under the same scope. What "
        "the publisher does not name is extra, what the scope leaves out is missing. No gap is "
        "filled."
    )
    table = Table(head, tuple(rows), (3.3, 1.6, 1.6, 1.5, 1.4, 1.6))
    blocks: list[Block] = [Para((Span(note),), faint=True)] if rows else []
    blocks += _one(table, teller)
    return Section(say("Published totals, reconciled"), "claims", tuple(blocks))


def _published(each: Claimed, teller: Teller) -> str:
    return f"{plain(each.publisher)}, {teller.words.day(each.made)}: {plain(each.title)}"


def _claimed(each: Claimed, teller: Teller) -> tuple[Cell, ...]:
    part = teller.words.period(each.first.first, each.last.last)
    if each.country:
        part = teller.words.say("{country}, {period}", country=teller.words.country(each.country),
                                period=part)  # fmt: skip
    numbers = (each.claimed, each.matched, each.extra, each.missing, each.gap)
    return (text(part), *map(teller.figure, numbers))


def _order_figures(rows: list[OrderRow], teller: Teller) -> tuple[Cell, ...]:
    hours = [each for each in rows if each.hours is not None]
    middle = median(each.hours for each in hours if each.hours is not None) if hours else None
    return (
        teller.figure(Number(len(rows), _names(rows))),
        teller.figure(_sum(rows, "accounts")),
        teller.figure(_sum(rows, "held")),
        teller.figure(Number(middle, _names(hours))),
    )


def _sum(rows: list[OrderRow], what: str) -> Number:
    known = [each for each in rows if getattr(each, what) is not None]
    if not known:
        return Number(None)
    return Number(sum(getattr(each, what) for each in known), _names(known))


def _names(rows: list[OrderRow]) -> tuple[str, ...]:
    return tuple(f"{ORDER}/{each.id}" for each in rows)


def _day(day: date | None, teller: Teller) -> str:
    return NOTHING if day is None else teller.words.day(day)


def _one(table: Table, teller: Teller) -> tuple[Block, ...]:
    return (table,) if table.rows else _none(teller)


def _none(teller: Teller) -> tuple[Block, ...]:
    return (Para((Span(teller.words.say("There are none in this period.")),)),)
