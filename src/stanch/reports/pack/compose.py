"""A pack in one language: what a reader sees, part by part, the same for both renderers."""

from stanch.i18n.pack.words import Words
from stanch.reports.pack import annex, response, reviews
from stanch.reports.pack.anchors import Anchors
from stanch.reports.pack.common import common
from stanch.reports.pack.document import Document, Fact, Section
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import Pack
from stanch.reports.pack.said import NOTHING, Teller, plain
from stanch.reports.pack.statistics import statistics


def compose(pack: Pack, language: str) -> Document:
    """The document. The same pack gives the same one.

    Raises ValueError for a language without words, InvariantError for a figure without its rows.
    """
    teller = Teller(Words(language), Anchors(pack))
    say = teller.words.say
    facts = _facts(pack, teller)
    sections = _sections(pack, teller)
    return Document(
        language,
        _title(pack, teller),
        teller.words.period(pack.rule.first.first, pack.rule.last.last),
        pack.marking.value,
        pack.as_of,
        _about(pack, teller),
        facts,
        say("Contents"),
        say("page {page} of {pages}", page="{page}", pages="{pages}"),
        sections,
    )


def _title(pack: Pack, teller: Teller) -> str:
    if pack.meeting is None:
        return teller.words.say("Crypto-asset theft: incidents and response")
    return teller.words.say(
        "{body}: meeting {number}", body=plain(pack.meeting.body), number=pack.meeting.number
    )


def _about(pack: Pack, teller: Teller) -> tuple[tuple[str, str], ...]:
    say = teller.words.say
    rows = [(say("Prepared for"), plain(pack.reader))]
    if pack.meeting is not None:
        rows.append((say("Meeting on"), teller.words.day(pack.meeting.day)))
    rows += [(say("As of"), teller.words.day(pack.as_of)), (say("Marking"), pack.marking.value)]
    return tuple(rows)


def _facts(pack: Pack, teller: Teller) -> tuple[Fact, ...]:
    say, whole = teller.words.say, pack.whole
    counted = whole.incidents.value or 0
    found = [
        Fact(say("Incidents"), teller.words.number(counted), "", _to(whole.incidents, teller)),
        _money(say("Stolen"), whole.stolen, teller),
        _money(say("Frozen"), whole.frozen, teller),
        _money(say("Recovered"), whole.recovered, teller),
    ]
    return tuple(found)


def _money(name: str, number: Number, teller: Teller) -> Fact:
    if number.value is None:
        return Fact(name, NOTHING, "", "")
    exact = f"USD {teller.words.number(number.value)}"
    return Fact(name, teller.words.money(int(number.value)), exact, _to(number, teller))


def _to(number: Number, teller: Teller) -> str:
    return teller.anchors.of(number.rows)


def _sections(pack: Pack, teller: Teller) -> tuple[Section, ...]:
    """Open actions first; parts that were not collected are not there."""
    parts = [
        response.actions(pack, teller) if pack.actions is not None else None,
        statistics(pack, teller),
        response.threats(pack, teller) if pack.threats is not None else None,
        response.orders(pack, teller) if pack.orders is not None else None,
        response.targets(pack, teller) if pack.targets is not None else None,
        common(pack.common, pack, teller) if pack.common is not None else None,
        response.claims(pack, teller),
        response.designations(pack, teller) if pack.designations is not None else None,
        annex.left_out(pack, teller),
        annex.incidents(pack, teller),
        annex.orders(pack, teller) if pack.orders else None,
    ]
    # The lines of figures are known when all else is told.
    parts += [annex.figures(teller), annex.sources(pack, teller), annex.entries(pack, teller)]
    parts.append(reviews.annex(pack, teller))
    return tuple(each for each in parts if each is not None and each.blocks)
