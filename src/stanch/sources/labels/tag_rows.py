"""Building TAGS: addresses checked, chains found, times read; what fails becomes REJECTED."""

from collections.abc import Iterable
from typing import Any, Final

import pyarrow as pa

from stanch.formats.addresses import normalise
from stanch.formats.networks import Place, place
from stanch.formats.tag import RawTag, RefusedTag
from stanch.model.tables import REJECTED, TAGS
from stanch.sources import times

BATCH: Final = 32_768  # tags held as Python values before they become Arrow
NAME_LENGTH: Final = 200  # characters of a name that are kept


class TagRows:
    """Tags and refusals of any number of files, in the order in which they come."""

    def __init__(self) -> None:
        """Begin with none."""
        self._columns: dict[str, list[Any]] = {name: [] for name in TAGS.names}
        self._tags: list[pa.RecordBatch] = []
        self._rejected: list[tuple[str, int, str]] = []
        self.count = 0

    def take(self, file: str, rank: int, entries: Iterable[RawTag | RefusedTag]) -> None:
        """Add what a file holds. `file` is the name under which its rows are quoted."""
        for entry in entries:
            if isinstance(entry, RefusedTag):
                self.refuse(file, entry.row, entry.reason)
                continue
            try:
                self._append(entry, self._place(entry), file, rank)
            except ValueError as error:
                self.refuse(file, entry.row, str(error))

    def refuse(self, file: str, row: int, reason: str) -> None:
        """Add one row of REJECTED."""
        self._rejected.append((file, row, reason))

    def tags(self) -> pa.Table:
        """All tags so far, as TAGS."""
        self._flush()
        return pa.Table.from_batches(self._tags, schema=TAGS)

    def rejected(self) -> pa.Table:
        """All refusals so far, as REJECTED."""
        columns = zip(*self._rejected, strict=True) if self._rejected else ((), (), ())
        arrays = [pa.array(each, kind) for each, kind in zip(columns, REJECTED.types, strict=True)]
        return pa.Table.from_arrays(arrays, schema=REJECTED)

    def _place(self, tag: RawTag) -> Place:
        where = place(tag.currency, tag.address)
        if where.namespace == "eip155" and "sanctioned" in tag.flags:
            # A designation is of a key's holder, and a key is the same on every EVM chain.
            return Place(where.namespace, None)
        return where

    def _append(self, tag: RawTag, where: Place, file: str, rank: int) -> None:
        address = normalise(where.chain or where.namespace, tag.address)
        values = (
            where.namespace,
            where.chain,
            address,
            tag.name[:NAME_LENGTH],
            tag.entity or None,
            tag.terms,
            tag.flags,
            tag.confidence,
            f"{file}: {tag.source}" if tag.source else file,
            rank,
            times.parse(tag.valid_from) if tag.valid_from else None,
            times.parse(tag.valid_to) if tag.valid_to else None,
        )
        for column, value in zip(self._columns.values(), values, strict=True):
            column.append(value)
        self.count += 1
        if len(self._columns["address"]) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._columns["address"]:
            arrays = [pa.array(self._columns[each.name], each.type) for each in TAGS]
            self._tags.append(pa.RecordBatch.from_arrays(arrays, schema=TAGS))
            self._columns = {name: [] for name in TAGS.names}
