"""Charts of a pack: small multiples, with figures and names in its language."""

from typing import Final

from stanch.i18n.pack.words import Words
from stanch.model import chain
from stanch.model.registry.words import By
from stanch.reports.pack.document import Chart
from stanch.reports.pack.pack import Count, Line
from stanch.reports.pack.said import Teller
from stanch.reports.registry.small_multiples import Bars, Panel, draw

MOST: Final = 8  # bars of one panel; the table below has all
# Names as the chains' own projects write them.
CHAINS: Final = {
    chain.ETHEREUM: "Ethereum",
    chain.BITCOIN: "Bitcoin",
    chain.BITCOIN_CASH: "Bitcoin Cash",
    chain.LITECOIN: "Litecoin",
    chain.DOGECOIN: "Dogecoin",
    chain.DASH: "Dash",
    chain.ZCASH: "Zcash",
    chain.TRON: "TRON",
}
_DRAWN: Final = (By.YEAR, By.QUARTER, By.COUNTRY, By.ACTOR)


def picture(counts: tuple[Count, ...], teller: Teller) -> Chart | None:
    """What was stolen, a panel for each count that a picture helps; None where nothing was."""
    panels = [
        Panel(teller.kind(each.by), _bars(each, teller))
        for each in counts
        if each.by in _DRAWN and len(each.lines) > 1
    ]
    if not any(bar.value for panel in panels for bar in panel.bars):
        return None
    say = teller.words.say
    return Chart(draw(panels, teller.words.compact, teller.words.money), say("Stolen, US dollars"))


def _bars(count: Count, teller: Teller) -> tuple[Bars, ...]:
    """In the order of time, or the largest first; each leads to its rows, as the table does."""
    lines = list(count.lines)
    if count.by not in {By.YEAR, By.QUARTER}:
        lines.sort(key=lambda line: -int(line.stolen.value or 0))
    shown = lines[-MOST:] if count.by in {By.YEAR, By.QUARTER} else lines[:MOST]
    return tuple(_bar(count.by, line, teller) for line in shown)


def _bar(by: By, line: Line, teller: Teller) -> Bars:
    name = key_name(by, line.key, line.name, teller.words)
    anchor = teller.anchors.of(line.stolen.rows)
    return Bars(name, int(line.stolen.value or 0), "", f"#{anchor}" if anchor else "")


def key_name(by: By, key: str, name: str, words: Words) -> str:
    """A key of a count in words: names of countries and quarters are the language's own."""
    if not key:
        return words.say("not known")
    if by is By.COUNTRY:
        return words.country(key)
    if by is By.CHAIN:
        return CHAINS.get(key, key)
    return words.quarter(key) if by is By.QUARTER else name
