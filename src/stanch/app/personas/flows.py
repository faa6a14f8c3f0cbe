"""Pay flows into an intake: as given for wallets, and as keys."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from stanch.app.personas import folder
from stanch.app.personas.secret import Hashing
from stanch.app.personas.wallets import wallet
from stanch.model.personas import kinds
from stanch.model.personas.tables import PAID
from stanch.personas.normal.ids import bank
from stanch.sources.personas import transfers
from stanch.sources.personas.batch import Refused
from stanch.sources.personas.transfers import Flow
from stanch.store import parquet


def write(work: Path, file: Path | None, hashing: Hashing) -> tuple[int, list[Refused]]:
    """Write PAID and the flows; returns how many there are, and the refused rows."""
    ends = _Ends(hashing)
    refused: list[Refused] = []
    flows: list[tuple[object, ...]] = []
    paid: list[tuple[object, ...]] = []
    rows: Iterator[Flow | Refused] = iter(()) if file is None else transfers.read(file)
    for row in rows:
        if isinstance(row, Refused):
            refused.append(row)
            continue
        src, dst = ends.of(row.src), ends.of(row.dst)
        if src is None or dst is None:
            reason = "src or dst is neither a wallet nor an account"
            refused.append(Refused(file.name if file else "", row.row, reason))
            continue
        flows.append((src[0], dst[0], row.time, row.asset, row.amount))
        paid.append((src[1], dst[1], row.time, row.asset, row.amount))
    parquet.write(work / folder.TRANSFERS, _table(flows, folder.TRANSFERS_SCHEMA))
    parquet.write(work / folder.PAID, _sorted(_table(paid, PAID)))
    return len(flows), refused


def _table(rows: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _sorted(table: pa.Table) -> pa.Table:
    order = pc.sort_indices(table, [(name, "ascending") for name in table.schema.names])
    return table.take(order)


class _Ends:
    """Ends of payments: the wallet as it may be shown, or None, and the key."""

    def __init__(self, hashing: Hashing) -> None:
        self._hashing = hashing
        self._known: dict[str, tuple[str | None, int] | None] = {}

    def of(self, text: str) -> tuple[str | None, int] | None:
        if text not in self._known:
            self._known[text] = self._looked_at(text)
        return self._known[text]

    def _looked_at(self, text: str) -> tuple[str | None, int] | None:
        try:
            found = wallet(text)
            return found, self._hashing.of(kinds.WALLET, [found])[0]
        except ValueError:
            pass
        try:
            return None, self._hashing.of(kinds.BANK, [bank(text)])[0]
        except ValueError:
            return None
