"""Parquet tables to TRANSFERS, a batch of rows at a time."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from stanch.errors import InputError, UsageError
from stanch.model import asset as assets
from stanch.model.chain import BITCOIN, ETHEREUM, EVM, UTXO
from stanch.model.tables import TRANSFERS
from stanch.model.transfers_file import About
from stanch.sources.batches import Batch, Reading, Refused, refused_batch
from stanch.sources.parquet import bitcoin, ethereum, layouts, own, traces
from stanch.sources.parquet.files import Table
from stanch.sources.parquet.pieces import Piece, assemble
from stanch.sources.parquet.rows import Rows
from stanch.sources.request import SourceRequest

Reader = Callable[[Rows], list[Piece]]

_ROUNDED = (
    "{file} gives amounts as floating point, as its publisher does: they are rounded to about "
    "16 digits."
)
_STATUS = "{file} has transactions without a status; they are taken to have gone through."


class ParquetReading(Reading):
    """One reading of Parquet tables, of one chain unless they are Stanch's own."""

    source = "parquet"

    def __init__(self, request: SourceRequest) -> None:
        """Begin with nothing read."""
        super().__init__(request)
        self._tables: list[Table] = []

    def __iter__(self) -> Iterator[Batch]:
        """Batches of the files, one after the other."""
        self._tables = [Table(path) for path in self.request.files]
        readers: dict[str, Reader] = {}
        for table in self._tables:
            name = table.layout.name
            if name == layouts.TRANSFERS:
                self._heed(table.about())
            if name not in readers:
                readers[name] = self._reader(name)
            before = self.rows
            for rows in table.batches():
                yield (
                    self._lost(rows)
                    if isinstance(rows, Refused)
                    else self._batch(rows, readers[name])
                )
            self.judge(table.path.name, self.rows - before)

    def _heed(self, about: About) -> None:
        """Keep what a table of Stanch's own says of itself."""
        self.simulation = self.simulation or about.simulation
        for asset, (symbol, decimals) in about.assets.items():
            self.learn(asset, symbol, decimals)

    def _reader(self, name: str) -> Reader:
        """What reads tables of a layout. Raises UsageError where the chain cannot be theirs."""
        if name == layouts.TRANSFERS:
            return own.transfers
        if name == layouts.BITCOIN:
            return bitcoin.Transactions(self._chain(UTXO, BITCOIN))
        chain = self._chain(EVM, ETHEREUM)
        if name == layouts.TRACES:
            return self._traces(chain)
        read = ethereum.transactions if name == layouts.TRANSACTIONS else ethereum.token_transfers
        return lambda rows: read(rows, chain)

    def _traces(self, chain: str) -> traces.Traces:
        names = [table.layout.name for table in self._tables]
        together = layouts.TRANSACTIONS in names
        if not together:
            self.note("Traces were given without transactions: fees are missing.")
        failed = traces.failures(
            rows
            for table in self._tables
            if table.layout.name == layouts.TRACES
            for rows in table.batches(traces.FAILURE_COLUMNS)
            if isinstance(rows, Rows)
        )
        return traces.Traces(chain, failed, with_transactions=together)

    def _chain(self, namespace: str, usual: str) -> str:
        chain = self.request.chain
        if chain is None:
            self.note(f"No --chain was given; {usual} is assumed.")
            return usual
        if not chain.startswith(f"{namespace}:") or not _has_coin(chain):
            raise UsageError(f"--chain: these tables are not of {chain}")
        return chain

    def _batch(self, rows: Rows, reader: Reader) -> Batch:
        try:
            pieces = reader(rows)
            kept = rows.kept
            transfers = assemble([piece.where(kept[piece.row]) for piece in pieces])
        except pa.ArrowException as error:
            said = str(error).partition("\n")[0]
            raise InputError(rows.file, f"has a column of an unusable type ({said})") from None
        except UnicodeDecodeError:
            raise InputError(rows.file, "has text inside its lists that is not UTF-8") from None
        moving = np.unique(np.concatenate([piece.row for piece in pieces]))
        idle = kept.copy()
        idle[moving] = False
        self.rows += len(rows)
        self.idle += int(idle.sum())
        self._learn(rows, transfers)
        return Batch(transfers, rows.rejected())

    def _lost(self, refused: Refused) -> Batch:
        nothing = pa.RecordBatch.from_pylist([], schema=TRANSFERS)
        return Batch(nothing, refused_batch([refused]))

    def _learn(self, rows: Rows, transfers: pa.RecordBatch) -> None:
        for asset in transfers.column("asset").unique().to_pylist():
            self.learn(asset, *assets.describe(asset))
        if rows.has("value") and pa.types.is_floating(rows.column("value").type):
            self.note(_ROUNDED.format(file=rows.file))
        if rows.has("receipt_status") and rows.column("receipt_status").null_count:
            self.note(_STATUS.format(file=rows.file))


def _has_coin(chain: str) -> bool:
    try:
        assets.native(chain)
    except ValueError:
        return False
    return True
