"""What a screening met, as sightings: for partners who ask whether anybody saw a listed address."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from stanch.app.screen_input import opened
from stanch.errors import InputError, UsageError
from stanch.formats.screened_csv import Screened, SeenAddress, parse
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Origin, author
from stanch.formats.stix.sighting import Seen, SeenEntry, entry_items, sighting_items
from stanch.formats.stix.times import of_text, order_of
from stanch.formats.subjects.lines import lines
from stanch.model.chain import split_account
from stanch.sharing.common.indicators.wallets import wallet

_MADE: Final = "1970-01-01T00:00:00.000Z"  # nobody knows since when there is who says it


@dataclass(frozen=True, slots=True)
class Hits:
    """A table that `stanch screen` wrote; who screened, by the name that others know; and when what
    it asks about was seen: a moment (ISO 8601 with a zone), or two with a slash between.
    """

    file: Path
    by: str
    seen: str

    def times(self) -> tuple[str, str]:
        """First and last, as STIX has them. Raises UsageError."""
        first, slash, last = self.seen.partition("/")
        try:
            between = of_text(first), of_text(last if slash else first)
        except ValueError as error:
            raise UsageError(f"--seen: {error}") from None
        if order_of(between[1]) < order_of(between[0]):
            raise UsageError("--seen: ends before it begins")
        return between


@dataclass(slots=True)
class Met:
    """An account (CAIP-10, or an address alone), how often it was seen, which entries name it."""

    account: str
    count: int = 0
    listed: set[str] = field(default_factory=set)


def met_in(file: Path) -> tuple[Screened, list[Met]]:
    """A table of hits, and the accounts in it, each once, in order. Raises UsageError, InputError.

    An address that is written in two ways is one; one that no chain has is left out.
    """
    with opened(file) as stream:
        try:
            screened = parse(_lines(file, stream))
        except ValueError as error:
            raise InputError(file.name, str(error)) from None
    found: dict[str, tuple[Met, set[str]]] = {}
    for each in screened.addresses.values():
        try:
            account = account_of(each)
        except ValueError as error:
            screened.left[f"whose address {error}"] += len(each.rows)
            continue
        met, rows = found.setdefault(account, (Met(account), set()))
        rows |= each.rows
        met.count, met.listed = len(rows), met.listed | each.listed
    return screened, [found[account][0] for account in sorted(found)]


def account_of(seen: SeenAddress) -> str:
    """CAIP-10 where a chain is said, else the address alone; in its one form. Raises ValueError."""
    address = wallet(seen.address)
    try:
        chain = split_account(seen.address.strip())[0]
    except ValueError:
        chain = seen.chain
    return f"{chain}:{address}" if chain else address


def sightings(hits: Hits, of: Origin, at: str) -> tuple[list[Item], Counter[str]]:
    """The sightings of a table, and what of it was left out, by why. `at` is the time of this
    version; empty: that of the last seeing. Raises UsageError, InputError.
    """
    if not hits.by.strip():
        raise UsageError("--by: say who saw it")
    first, last = hits.times()
    screened, accounts = met_in(hits.file)
    by = author(hits.by, created=_MADE, id=named("identity", "seen-by", hits.by))
    items: list[Item] = []
    for each in accounts:
        what = f"Listed: {', '.join(sorted(each.listed))}." if each.listed else ""
        seen = Seen(each.account, first, last, each.count, what)
        items += sighting_items(seen, of, by, at or last)
    for party in screened.parties.values():
        sure = int(100 * party.score)
        met = SeenEntry(
            party.list, party.entry, party.name, first, last, len(party.queries), sure
        )  # fmt: skip
        items += entry_items(met, of, by, at or last)
    return items, screened.left


def _lines(file: Path, stream: BinaryIO) -> Iterator[str]:
    for number, text, reason in lines(stream):
        if text is None:
            raise InputError(file.name, f"line {number}: {reason}")
        yield text + "\n"
