"""An intake folder, opened for a run: what was erased is away before anything is read."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stanch.app.personas import folder
from stanch.app.personas.erased import erased
from stanch.app.personas.sealing import Sealing, Told
from stanch.app.personas.secret import Commitments, Hashing, Secret
from stanch.errors import InputError, UsageError
from stanch.model.personas.tables import KEYS, OPENED, PAID, RECORDS
from stanch.model.personas.values import NO_TIME

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Intake:
    """The tables of an intake, without who was erased; `record` counts those who are left."""

    path: Path
    secret: Secret
    said: dict[str, Any]
    records: pa.Table  # RECORDS
    moved: Numbers | None  # of each record in the files its number here, -1 for who was erased

    @cached_property
    def keys(self) -> pa.Table:
        """KEYS, of all kinds."""
        return self.keys_of(())

    def keys_of(self, kinds: Collection[str]) -> pa.Table:
        """KEYS of some kinds, of all where none is named; no more is read from the disk."""
        rows = _of_kinds(self.path / folder.KEYS, kinds, KEYS)
        return self.left(rows)

    @cached_property
    def paid(self) -> pa.Table:
        """PAID."""
        return table_in(self.path / folder.PAID, PAID)

    @cached_property
    def transfers(self) -> pa.Table:
        """The pay flows as they were given; an end that is no wallet is null."""
        return table_in(self.path / folder.TRANSFERS, folder.TRANSFERS_SCHEMA)

    def opened(self, kinds: Collection[str]) -> pa.Table:
        """OPENED: the values of some kinds, in memory, by kind and record, and in the record's
        own order.

        Raises InputError where the folder was changed.
        """
        numbers: list[int] = []
        names: list[str] = []
        texts: list[str] = []
        times: list[int] = []
        for record, _, kind, told in self._told(kinds):
            numbers += [record] * len(told)
            names += [kind] * len(told)
            texts += [text for text, _ in told]
            times += [time for _, time in told]
        at = np.array(times, dtype=np.int64)
        columns = [
            pa.array(numbers, pa.int32()),
            pa.array(names, pa.string()),
            pa.array(texts, pa.string()),
            pa.array(at, mask=at == NO_TIME).cast(OPENED.field("time").type),
        ]
        return pa.table(columns, schema=OPENED)

    def held(self, record: int) -> dict[str, Told]:
        """All values of one record by kind."""
        return {kind: told for _, _, kind, told in self._told((), record)}

    def held_by(
        self, records: Collection[int], kinds: Collection[str]
    ) -> dict[int, dict[str, Told]]:
        """Values of some kinds of some records, in one pass; no other record is opened."""
        opening = Sealing(self.secret.derived("seal", bytes.fromhex(self.said["id"])))
        wanted = pa.array(sorted(records), pa.int32())
        found: dict[int, dict[str, Told]] = {}
        for group in row_groups(self.path / folder.SEALED, kinds, None):
            rows = self.left(group)
            rows = rows.filter(pc.is_in(rows["record"], wanted))
            ids = self.records["record_id"].take(rows["record"]).to_pylist()
            columns = (rows[name].to_pylist() for name in ("record", "kind", "sealed"))
            for id, number, kind, sealed in zip(ids, *columns, strict=True):
                found.setdefault(number, {})[kind] = opening.open(kind, id, sealed)
        return found

    def key_of(self, kind: str, values: Sequence[str]) -> list[int]:
        """Keys of values in their one form: to ask whether a given value is in the intake."""
        return Hashing(self.secret.derived("hash")).of(kind, list(values))

    def number(self, record_id: str) -> int | None:
        """The number of a record, None where it is not there."""
        at = pc.index(self.records["record_id"], record_id).as_py()
        return None if at < 0 else int(at)

    def _told(
        self, kinds: Collection[str], record: int | None = None
    ) -> Iterator[tuple[int, str, str, Told]]:
        opening = Sealing(self.secret.derived("seal", bytes.fromhex(self.said["id"])))
        file = self.path / folder.SEALED
        before = None if record is None else self._before(record)
        for group in row_groups(file, kinds, before):
            rows = self.left(group)
            if record is not None:
                rows = rows.filter(pc.equal(rows["record"], record))
            ids = self.records["record_id"].take(rows["record"]).to_pylist()
            columns = (rows["record"].to_pylist(), ids, rows["kind"].to_pylist(),
                       rows["sealed"].to_pylist())  # fmt: skip
            for number, id, kind, sealed in zip(*columns, strict=True):
                yield number, id, kind, opening.open(kind, id, sealed)

    def _before(self, record: int) -> int:
        """The number that a record has in the files."""
        return record if self.moved is None else int(np.flatnonzero(self.moved == record)[0])

    def left(self, rows: pa.Table) -> pa.Table:
        """Rows of KEYS or SEALED of those who are left, under their numbers here."""
        if self.moved is None:
            return rows
        record = self.moved[rows["record"].to_numpy()]
        rows = rows.set_column(0, rows.schema.field("record"), pa.array(record))
        return rows.filter(pa.array(record >= 0))


def open_intake(path: Path, secret: Secret, today: date | None = None) -> Intake:
    """Open a folder that `stanch personas ingest` wrote, without who was erased or has run out by
    `today` (in UTC, now where it is not given).

    Raises UsageError where it is none or of another key, InputError where it was damaged.
    """
    if not folder.KIND.wrote(path):
        raise UsageError(f"{path}: is no intake; stanch personas ingest makes one")
    said = json.loads((path / folder.MARK).read_bytes())
    if said["format"] != folder.VERSION:
        raise InputError(str(path), f"is of another version, {said['format']}")
    if said.get("key") != secret.id:
        raise UsageError(f"{path}: was taken in under another key; name it with --key")
    records = table_in(path / folder.RECORDS, RECORDS)
    kept = _kept(records, secret, today or datetime.now(UTC).date())
    if kept.all():
        return Intake(path, secret, said, records, None)
    moved = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    left = records.filter(pa.array(kept))
    numbers = pa.array(np.arange(len(left), dtype=np.int32))
    return Intake(path, secret, said, left.set_column(0, RECORDS.field("record"), numbers), moved)


def _kept(records: pa.Table, secret: Secret, today: date) -> npt.NDArray[np.bool_]:
    over = pc.fill_null(pc.less(records["retain_until"], today), False)
    kept: npt.NDArray[np.bool_] = ~over.to_numpy()
    if gone := erased(secret):
        commit = Commitments(secret).of
        ids = records["record_id"].to_pylist()
        kept &= np.fromiter((commit(id) not in gone for id in ids), np.bool_, len(ids))
    return kept


def table_in(file: Path, schema: pa.Schema) -> pa.Table:
    """The rows of a file. Raises InputError where it is missing or no such table."""
    try:
        return pq.read_table(file).select(schema.names).cast(schema)
    except (pa.ArrowException, OSError, KeyError):
        raise InputError(file.name, "is missing or damaged") from None


def _of_kinds(file: Path, kinds: Collection[str], schema: pa.Schema) -> pa.Table:
    found = list(row_groups(file, kinds, None))
    return pa.concat_tables(found).select(schema.names) if found else schema.empty_table()


def row_groups(file: Path, kinds: Collection[str], record: int | None) -> Iterator[pa.Table]:
    """Row groups that may have rows of some kinds, or of one record, and of these the rows."""
    try:
        with pq.ParquetFile(file) as source:
            for number in range(source.num_row_groups):
                meta = source.metadata.row_group(number)
                if _may(meta, "kind", kinds) and (record is None or _spans(meta, record)):
                    rows = source.read_row_group(number)
                    named = pa.array(list(kinds), pa.string())
                    yield rows.filter(pc.is_in(rows["kind"], named)) if kinds else rows
    except (pa.ArrowException, OSError):
        raise InputError(file.name, "is missing or damaged") from None


def _may(meta: Any, name: str, wanted: Collection[str]) -> bool:
    column = next(
        meta.column(at) for at in range(meta.num_columns) if meta.column(at).path_in_schema == name
    )
    told = column.statistics
    if not wanted or told is None or not told.has_min_max:
        return True
    return any(told.min <= each <= told.max for each in wanted)


def _spans(meta: Any, record: int) -> bool:
    told = meta.column(0).statistics
    return told is None or not told.has_min_max or told.min <= record <= told.max
