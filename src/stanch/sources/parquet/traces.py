"""The Ethereum table `traces`: value that contracts move, and what miners are paid.

Only a plain call, a create and a suicide move value; delegatecall, staticcall and callcode
repeat it or move none. The top call of a transaction is the transaction's own value, left out
where `transactions` are read with it. A call that fails undoes all that it called, though what
it called may itself carry no error: those rows are found by their trace address.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model import asset as assets
from stanch.model import kinds
from stanch.sources.parquet.accounts import accounts
from stanch.sources.parquet.ethereum import place
from stanch.sources.parquet.pieces import Piece
from stanch.sources.parquet.rows import Rows

INTERNAL_INDEX: Final = 2
TOP_INDEX: Final = 1  # the place of the transaction's value
FAILURE_COLUMNS: Final = ("transaction_hash", "trace_address", "error", "status", "subtraces")

Failures = dict[str, list[str]]  # transaction to the trace addresses that failed in it


def failures(batches: Iterator[Rows]) -> Failures:
    """The failed calls that called others, of all `FAILURE_COLUMNS` of the traces to be read.

    Memory grows with their number.
    """
    found: Failures = {}
    for rows in batches:
        parents = pc.fill_null(pc.not_equal(rows.whole("subtraces", pa.int64()), 0), True)
        failed = np.flatnonzero(np.asarray(pc.and_(_failed(rows), parents)))
        taken = pa.array(failed)
        hashes = rows.text("transaction_hash").take(taken).to_pylist()
        for tx, path in zip(hashes, _paths(rows).take(taken).to_pylist(), strict=True):
            found.setdefault(tx, []).append(path)
    return found


class Traces:
    """Reads the rows of `traces` of `chain` (CAIP-2).

    `failed` are the failures in all of them, `with_transactions` says that the table of
    transactions is read as well.
    """

    def __init__(self, chain: str, failed: Failures, *, with_transactions: bool) -> None:
        """Keep what holds for all batches."""
        self.chain = chain
        self.failed = failed
        self.failed_txs = pa.array(list(failed), pa.string())
        self.with_transactions = with_transactions

    def __call__(self, rows: Rows) -> list[Piece]:
        """The transfers of one batch."""
        value = rows.amount("value")
        kind, paths = rows.text("trace_type"), _paths(rows)
        minted = pc.is_in(kind, pa.array(["reward", "genesis"]))
        top = pc.and_(pc.equal(paths, ""), pc.is_in(kind, pa.array(["call", "create"])))
        moves = pc.and_(pc.and_(value.positive, _moving(rows, kind)), self._alive(rows, paths))
        if self.with_transactions:
            moves = pc.and_(moves, pc.invert(top))
        moves = pc.fill_null(moves, False)
        sender, wrong = accounts(rows.text("from_address"), self.chain)
        rows.refuse(pc.and_(pc.and_(moves, pc.invert(minted)), pc.is_valid(wrong)), wrong)
        target, wrong = accounts(rows.text("to_address"), self.chain)
        rows.refuse(pc.and_(moves, pc.is_valid(wrong)), wrong)
        inner = pc.if_else(minted, "mint", "internal")
        columns = place(rows, self.chain, _transaction(rows, kind)) | {
            "from": pc.if_else(minted, kinds.issuance(self.chain), sender),
            "to": target,
            "asset": assets.native(self.chain),
            "amount": value.narrow,
            "amount_wide": value.wide,
            "kind": pc.if_else(top, "native", inner),
            "log_index": pc.if_else(top, TOP_INDEX, INTERNAL_INDEX),
        }
        return [Piece(np.arange(len(rows)), columns).where(moves)]

    def _alive(self, rows: Rows, paths: pa.Array) -> pa.Array:
        """Where neither the call nor one that it was called by has failed."""
        alive = np.asarray(pc.invert(_failed(rows))).copy()
        hashes = rows.text("transaction_hash")
        suspect = np.flatnonzero(alive & np.asarray(pc.is_in(hashes, self.failed_txs)))
        taken = pa.array(suspect)
        for row, tx, path in zip(
            suspect, hashes.take(taken).to_pylist(), paths.take(taken).to_pylist(), strict=True
        ):
            alive[row] = not any(_within(path, above) for above in self.failed[tx])
        return pa.array(alive)


def _transaction(rows: Rows, kind: pa.Array) -> pa.Array:
    """The transaction of each trace; a reward has none and is called after its block."""
    block = rows.whole("block_number", pa.int64()).cast(pa.string())
    called = pc.binary_join_element_wise(kind, block, "-")
    return pc.coalesce(_filled(rows.text("transaction_hash")), called)


def _within(path: str, above: str) -> bool:
    return path != above and (not above or path.startswith(f"{above},"))


def _moving(rows: Rows, kind: pa.Array) -> pa.Array:
    """Where a trace is of a kind that moves value."""
    plain = pc.equal(pc.fill_null(rows.text("call_type"), "call"), "call")
    others = pa.array(["create", "suicide", "reward", "genesis", "daofork"])
    return pc.or_(pc.and_(pc.equal(kind, "call"), plain), pc.is_in(kind, others))


def _failed(rows: Rows) -> pa.Array:
    """Where a trace itself has failed."""
    said = pc.is_valid(_filled(rows.text("error")))
    status = pc.fill_null(pc.equal(rows.whole("status", pa.int64()), 0), False)
    return pc.or_(said, status)


def _filled(texts: pa.Array) -> pa.Array:
    """Text, empty text as null."""
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _paths(rows: Rows) -> pa.Array:
    """Trace addresses as `0,1,2`, the top as nothing; publishers write text or lists."""
    column = rows.column("trace_address")
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        texts = [None if each is None else ",".join(map(str, each)) for each in column.to_pylist()]
        return pc.fill_null(pa.array(texts, pa.string()), "")
    return pc.fill_null(pc.replace_substring_regex(rows.text("trace_address"), r"[\[\] ]", ""), "")
