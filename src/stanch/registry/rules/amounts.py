"""Amounts: of something, so much, and no more than once."""

from collections.abc import Iterator
from itertools import pairwise

from stanch.formats.registry.reading import Fault
from stanch.registry.files import Rows
from stanch.registry.points import canonical


def of_what(rows: Rows) -> Iterator[Fault]:
    """A number of units is of an asset."""
    for table in ("amounts", "payments"):
        for line in rows[table]:
            if line["units"] is not None and line["asset"] is None:
                yield line.fault("amount-unit", f"units: {line['units']} of which asset?")


def how_much(rows: Rows) -> Iterator[Fault]:
    """A row of amounts says how much, in units or in dollars."""
    for line in rows["amounts"]:
        if all(line[name] is None for name in ("units", "usd", "usd_low", "usd_high")):
            yield line.fault("amount-empty", "says no amount, in units or in US dollars")


def in_range(rows: Rows) -> Iterator[Fault]:
    """The least is no more than the figure, and the figure no more than the most."""
    for table in ("amounts", "slices"):
        for line in rows[table]:
            said = [(each, line[each]) for each in ("usd_low", "usd", "usd_high")]
            known = [(name, value) for name, value in said if value is not None]
            for (below, less), (above, more) in pairwise(known):
                if less > more:
                    yield line.fault("amount-range", f"{below} {less:,} is over {above} {more:,}")


def priced(rows: Rows) -> Iterator[Fault]:
    """Dollars say at which prices they are."""
    for line in rows["amounts"]:
        dollars = (line[name] for name in ("usd", "usd_low", "usd_high"))
        if line["priced"] is None and any(each is not None for each in dollars):
            yield line.fault("amount-price", "priced: at which prices are the dollars?")


def once(rows: Rows) -> Iterator[Fault]:
    """One amount of a kind and asset for each incident, and dollars for the whole or for its parts:
    a sum would count them twice.
    """
    seen: dict[tuple[str, ...], int] = {}
    whole: dict[tuple[str, str], int] = {}  # lines with the dollars of all assets together
    for line in rows["amounts"]:
        key = (line["incident"], line["what"], (line["asset"] or "").casefold())
        if (first := seen.setdefault(key, line.line)) != line.line:
            yield line.fault("amount-twice", f"is said in line {first} already")
        if line["asset"] is None and line["usd"] is not None:
            whole.setdefault(key[:2], line.line)
    for line in rows["amounts"]:
        first = whole.get((line["incident"], line["what"]), line.line)
        if line["asset"] is not None and line["usd"] is not None and first != line.line:
            reason = f"usd: is in line {first} already, which names no asset and so says all"
            yield line.fault("amount-twice", reason)


def payments_once(rows: Rows) -> Iterator[Fault]:
    """A payment stands once: by its transaction, or where that is not known, by time and amount."""
    seen: dict[tuple[str, ...], int] = {}
    for line in rows["payments"]:
        known = line["transaction"] or f"{line['time'].text} {line['units']}"
        account = canonical(line["chain"], line["account"])
        key = (line["incident"], line["chain"], account, known, line["asset"] or "")
        if (first := seen.setdefault(key, line.line)) != line.line:
            yield line.fault("payment-twice", f"is said in line {first} already")
