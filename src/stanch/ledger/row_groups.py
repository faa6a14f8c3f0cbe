"""One Parquet file of a ledger, of which only the row groups that matter are read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


class RowGroups:
    """An open Parquet file: where its row groups begin, and what their statistics say."""

    def __init__(self, file: Path) -> None:
        """Read the footer."""
        self._file = pq.ParquetFile(file, memory_map=True)
        footer = self._file.metadata
        groups = range(footer.num_row_groups)
        self._starts = np.cumsum([0, *(footer.row_group(group).num_rows for group in groups)])
        self._range: dict[str, list[tuple[Any, Any] | None]] = {}

    def take(self, rows: np.ndarray, columns: Sequence[str]) -> pa.Table:
        """The rows of these numbers, in this order. Raises IndexError beyond the last row."""
        if len(rows) and not 0 <= rows.min() <= rows.max() < self._starts[-1]:
            raise IndexError(f"there are {self._starts[-1]} rows")
        order = np.argsort(rows, kind="stable")
        wanted = rows[order]
        groups, firsts = np.unique(
            np.searchsorted(self._starts, wanted, side="right") - 1, return_index=True
        )
        parts = [self._file.schema_arrow.empty_table().select(columns)]
        ends = np.append(firsts, len(wanted))[1:]
        for group, first, end in zip(groups, firsts, ends, strict=True):
            table = self._file.read_row_group(group, columns=list(columns))
            parts.append(table.take(wanted[first:end] - self._starts[group]))
        back = np.empty(len(rows), np.int64)
        back[order] = np.arange(len(rows))
        return pa.concat_tables(parts).combine_chunks().take(back)

    def between(self, column: str, least: Any, most: Any) -> pa.Table:
        """All rows whose `column` is from `least` to `most`, both included, in file order."""
        parts = [self._file.schema_arrow.empty_table()]
        for group, span in enumerate(self._spans(column)):
            if span is not None and span[0] <= most and least <= span[1]:
                table = self._file.read_row_group(group)
                fits = pc.and_(
                    pc.greater_equal(table[column], least), pc.less_equal(table[column], most)
                )
                parts.append(table.filter(fits))
        return pa.concat_tables(parts).combine_chunks()

    def first_at(self, column: str, least: Any) -> int:
        """Number of the first row whose `column`, by which the file is sorted, is at least this."""
        for group, span in enumerate(self._spans(column)):
            if span is not None and span[1] >= least:
                values = self._file.read_row_group(group, columns=[column])[column]
                place = pc.index(pc.greater_equal(values, pa.scalar(least, values.type)), True)
                return int(self._starts[group]) + int(place.as_py())
        return int(self._starts[-1])

    def _spans(self, column: str) -> list[tuple[Any, Any] | None]:
        """Least and greatest value of `column` in each row group; None where all are null."""
        if column not in self._range:
            place = self._file.schema_arrow.get_field_index(column)
            footer = self._file.metadata
            found = [
                footer.row_group(group).column(place).statistics
                for group in range(footer.num_row_groups)
            ]
            self._range[column] = [(s.min, s.max) if s.has_min_max else None for s in found]
        return self._range[column]
