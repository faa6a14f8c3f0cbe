"""The tables that a screening wrote, read back as what was seen: accounts, and listed parties.

Three kinds, told by their columns: `stanch screen addresses` in a home (`address`, `list`), at a
desk or in a snapshot (`address`, `kind`), and `stanch screen names` (`query_id`, `list`). Of whom
they are, the customers and rows of who screened, nothing is read but how many there were.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from stanch.formats.hits_csv import COLUMNS, MAX_FIELD, HitRow
from stanch.formats.hits_csv import parse as parse_hits
from stanch.model.watched import Kind


@dataclass(slots=True)
class SeenAddress:
    """An address as it was written; the chain that was said, perhaps empty; on how many rows; and
    the entries of lists (list and entry, or an entry's reference) that name it.
    """

    address: str
    chain: str = ""
    rows: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)


@dataclass(slots=True)
class SeenParty:
    """An entry of a list, its name there, who was taken for it, and the best score, 0 to 1."""

    list: str
    entry: str
    name: str
    queries: set[str] = field(default_factory=set)
    score: float = 0.0


@dataclass(slots=True)
class Screened:
    """What a table says was seen, and how many of its rows were left out, by why."""

    addresses: dict[tuple[str, str], SeenAddress] = field(default_factory=dict)
    parties: dict[tuple[str, str], SeenParty] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)


ORDERS: Final = "of block orders: answer the order instead"
EXPOSURES: Final = "of money that merely passed"
_ADDRESS: Final = ("row", "address")


def parse(lines: Iterable[str]) -> Screened:
    """Read a table, given line by line with their line ends.

    Findings of orders and exposures are left out: an order may be known to few, and what passed an
    account is no listing. Raises ValueError with a short reason where it is no such table.
    """
    every = iter(lines)
    head = next(every, "")
    names = [cell.strip().lstrip("\ufeff") for cell in next(csv.reader([head]), [])]
    found = Screened()
    if "query_id" in names:
        for hit in parse_hits([head, *every]):
            if isinstance(hit, HitRow):
                _party(found, hit)
            else:
                found.left[hit.reason] += 1
        return found
    if not {*_ADDRESS} <= {*names} or not {"list", "kind"} & {*names}:
        raise ValueError(f"has no columns {', '.join(_ADDRESS)} or {COLUMNS[0]}: is it what "
                         "`stanch screen` wrote?")  # fmt: skip
    csv.field_size_limit(MAX_FIELD)
    try:
        for row in csv.DictReader(every, names):
            _address(found, {name: text or "" for name, text in row.items() if name})
    except csv.Error as error:
        raise ValueError(f"is no CSV: {error}") from None
    return found


def _party(found: Screened, hit: HitRow) -> None:
    party = found.parties.setdefault(
        (hit.list, hit.entity_id), SeenParty(hit.list, hit.entity_id, hit.name)
    )
    party.queries.add(hit.query_id)
    party.score = max(party.score, hit.score)


def _address(found: Screened, row: Mapping[str, str]) -> None:
    kind = row.get("kind", Kind.LISTING)
    if kind != Kind.LISTING:
        found.left[ORDERS if kind == Kind.ORDER else EXPOSURES] += 1
        return
    key = (row.get("chain", ""), row["address"])
    seen = found.addresses.setdefault(key, SeenAddress(row["address"], row.get("chain", "")))
    seen.rows.add(row["row"])
    entry = row.get("reference") or f"{row.get('list', '')} {row.get('entity_id', '')}".strip()
    if entry:
        seen.listed.add(entry)
