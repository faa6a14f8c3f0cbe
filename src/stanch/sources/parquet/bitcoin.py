"""Bitcoin transactions with their inputs and outputs, as AWS and BigQuery publish them.

Both follow the open-source bitcoin-etl. A transaction is a purse that its inputs fill and its
outputs and its fee empty; a coinbase is filled by the chain itself. Ends of no value are left
out: they move nothing.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model import asset as assets
from stanch.model import kinds
from stanch.model.tables import AMOUNT
from stanch.sources.parquet.ends import Ends, Integers, field
from stanch.sources.parquet.owners import Owners
from stanch.sources.parquet.pieces import Piece
from stanch.sources.parquet.rows import Rows

Columns = dict[str, Any]


class Transactions:
    """Reads the transactions of a UTXO `chain` (CAIP-2)."""

    def __init__(self, chain: str) -> None:
        """Begin with no transaction read."""
        self.chain = chain
        self.owners = Owners(chain)

    def __call__(self, rows: Rows) -> list[Piece]:
        """The transfers of one batch; in each transaction mint, inputs, outputs, fee."""
        spent, made = Ends.of(rows, "inputs"), Ends.of(rows, "outputs")
        given, got = spent.total(rows), made.total(rows)
        ends_in, ends_out = spent.count(len(rows)), made.count(len(rows))
        coinbase = ends_in == 0
        said = pc.fill_null(rows.column("is_coinbase").cast(pa.bool_()), True)
        rows.refuse(pc.and_(pa.array(coinbase), pc.invert(said)), "its inputs are missing")
        fee = np.where(coinbase, 0, given - got)
        rows.refuse(pa.array(fee < 0), "its outputs are worth more than its inputs")
        common = self._common(rows)
        own = pc.binary_join_element_wise(pa.scalar(self.chain), common["tx"], ":")
        first = np.where(coinbase, 1, ends_in)
        outputs = self._outputs(rows, common, made, own)  # before the inputs that spend them
        return [
            self._mint(common, own, np.where(coinbase, got, 0)),
            self._inputs(rows, common, spent, own),
            Piece(outputs.row, _later(outputs, first)).where(made.value > 0),
            self._fee(common | {"log_index": pa.array(first + ends_out)}, own, fee),
        ]

    def _common(self, rows: Rows) -> dict[str, Any]:
        """What all transfers of a transaction share, one value a transaction."""
        return {
            "block": rows.whole("block_number", pa.int64()),
            "tx_index": rows.whole("index", pa.int32()),
            "time": rows.time("block_timestamp"),
            "tx": rows.filled_text("hash"),
        }

    def _mint(self, common: Columns, own: pa.Array, amount: Integers) -> Piece:
        ends = {"from": kinds.issuance(self.chain), "to": own, "log_index": 0, "kind": "mint"}
        return self._whole(common | ends, amount)

    def _fee(self, common: Columns, own: pa.Array, amount: Integers) -> Piece:
        return self._whole(
            common | {"from": own, "to": kinds.fees(self.chain), "kind": "fee"}, amount
        )

    def _whole(self, columns: Columns, amount: Integers) -> Piece:
        """Transfers of whole transactions, where there is an amount."""
        every = np.arange(len(amount))
        return Piece(every, columns | self._money(amount)).where(amount > 0)

    def _inputs(self, rows: Rows, common: Columns, ends: Ends, own: pa.Array) -> Piece:
        spent = field(ends.fields, "spent_transaction_hash").cast(pa.string())
        outpoint = _outpoint(spent, field(ends.fields, "spent_output_index"))
        columns = _spread(common | {"to": own}, ends) | {
            "from": self.owners.of_inputs(rows, ends, outpoint),
            "outpoint": outpoint,
            "kind": "utxo_in",
            "log_index": pa.array(ends.rank),
        }
        return Piece(ends.row, columns | self._money(ends.value)).where(ends.value > 0)

    def _outputs(self, rows: Rows, common: Columns, ends: Ends, own: pa.Array) -> Piece:
        """Every output, `log_index` counted among the outputs alone."""
        columns = _spread(common | {"from": own}, ends)
        outpoint = _outpoint(columns["tx"], field(ends.fields, "index"))
        columns |= {
            "to": self.owners.of_outputs(rows, ends, outpoint),
            "outpoint": outpoint,
            "kind": "utxo_out",
            "log_index": pa.array(ends.rank),
        }
        return Piece(ends.row, columns | self._money(ends.value))

    def _money(self, amount: Integers) -> dict[str, Any]:
        counted = pa.array(amount).cast(AMOUNT)
        return {"chain": self.chain, "asset": assets.native(self.chain), "amount": counted}


def _later(outputs: Piece, first: Integers) -> Columns:
    """The columns of outputs, their places counted on behind what fills the transaction."""
    place = np.asarray(outputs.columns["log_index"]) + first[outputs.row]
    return dict(outputs.columns) | {"log_index": pa.array(place)}


def _spread(columns: Columns, ends: Ends) -> dict[str, Any]:
    """Columns of transactions as columns of their ends."""
    row = pa.array(ends.row)
    return {name: values.take(row) for name, values in columns.items()}


def _outpoint(tx: pa.Array, index: pa.Array) -> pa.Array:
    """Outputs as `txid-vout`."""
    return pc.binary_join_element_wise(tx, index.cast(pa.int64()).cast(pa.string()), "-")
