"""Run a trace: labels, seeds and a ledger in, a folder with the account of the money out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.app.trace_files import KIND, write_rows, write_run
from stanch.app.trace_manifest import manifest
from stanch.errors import InputError
from stanch.ledger.reader import Ledger
from stanch.model.tables import LABELS, REJECTED
from stanch.pipeline.directory import Directory
from stanch.pipeline.labels import Attribution, attribute, load
from stanch.pipeline.seeds import find_seeds, read_seeds
from stanch.pipeline.suspects import among, suspects
from stanch.pipeline.trace import NO_LIMITS, Case, Reach, check_method, follow
from stanch.pipeline.trace_tables import Names, accounts_table, endpoints_table, flow_tables
from stanch.reports.trace_page import render
from stanch.reports.trace_view import load as load_view
from stanch.store.outdir import writing
from stanch.tracing.terrain import SEEN

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TraceCommand:
    """What a user asks for. `seeds` are CSV files or seeds; amounts stay text until an asset
    gives them decimals."""

    ledger: Path
    labels: tuple[Path, ...]
    seeds: tuple[str, ...]
    method: str
    out: Path
    reach: Reach = NO_LIMITS
    stop_at_suspected: bool = False
    parquet: bool = False


@dataclass(frozen=True, slots=True)
class Traced:
    """What a face shows of a finished trace."""

    manifest: dict[str, Any]
    endpoints: pa.Table


def run_trace(command: TraceCommand, step: Step = lambda _: None) -> Traced:
    """Trace and write `command.out`, whole or not at all; `step` hears what is being done.

    Raises UsageError and InputError for what the user can mend, OutputError where the disk is
    full, and InvariantError if a stolen unit were missing from the books.
    """
    check_method(command.method)
    specs = read_seeds(command.seeds)
    ledger = Ledger.open(command.ledger)
    step("find the seeds")
    accounts = ledger.accounts().column("account").combine_chunks()
    seeds = find_seeds(specs, ledger, accounts)
    step("read the labels")
    known, rejected = _labels(command, ledger, accounts)
    directory = Directory.of(accounts, known.labels)
    busy = suspects(known.labels, ledger) if command.stop_at_suspected else None
    with writing(command.out, KIND) as folder:
        step(f"follow the money ({command.method})")
        stops = np.array([], np.int64) if busy is None else _ids(busy, accounts)
        case = Case(ledger, seeds, command.method, directory, stops, command.reach)
        done = follow(case)
        names = Names.of(case)
        step("write the account")
        ends = endpoints_table(done, names)
        write_rows(folder, "endpoints", iter([ends]), command.parquet)
        write_rows(folder, "accounts", iter([accounts_table(done, names)]), command.parquet)
        write_rows(folder, "flows", flow_tables(done, names), command.parquet)
        write_rows(folder, "rejected_labels", iter([rejected]), parquet=False)
        busy = suspects(known.labels, ledger) if busy is None else busy
        reached = done.terrain.account[done.terrain.flags & SEEN != 0]
        content = manifest(done, names, known, among(busy, accounts, reached), command)
        text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
        (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
        step("draw the report")
        (folder / "report.html").write_text(render(load_view(folder)), encoding="utf-8")
        write_run(folder)
    return Traced(content, ends)


def _labels(
    command: TraceCommand, ledger: Ledger, accounts: pa.Array
) -> tuple[Attribution, pa.Table]:
    if not command.labels:
        empty = LABELS.empty_table()
        return Attribution(empty, empty, empty), REJECTED.empty_table()
    tags = load(command.labels)
    known = attribute(tags.tags, accounts, ledger.purses(), ledger.moves)
    if not len(known.labels):
        paths = ", ".join(str(path) for path in command.labels)
        raise InputError(paths, "not one label matches an account of the ledger")
    return known, tags.rejected


def _ids(suspects: pa.Table, accounts: pa.Array) -> np.ndarray[Any, np.dtype[np.int64]]:
    found = pc.index_in(suspects["account"], value_set=accounts)
    ids: np.ndarray[Any, np.dtype[np.int64]] = found.to_numpy(zero_copy_only=False).astype(np.int64)
    return ids
