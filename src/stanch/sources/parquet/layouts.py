"""Which table a Parquet file holds, told from its columns."""

from dataclasses import dataclass
from typing import Final

from stanch.errors import InputError

TRANSFERS: Final = "transfers"
TRANSACTIONS: Final = "transactions"
TOKEN_TRANSFERS: Final = "token_transfers"
TRACES: Final = "traces"
BITCOIN: Final = "bitcoin transactions"


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: the columns it must have, those read where there are any, and in nested ones the
    fields that are read.
    """

    name: str
    needed: frozenset[str]
    optional: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def reads(self, path: str) -> bool:
        """Whether a leaf of the file (`inputs.list.element.value`) is one that is read."""
        top, *inner = path.split(".")
        if top not in self.needed | self.optional:
            return False
        return not (inner and self.fields) or not self.fields.isdisjoint(inner)


_ROW: Final = {"block_number", "block_timestamp", "from_address", "to_address", "value"}

# Tried in this order: the more telling first.
LAYOUTS: Final = (
    Layout(
        TRANSFERS,
        frozenset({"chain", "time", "tx", "from", "to", "asset", "amount", "kind"}),
        frozenset({"block", "tx_index", "log_index", "amount_wide", "usd", "outpoint"}),
    ),
    Layout(
        BITCOIN,
        frozenset({"hash", "block_number", "block_timestamp", "inputs", "outputs"}),
        frozenset({"index", "is_coinbase"}),
        frozenset(
            {"index", "spent_transaction_hash", "spent_output_index", "script_hex", "address",
             "addresses", "value"}
        ),
    ),
    Layout(
        TRACES,
        frozenset(_ROW | {"trace_type", "trace_address", "transaction_hash"}),
        frozenset({"transaction_index", "call_type", "error", "status", "subtraces"}),
    ),
    Layout(
        TOKEN_TRANSFERS,
        frozenset(_ROW | {"token_address", "transaction_hash", "log_index"}),
        frozenset({"transaction_index"}),
    ),
    Layout(
        TRANSACTIONS,
        frozenset(_ROW | {"hash"}),
        frozenset(
            {"transaction_index", "gas_price", "receipt_gas_used", "receipt_status",
             "receipt_effective_gas_price", "receipt_contract_address"}
        ),
    ),
)  # fmt: skip


def layout_of(file: str, columns: set[str]) -> Layout:
    """The layout of a file with these columns at the top.

    Raises InputError that names what the likeliest layout lacks.
    """
    for layout in LAYOUTS:
        if layout.needed <= columns:
            return layout
    nearest = max(LAYOUTS, key=lambda each: len(each.needed & columns) / len(each.needed))
    lacking = ", ".join(sorted(nearest.needed - columns))
    raise InputError(file, f"is no table that Stanch knows; as {nearest.name} it lacks {lacking}")
