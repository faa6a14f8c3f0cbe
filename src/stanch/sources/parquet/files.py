"""Parquet files, read a batch at a time, damage costing no more than what it hit."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from stanch.errors import InputError
from stanch.model.transfers_file import About, read_about
from stanch.sources.batches import ROWS, Refused
from stanch.sources.parquet.layouts import Layout, layout_of
from stanch.sources.parquet.rows import Rows

_DAMAGE: Final = (OSError, pa.ArrowException, UnicodeDecodeError)
_NO_FILE: Final = "is not a Parquet file, or its end is missing"


class Table:
    """A Parquet file whose layout is known. Raises InputError where it is none."""

    def __init__(self, path: Path) -> None:
        """Read the file's footer."""
        self.path = path
        with self._open() as file:
            try:
                names = set(file.schema_arrow.names)
                self._metadata = file.schema_arrow.metadata or {}
                leaves = [file.schema.column(place).path for place in range(len(file.schema))]
            except _DAMAGE:
                raise InputError(path.name, _NO_FILE) from None
        self.layout: Layout = layout_of(path.name, names)
        self._leaves = [leaf for leaf in leaves if self.layout.reads(leaf)]

    def batches(self, only: Iterable[str] | None = None) -> Iterator[Rows | Refused]:
        """The rows, in file order; of the columns that the layout reads, or `only` of these.

        A row group that cannot be read on is given up, with a `Refused` at the row it broke.
        """
        wanted = self._leaves if only is None else [leaf for leaf in only if leaf in self._leaves]
        first = 1
        with self._open() as file:
            for group in range(file.num_row_groups):
                after = first + file.metadata.row_group(group).num_rows
                try:
                    for batch in file.iter_batches(ROWS, row_groups=[group], columns=wanted):
                        yield Rows(self.path.name, first, batch)
                        first += batch.num_rows
                except _DAMAGE:
                    reason = f"the Parquet data is damaged here; rows to {after - 1} are lost"
                    yield Refused(self.path.name, first, reason)
                first = after

    def about(self) -> About:
        """What a table of Stanch's own says of itself. Raises InputError where it is garbled."""
        try:
            return read_about(self._metadata)
        except ValueError as error:
            raise InputError(self.path.name, f"its metadata cannot be read: {error}") from None

    def _open(self) -> pq.ParquetFile:
        """The file; its pages are held against their checksums where it has any."""
        try:
            return pq.ParquetFile(self.path, page_checksum_verification=True)
        except _DAMAGE:
            raise InputError(self.path.name, _NO_FILE) from None
