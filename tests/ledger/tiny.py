"""Ledgers written out in a test: rows in, a folder or an opened ledger out."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from stanch.ledger.build import Provenance, Workplace, build
from stanch.ledger.layout import KIND
from stanch.ledger.reader import Ledger
from stanch.model.tables import AMOUNT_MAX, REJECTED, TRANSFERS
from stanch.store.engines.duckdb import connect
from stanch.store.outdir import writing

CHAIN = "eip155:1"
ETH = f"{CHAIN}/slip44:60"
USDC = f"{CHAIN}/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"


def row(time: float, source: str, target: str, amount: int, **more: Any) -> dict[str, Any]:
    """A row of TRANSFERS in seconds and short names; `more` are other columns."""
    chain = more.get("chain", CHAIN)
    wide = amount > AMOUNT_MAX
    return {
        "chain": chain,
        "time": int(time * 1_000_000),
        "tx": f"{time}-{source}-{target}",
        "from": f"{chain}:{source}",
        "to": f"{chain}:{target}",
        "asset": ETH,
        "amount": None if wide else amount,
        "amount_wide": amount.to_bytes(32, "big") if wide else None,
        "kind": "native",
        **more,
    }


def transfers(rows: Sequence[dict[str, Any]]) -> pa.RecordBatch:
    """Rows as a batch of TRANSFERS."""
    return pa.RecordBatch.from_pylist(list(rows), schema=TRANSFERS)


@dataclass
class Arrival:
    transfers: pa.RecordBatch
    rejected: pa.RecordBatch


@dataclass
class Rows:
    """A source of the rows given, in batches of `size`, and of the rejected rows given."""

    rows: Sequence[dict[str, Any]]
    rejected: Sequence[tuple[str, int, str]] = ()
    size: int = 1000
    assets: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    simulation: bool = False

    def __iter__(self) -> Iterator[Arrival]:
        names = REJECTED.names
        refused = [dict(zip(names, each, strict=True)) for each in self.rejected]
        for start in range(0, max(1, len(self.rows)), self.size):
            part = transfers(self.rows[start : start + self.size])
            yield Arrival(part, pa.RecordBatch.from_pylist(refused, schema=REJECTED))
            refused = []


def build_at(out: Path, source: Iterable[Any], **provenance: Any) -> dict[str, Any]:
    """Build a ledger at `out`, as the pipeline does."""
    with writing(out, KIND) as folder:
        scratch = folder / "scratch"
        scratch.mkdir()
        with connect(scratch) as engine:
            place = Workplace(folder, scratch, engine, lambda *_: None)
            info = build(source, Provenance("test", (), **provenance), place)
        shutil.rmtree(scratch)
    return info


def ledger_of(out: Path, rows: Sequence[dict[str, Any]], **source: Any) -> Ledger:
    """Build and open a ledger of `rows`."""
    build_at(out, Rows(rows, **source))
    return Ledger.open(out)


def told(ledger: Ledger, *columns: str) -> list[Any]:
    """Columns of TRANSFERS in canonical order, accounts by their short names."""
    table = ledger.transfers_rows(range(ledger.rows), columns)
    values = [
        [text.rpartition(":")[2] for text in table[name].to_pylist()]
        if name in ("from", "to")
        else table[name].to_pylist()
        for name in columns
    ]
    return values[0] if len(columns) == 1 else list(zip(*values, strict=True))


def path_of(ledger: Ledger) -> str:
    """The order of the transfers, as `a>b b>c`."""
    return " ".join(f"{a}>{b}" for a, b in told(ledger, "from", "to"))
