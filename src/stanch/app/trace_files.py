"""Files of a trace folder."""

import json
import platform
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stanch import __version__
from stanch.store.outdir import Kind

FORMAT = "stanch-trace@1"
_TABLES = ("flows", "accounts", "endpoints")
_COMMA, _QUOTE, _EMPTY, _LINE_END = (
    pa.scalar(text, pa.large_string()) for text in (",", '"', "", "\n")
)
_SPECIAL = (b",", b'"', b"\n", b"\r")
KIND = Kind(
    "manifest.json",
    "stanch-trace",
    frozenset(
        {f"{name}.{end}" for name in _TABLES for end in ("csv", "parquet")}
        | {"manifest.json", "run.json", "report.html", "rejected_labels.csv"}
    ),
)


def write_rows(folder: Path, name: str, pieces: Iterator[pa.Table], parquet: bool) -> None:
    """Write pieces of one table as CSV, and as Parquet where asked; at least one piece."""
    first = next(pieces)
    with ExitStack() as stack:
        file = stack.enter_context((folder / f"{name}.csv").open("wb"))
        file.write((",".join(first.schema.names) + "\n").encode())
        copy: pq.ParquetWriter | None = None
        if parquet:
            target = folder / f"{name}.parquet"
            copy = stack.enter_context(pq.ParquetWriter(target, first.schema, compression="zstd"))
        for piece in chain((first,), pieces):
            for lines in csv_lines(piece):
                file.write(lines)
            if copy:
                copy.write_table(piece.cast(first.schema))


def csv_lines(table: pa.Table) -> Iterator[memoryview]:
    """Rows of a table as CSV (RFC 4180 quoting, LF line ends), without a header.

    The lines are joined in Arrow, so that millions of them take seconds.
    """
    cells = [_quoted(column.cast(pa.large_string())) for column in table.columns]
    lines = pc.binary_join_element_wise(*cells, _COMMA)
    ended = pc.binary_join_element_wise(lines, _EMPTY, _LINE_END)
    return (_data(chunk) for chunk in ended.chunks)


def _quoted(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells with a comma, a quote or a line end in quotes; missing ones empty."""
    text = pc.fill_null(column, _EMPTY) if column.null_count else column
    if not any(_holds_special(_data(chunk).tobytes()) for chunk in text.chunks):
        return text  # seen at the speed of memory: most columns hold nothing to quote
    special = pc.match_substring_regex(text, '[",\\r\\n]')
    doubled = pc.replace_substring(text, pattern='"', replacement='""')
    return pc.if_else(special, pc.binary_join_element_wise(_QUOTE, doubled, _QUOTE, _EMPTY), text)


def _holds_special(data: bytes) -> bool:
    return any(mark in data for mark in _SPECIAL)


def _data(lines: pa.Array) -> memoryview:
    """The bytes of all strings of an array, one after the other."""
    if not len(lines):
        return memoryview(b"")
    ends = np.frombuffer(lines.buffers()[1], np.int64)[lines.offset : lines.offset + len(lines) + 1]
    return memoryview(lines.buffers()[2])[int(ends[0]) : int(ends[-1])]


def write_run(folder: Path) -> None:
    """What may differ between two runs of the same trace: engine, machine, time."""
    run = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "stanch": __version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "numba": numba.__version__,
        "numpy": np.__version__,
        "pyarrow": pa.__version__,
        "engine": "numba kernels, one pass",
    }
    text = json.dumps(run, indent=2, sort_keys=True)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8")
