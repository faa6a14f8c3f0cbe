"""Transfers that a batch of rows gives, put together in the order of the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from stanch.model.tables import TRANSFERS


@dataclass(frozen=True, slots=True)
class Piece:
    """Transfers of one sort: for each the row it comes from (counted in the batch, from 0), and
    the columns of TRANSFERS. A single value stands for all rows, a missing column is null.
    """

    row: np.ndarray[Any, Any]
    columns: Mapping[str, Any]

    def where(self, mask: Any) -> "Piece":
        """Those of the transfers for which `mask` is true."""
        places = np.flatnonzero(np.asarray(mask))
        taken = pa.array(places)
        columns = {
            name: values.take(taken) if isinstance(values, pa.Array) else values
            for name, values in self.columns.items()
        }
        return Piece(self.row[places], columns)

    def table(self) -> pa.Table:
        """The transfers under the schema TRANSFERS."""
        return pa.Table.from_arrays([self._column(field) for field in TRANSFERS], schema=TRANSFERS)

    def _column(self, field: pa.Field) -> pa.Array:
        values = self.columns.get(field.name)
        if isinstance(values, pa.Array):
            return values.cast(field.type)
        return pa.repeat(pa.scalar(values, field.type), len(self.row))


def assemble(pieces: Sequence[Piece]) -> pa.RecordBatch:
    """All transfers, row by row; those of one row in the order of the pieces."""
    order = np.argsort(np.concatenate([piece.row for piece in pieces]), kind="stable")
    table = pa.concat_tables([piece.table() for piece in pieces]).take(pa.array(order))
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=TRANSFERS)
