"""Write an intake anew without who was erased or ran out."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.app.csv_file import lines
from stanch.app.personas import folder
from stanch.app.personas.intake import Intake, row_groups, table_in
from stanch.model.personas.tables import KEYS, RECORDS, SEALED
from stanch.store import outdir, parquet
from stanch.store.list_version import json_bytes
from stanch.store.parquet import Layout, Sink


def purge(intake: Intake) -> int:
    """Replace the folder by one of the records that are left; returns how many went.

    Values stay sealed: none is opened. The folder is written beside the old one and takes its
    place as the last act, so whatever ends this before leaves the old one, whose erased records
    nobody is shown. Raises OutputError.
    """
    if intake.moved is None:
        return 0
    gone = np.flatnonzero(intake.moved < 0)
    rows = _rows(intake, gone)
    with outdir.writing(intake.path, folder.KIND) as work:
        parquet.write(work / folder.RECORDS, intake.records, ("file",))
        counts: dict[str, int] = {}
        for name, schema, compression in (
            (folder.KEYS, KEYS, "zstd"),
            (folder.SEALED, SEALED, "none"),
        ):
            with Sink(work / name, schema, Layout(compression, ("kind",))) as sink:
                for group in row_groups(intake.path / name, (), None):
                    left = intake.left(group)
                    sink.write(left)
                    if name == folder.KEYS:
                        _count(counts, left)
        for name in (folder.PAID, folder.TRANSFERS, folder.REJECTED):
            shutil.copyfile(intake.path / name, work / name)
        (work / folder.NOTES).write_bytes(lines(_notes(intake.path / folder.NOTES, rows)))
        said = {**intake.said, "records": len(intake.records), "keys": counts}
        (work / folder.MARK).write_bytes(json_bytes(said))
    return len(gone)


def _rows(intake: Intake, gone: Any) -> set[tuple[str, str]]:
    """File and row of the records that go."""
    table = table_in(intake.path / folder.RECORDS, RECORDS).take(pa.array(gone))
    return set(zip(table["file"].to_pylist(), map(str, table["row"].to_pylist()), strict=True))


def _count(counts: dict[str, int], rows: pa.Table) -> None:
    for each in pc.value_counts(rows["kind"]).to_pylist():
        counts[each["values"]] = counts.get(each["values"], 0) + each["counts"]


def _notes(file: Path, gone: set[tuple[str, str]]) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(file.read_text("utf-8"), newline="")):
        if tuple(row[:2]) not in gone:
            yield row
