"""Files of wallets' addresses: one a line, or CSV with a column of them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from stanch.formats.subjects.columns import folded
from stanch.formats.subjects.lines import Line, lines

TITLES: Final = (
    "address", "wallet", "wallet_address", "crypto_address", "account", "account_address",
    "public_key",
)  # fmt: skip
_SEPARATORS: Final = ",;\t|"
MAX_COLUMNS: Final = 2_000


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address as it is written, on which line; or why there is none."""

    row: int
    address: str
    reason: str = ""


def parse(stream: BinaryIO) -> Iterator[AddressRow]:
    """Every line that is not empty. The first one is a header where it names a known column.

    Raises ValueError with a short reason where it is a table without such a column.
    """
    found = lines(stream)
    first = next(found, None)
    if first is None:
        return
    separator, place = _layout(first[1] or "")
    if place is None:
        yield from _plain(first)
        place = 0
    for line in found:
        if separator:
            yield from _cell(line, separator, place)
        else:
            yield from _plain(line)


def _layout(first: str) -> tuple[str, int | None]:
    """Separator (empty where each line is an address) and the column; None where no header is."""
    if folded(first[:100]) in TITLES:
        return "", 0
    separator = max(_SEPARATORS, key=first.count)
    count = first.count(separator)
    if not count or count >= MAX_COLUMNS:
        return "", None
    titles = [folded(title[:100]) for title in next(csv.reader([first], delimiter=separator), [])]
    places = [titles.index(title) for title in TITLES if title in titles]
    if not places:
        raise ValueError(f"is a table without a column named {', '.join(TITLES[:3])}")
    return separator, places[0]


def _plain(line: Line) -> Iterator[AddressRow]:
    number, text, reason = line
    if text is None or text.strip():
        yield AddressRow(number, (text or "").strip(), reason)


def _cell(line: Line, separator: str, place: int) -> Iterator[AddressRow]:
    number, text, reason = line
    if text is None:
        yield AddressRow(number, "", reason)
        return
    try:
        cells = next(csv.reader([text], delimiter=separator, strict=True), [])
    except csv.Error as error:
        yield AddressRow(number, "", f"is no CSV: {error}")
        return
    if any(cell.strip() for cell in cells):
        address = cells[place].strip() if place < len(cells) else ""
        yield AddressRow(number, address, "" if address else "has no address")
