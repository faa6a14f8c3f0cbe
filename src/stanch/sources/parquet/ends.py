"""The inputs and outputs of a batch of Bitcoin transactions, laid out flat."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.sources.parquet.amounts import exact
from stanch.sources.parquet.rows import Rows

COIN: Final = 10**8
LIMIT: Final = 2.0**62  # satoshi in one transaction; no coin of this family comes near it

_EXACT: Final = 2.0**53  # below so many satoshi a float in whole coins names just one number

Integers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Ends:
    """Inputs or outputs, in the order of their index within each transaction.

    `row` is the transaction's row in the batch (from 0), `rank` the place among its own (from
    0), `value` satoshi, `fields` the structs as published.
    """

    row: Integers
    rank: Integers
    value: Integers
    fields: pa.StructArray

    @classmethod
    def of(cls, rows: Rows, name: str) -> Self:
        """The ends in the list column `name`; an input that spends nothing is left out.

        Transactions with an end whose value cannot be told are refused.
        """
        column = rows.column(name)
        row = np.asarray(pc.list_parent_indices(column)).astype(np.int64)
        fields = pc.list_flatten(column)
        if name == "inputs":
            real = np.flatnonzero(np.asarray(pc.is_valid(field(fields, "spent_transaction_hash"))))
            row, fields = row[real], fields.take(pa.array(real))
        index = np.asarray(pc.fill_null(field(fields, "index").cast(pa.int64()), 0))
        order = np.lexsort((index, row))
        row, fields = row[order], fields.take(pa.array(order))
        count = np.bincount(row, minlength=len(rows))
        rank = np.arange(len(row)) - (np.cumsum(count) - count)[row]
        value, bad = _satoshi(fields)
        refuse_rows(rows, row[bad], f"one of its {name} has no value that can be counted")
        return cls(row, rank, value, fields)

    def count(self, transactions: int) -> Integers:
        """How many ends each transaction has."""
        return np.bincount(self.row, minlength=transactions).astype(np.int64)

    def total(self, rows: Rows) -> Integers:
        """Satoshi in all ends of each transaction; beyond `LIMIT` it is refused."""
        rough = np.bincount(self.row, self.value.astype(np.float64), minlength=len(rows))
        rows.refuse(pa.array(rough > LIMIT), "its amounts are beyond what can be counted")
        exactly = np.zeros(len(rows), np.int64)
        np.add.at(exactly, self.row, self.value)
        return exactly


def field(fields: pa.StructArray, name: str) -> pa.Array:
    """A field of each end; nulls where the publisher has none of that name."""
    if fields.type.get_field_index(name) < 0:
        return pa.nulls(len(fields))
    return pc.struct_field(fields, name)


def refuse_rows(rows: Rows, places: Integers, reason: str) -> None:
    """Refuse the transactions at `places` of the batch."""
    mask = np.zeros(len(rows), bool)
    mask[places] = True
    rows.refuse(pa.array(mask), reason)


def _satoshi(fields: pa.StructArray) -> tuple[Integers, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Values in satoshi, and where there is none. AWS (`address`) counts whole coins in floating
    point, BigQuery (`addresses`) satoshi.
    """
    values = field(fields, "value")
    if fields.type.get_field_index("addresses") < 0:
        return _from_coins(values)
    narrow = exact(values).narrow
    bad = np.asarray(pc.fill_null(pc.greater(narrow, int(LIMIT)), True))
    counted = pc.if_else(pa.array(bad), pa.scalar(0, narrow.type), narrow)
    return np.asarray(counted.cast(pa.int64())), bad


def _from_coins(values: pa.Array) -> tuple[Integers, np.ndarray[Any, np.dtype[np.bool_]]]:
    """The satoshi nearest to each number of coins, where it is near enough to be meant.

    Two roundings, of the published number and of the product, move it by less than half a
    satoshi for any amount up to 21 million coins.
    """
    scaled = np.asarray(values.cast(pa.float64()).fill_null(np.nan)) * COIN
    with np.errstate(invalid="ignore"):
        nearest = np.rint(scaled)
        bad = ~((scaled >= 0) & (scaled < _EXACT))
        bad |= np.abs(scaled - nearest) > 1e-3 + scaled * 2.0**-51
    return np.where(bad, 0, nearest).astype(np.int64), bad
