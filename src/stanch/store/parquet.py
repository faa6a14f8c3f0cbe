"""Parquet files whose bytes depend on their rows alone, not on how the rows arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP = 122_880


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written: compression, and the columns in which values come again."""

    compression: str = "zstd"
    repeating: tuple[str, ...] = ()


class Sink:
    """Writes rows of `schema` to `file` in row groups of exactly `ROW_GROUP`, the last one less.

    A context manager. Rows may come in batches of any size: they are gathered first, so the
    same rows give the same bytes.
    """

    def __init__(self, file: Path, schema: pa.Schema, layout: Layout | None = None) -> None:
        """Start `file`; `schema` settles the order of the columns."""
        layout = layout or Layout()
        self.rows = 0
        self._schema = schema
        self._waiting: list[pa.Table] = []
        self._writer = pq.ParquetWriter(
            file,
            schema,
            compression=layout.compression,
            use_dictionary=list(layout.repeating) or False,
        )

    def write(self, rows: pa.Table | pa.RecordBatch) -> None:
        """Append `rows`, whose columns are those of the schema by name and type."""
        table = pa.Table.from_batches([rows]) if isinstance(rows, pa.RecordBatch) else rows
        self.rows += table.num_rows
        self._waiting.append(table.select(self._schema.names))
        if sum(map(len, self._waiting)) >= ROW_GROUP:
            self._flush(whole=False)

    def _flush(self, *, whole: bool) -> None:
        """Write full row groups; with `whole` the rest as well."""
        table = pa.concat_tables(self._waiting) if self._waiting else self._schema.empty_table()
        end = len(table) if whole else len(table) - len(table) % ROW_GROUP
        for start in range(0, end, ROW_GROUP):
            group = table.slice(start, min(ROW_GROUP, end - start)).combine_chunks()
            self._writer.write_table(group, row_group_size=ROW_GROUP)
        self._waiting = [table.slice(end)]

    def __enter__(self) -> Self:
        """Return the sink itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _: TracebackType | None,
    ) -> None:
        """Write what waits and the footer; after an error only let go of the file."""
        if kind is None:
            self._flush(whole=True)
        self._writer.close()


def write(file: Path, rows: pa.Table, repeating: Sequence[str] = ()) -> None:
    """Write one table whole."""
    with Sink(file, rows.schema, Layout(repeating=tuple(repeating))) as sink:
        sink.write(rows)
