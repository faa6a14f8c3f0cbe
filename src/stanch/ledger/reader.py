"""Reading a ledger folder: whole columns in order, single rows, one account, a range of blocks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stanch.errors import InputError
from stanch.ledger import info, layout
from stanch.ledger.row_groups import RowGroups

BATCH = 1 << 18


class Ledger:
    """A ledger folder, opened. Files are read when asked for; nothing is kept but their footers."""

    def __init__(self, folder: Path, info: dict[str, Any]) -> None:
        """Use `Ledger.open`, which checks the folder."""
        self.folder, self.info = folder, info

    @classmethod
    def open(cls, folder: Path) -> "Ledger":
        """Open the ledger at `folder`.

        Raises UsageError where there is none, InputError where it is of another version, empty,
        damaged, or lacks a file.
        """
        content = info.read(folder)
        for name in layout.FILES:
            if not (folder / name).is_file():
                raise InputError(str(folder), f"lacks {name}; build the ledger anew")
            if name.endswith(".parquet"):
                with _undamaged(folder / name):
                    pq.read_metadata(folder / name)
        if not content["rows"]:
            raise InputError(str(folder), "holds no transfers")
        return cls(folder, content)

    @property
    def rows(self) -> int:
        """How many transfers there are."""
        return int(self.info["rows"])

    def accounts(self) -> pa.Table:
        """ACCOUNTS, whole."""
        return self._table(layout.ACCOUNTS_FILE)

    def assets(self) -> pa.Table:
        """ASSETS, whole."""
        return self._table(layout.ASSETS_FILE)

    def purses(self) -> pa.Table:
        """PURSES, whole."""
        return self._table(layout.PURSES_FILE)

    def chains(self) -> list[str]:
        """Chains (CAIP-2) that transfers are on, sorted."""
        return list(self.info["chains"])

    def moves(
        self, columns: Sequence[str] | None = None, batch_rows: int = BATCH
    ) -> Iterator[pa.RecordBatch]:
        """MOVES in canonical order, the `columns` named or all, read by this thread alone."""
        names = None if columns is None else list(columns)
        path = self.folder / layout.MOVES_FILE
        with _undamaged(path), pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_rows, columns=names, use_threads=False)

    def transfers_rows(self, rows: np.ndarray, columns: Sequence[str]) -> pa.Table:
        """The `columns` of TRANSFERS at the row numbers `rows`, in that order.

        Reads only row groups that hold one of them. Raises IndexError beyond the last row.
        """
        return self._transfers.take(np.asarray(rows, np.int64), list(columns))

    def history(self, account: str) -> pa.Table:
        """All transfers from or to `account` (CAIP-10), once each, canonical: TRANSFERS and `row`.

        Empty where the account does not occur.
        """
        sent = self._by_from.between("from", account, account)
        received = self._by_to.between("to", account, account)
        other = received.filter(pc.not_equal(received["from"], account))
        return pa.concat_tables([sent, other]).sort_by("row").combine_chunks()

    def blocks(self, first: int, last: int, chain: str | None = None) -> pa.Table:
        """Transfers in blocks `first` to `last`, both included, of `chain` or of every chain."""
        found = self._transfers.between("block", first, last)
        return found if chain is None else found.filter(pc.equal(found["chain"], chain))

    def first_row_at(self, time: datetime) -> int:
        """Number of the first transfer at or after `time` (UTC); `rows` where there is none."""
        return self._transfers.first_at("time", time)

    def first_row_after(self, time: datetime) -> int:
        """Number of the first transfer later than `time` (UTC); `rows` where there is none."""
        return self._transfers.first_at("time", time + timedelta(microseconds=1))

    @cached_property
    def _transfers(self) -> RowGroups:
        return RowGroups(self.folder / layout.TRANSFERS_FILE)

    @cached_property
    def _by_from(self) -> RowGroups:
        return RowGroups(self.folder / layout.BY_FROM)

    @cached_property
    def _by_to(self) -> RowGroups:
        return RowGroups(self.folder / layout.BY_TO)

    def _table(self, name: str) -> pa.Table:
        with _undamaged(self.folder / name):
            return pq.read_table(self.folder / name)


@contextmanager
def _undamaged(file: Path) -> Iterator[None]:
    """Raise InputError where `file` cannot be read as the Parquet that a build wrote."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise InputError(str(file), "is damaged; build the ledger anew") from error
