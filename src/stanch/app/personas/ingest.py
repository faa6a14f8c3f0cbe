"""Take in applications: from files to an intake folder, whole or not at all."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from stanch.app.csv_file import lines
from stanch.app.personas import diary, flows, folder
from stanch.app.personas.erased import erased
from stanch.app.personas.gathered import Gathered
from stanch.app.personas.prepare import Part
from stanch.app.personas.secret import Commitments, Hashing, Secret
from stanch.app.personas.workers import Ask, parts
from stanch.errors import InputError, UsageError
from stanch.model.personas.tables import RECORDS
from stanch.model.personas.values import Ints
from stanch.sources.personas import reader
from stanch.sources.personas.batch import Batch, Refused
from stanch.sources.personas.columns import ColumnMap
from stanch.store import outdir, parquet
from stanch.store.list_version import json_bytes

_DAY: Final = 86_400_000_000  # microseconds
_START: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """What to take in, and where to.

    `retain` is after how many days a record runs out that says nothing of it itself, counted from
    when it was received, or from `today`. `workers` is how many processes prepare batches.
    """

    files: tuple[Path, ...]
    out: Path
    transfers: Path | None = None
    columns: ColumnMap = field(default_factory=ColumnMap)
    retain: int | None = None
    today: date = _START
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of it: numbers of records, refused rows, values that are missing, payments."""

    records: int
    refused: int
    missing: int
    transfers: int
    keys: dict[str, int]


def ingest(asked: IngestRequest, secret: Secret, tell: Callable[[str], None]) -> Ingested:
    """Write the folder. Raises UsageError, InputError where no record is left, OutputError."""
    if not asked.files:
        raise UsageError("no file to read")
    salt = secrets.token_bytes(16)
    hash_key = secret.derived("hash")
    with outdir.writing(asked.out, folder.KIND) as work:
        tell("read the applications")
        taken = _Taken(secret, asked)
        gathered = Gathered(work)
        ask = Ask(hash_key, secret.derived("seal", salt), asked.columns.country)
        for begun, part in parts(taken.batches(), ask, asked.workers):
            gathered.add(begun, part)
            taken.heard(part)
        if not taken.ids:
            raise InputError(asked.files[0].name, taken.why_none())
        tell("put the records in order")
        rank = taken.write_records(work / folder.RECORDS)
        keys = gathered.write(rank)
        tell("read the transfers")
        paid, refused = flows.write(work, asked.transfers, Hashing(hash_key))
        taken.refused += refused
        _write_rows(work, taken)
        made = Ingested(len(rank), len(taken.refused), len(taken.notes), paid, keys)
        (work / folder.MARK).write_bytes(json_bytes(_said(asked, secret, salt, made)))
    counts = {"records": made.records, "refused": made.refused, "missing": made.missing}
    diary.note(secret, "ingested", [salt.hex()], counts)
    return made


class _Taken:
    """The rows so far: ids that are taken, what is refused, what is missing."""

    def __init__(self, secret: Secret, asked: IngestRequest) -> None:
        self._asked = asked
        self._commit = Commitments(secret).of
        self._erased = erased(secret)
        self.ids: dict[str, int] = {}
        self._where: list[tuple[str, list[int], list[int | None], list[int | None]]] = []
        self.refused: list[Refused] = []
        self.notes: list[Refused] = []

    def batches(self) -> Iterator[Batch]:
        """Batches of all files, of rows whose id is new and was not erased."""
        for file in self._asked.files:
            for each in reader.read(file, self._asked.columns):
                if isinstance(each, Refused):
                    self.refused.append(each)
                elif (kept := self._kept(each)) is not None:
                    yield kept

    def heard(self, part: Part) -> None:
        """Keep what a batch said of values that are missing."""
        self.notes += part.notes

    def _kept(self, batch: Batch) -> Batch | None:
        kept: list[int] = []
        for place, id in enumerate(batch.ids):
            if id in self.ids:
                reason = "its record_id was there before"
            elif self._erased and self._commit(id) in self._erased:
                reason = "its record was erased, or ran out"
            else:
                self.ids[id] = len(self.ids)
                kept.append(place)
                continue
            self.refused.append(Refused(batch.file, batch.rows[place], reason))
        if not kept:
            return None
        batch = batch if len(kept) == len(batch.ids) else chosen(batch, kept)
        self._where.append((batch.file, batch.rows, batch.received, batch.retain))
        return batch

    def write_records(self, file: Path) -> Ints:
        """Write RECORDS; returns the number of each record in the order of reading."""
        ids = list(self.ids)
        order = sorted(range(len(ids)), key=lambda at: ids[at].encode())
        rank = np.empty(len(ids), dtype=np.int32)
        rank[order] = np.arange(len(ids), dtype=np.int32)
        received = [each for _, _, column, _ in self._where for each in column]
        retain = [each for _, _, _, column in self._where for each in column]
        columns = [
            pa.array(rank),
            pa.array(ids, pa.string()),
            pa.array([name for name, rows, _, _ in self._where for _ in rows], pa.string()),
            pa.array([row for _, rows, _, _ in self._where for row in rows], pa.int64()),
            pa.array(received, RECORDS.field("received").type),
            pa.array(map(self._until, received, retain), pa.int32()).cast(pa.date32()),
        ]
        table = pa.table(columns, schema=RECORDS).take(pa.array(order, pa.int64()))
        parquet.write(file, table, ("file",))
        return rank

    def _until(self, received: int | None, retain: int | None) -> int | None:
        if retain is not None or self._asked.retain is None:
            return retain
        begun = (self._asked.today - _START).days if received is None else received // _DAY
        return begun + self._asked.retain

    def why_none(self) -> str:
        """Why there is no record."""
        return self.refused[0].reason if self.refused else "has no row"


def chosen(batch: Batch, kept: list[int]) -> Batch:
    """Some rows of a batch."""
    moved = np.full(len(batch.ids), -1, dtype=np.int32)
    moved[kept] = np.arange(len(kept), dtype=np.int32)
    fields = {}
    for meaning, values in batch.fields.items():
        left = values.where(moved[values.owner] >= 0)
        fields[meaning] = type(left)(moved[left.owner], left.text, left.time)
    return replace(
        batch,
        rows=[batch.rows[place] for place in kept],
        ids=[batch.ids[place] for place in kept],
        received=[batch.received[place] for place in kept],
        retain=[batch.retain[place] for place in kept],
        fields=fields,
    )


def _write_rows(work: Path, taken: _Taken) -> None:
    refused = ([each.file, str(each.row), each.reason] for each in _by_place(taken.refused))
    head = ["file", "row", "reason"]
    (work / folder.REJECTED).write_bytes(lines([head, *refused]))
    notes = ([each.file, str(each.row), each.field, each.reason] for each in _by_place(taken.notes))
    (work / folder.NOTES).write_bytes(lines([["file", "row", "field", "reason"], *notes]))


def _by_place(rows: Iterable[Refused]) -> list[Refused]:
    return sorted(rows, key=lambda each: (each.file, each.row, each.field, each.reason))


def _said(asked: IngestRequest, secret: Secret, salt: bytes, made: Ingested) -> dict[str, object]:
    inputs = [*asked.files, *([asked.transfers] if asked.transfers else [])]
    return {
        "format": folder.VERSION,
        "id": salt.hex(),
        "key": secret.id,
        "inputs": [{"file": each.name, "sha256": _digest(each)} for each in inputs],
        "records": made.records,
        "refused": made.refused,
        "missing": made.missing,
        "transfers": made.transfers,
        "keys": made.keys,
    }


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
