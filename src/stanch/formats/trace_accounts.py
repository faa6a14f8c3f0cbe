"""accounts.csv of a trace, as `stanch trace` writes it: which accounts the money went through."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stanch.errors import InputError
from stanch.model.tables import ACCOUNTS_OUT

NAME: Final = "accounts.csv"
_DIGITS: Final = 80


@dataclass(frozen=True, slots=True)
class TracedAccount:
    """One row: hops from the theft, and what came in, in the asset's smallest unit."""

    incident: str
    account: str
    asset: str
    hop: int
    amount: int


def parse(data: bytes) -> Iterator[TracedAccount]:
    """The rows, in their order. Raises InputError, with its row, for a file that is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(NAME, "is no UTF-8") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if list(rows.fieldnames or ()) != list(ACCOUNTS_OUT):
            raise InputError(NAME, f"has other columns than {', '.join(ACCOUNTS_OUT)}", 1)
        for row in rows:
            yield _row(row, rows.line_num)
    except csv.Error as error:
        raise InputError(NAME, f"is no CSV: {error}", rows.line_num) from None


def _row(row: dict[str, str | None], line: int) -> TracedAccount:
    hop, amount = row["hop"] or "", row["traced_in"] or ""
    if None in row.values() or not (hop.isascii() and hop.isdigit() and len(hop) < 10):
        raise InputError(NAME, "hop: is to be a whole number", line)
    if not (amount.isascii() and amount.isdigit() and len(amount) <= _DIGITS):
        raise InputError(NAME, "traced_in: is to be a whole number of smallest units", line)
    texts = (row["incident"] or "", row["account"] or "", row["asset"] or "")
    return TracedAccount(*texts, int(hop), int(amount))
