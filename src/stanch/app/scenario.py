"""Write a simulated scenario to a folder, whole or not at all."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from stanch import __version__
from stanch.sources.scenario import Kind, Scenario, ScenarioRequest, SmallTable, generate
from stanch.sources.scenario.marks import NOTICE, SCHEMA
from stanch.sources.scenario.request import FEWEST_ACCOUNTS
from stanch.store import outdir
from stanch.store.parquet import Layout, Sink

__all__ = ["NOTICE", "Kind", "ScenarioRequest", "scenario_request", "write_scenario"]

Progress = Callable[[int, int], None]  # told how many rows are written, of how many

TRANSFERS_FILE: Final = "transfers.parquet"
NOTICE_FILE: Final = "SIMULATION.txt"
MARK: Final = "scenario.json"
FOLDER: Final = outdir.Kind(
    MARK,
    "stanch-scenario",
    frozenset(
        {
            MARK,
            NOTICE_FILE,
            TRANSFERS_FILE,
            "labels.csv",
            "seeds.csv",
            "truth_flows.csv",
            "truth_endpoints.csv",
            "truth_totals.csv",
            "truth_mixer.csv",
        }
    ),
)
_TRANSFERS: Final = {Kind.CASE: 50_000, Kind.LOAD: 1_000_000}
_REPEATING: Final = ("chain", "asset", "kind", "from", "to")

_TEXT: Final = """\
{notice}

Everything in this folder was invented by `stanch scenario` to show and to measure Stanch.
The chain (eip155:31337) is the number of development chains; no public network has it.
Addresses are hashes that nobody holds a key to. Any likeness to real services is accidental.

Made by `stanch scenario --kind {kind} --transfers {transfers} --accounts {accounts} \
--seed {seed} --incidents {incidents}` of stanch {version}: {rows:,} transfers.
The same command of the same version gives the same bytes.
"""


def scenario_request(
    kind: Kind, transfers: int | None, accounts: int | None, seed: int, incidents: int
) -> ScenarioRequest:
    """A request with the sizes that nobody named filled in: one account to ten transfers.

    Raises UsageError where the parts do not go together.
    """
    rows = _TRANSFERS[kind] if transfers is None else transfers
    holders = max(FEWEST_ACCOUNTS[kind], rows // 10) if accounts is None else accounts
    return ScenarioRequest(kind, rows, holders, seed, incidents)


def write_scenario(
    request: ScenarioRequest, out: Path, progress: Progress = lambda _written, _rows: None
) -> tuple[str, ...]:
    """Generate what `request` asks for into the folder `out`; the names of the files written.

    Raises UsageError where `out` holds something else, OutputError where it cannot be written,
    and InvariantError where the truth of a case does not add up. The same request gives the
    same bytes.
    """
    scenario = generate(request)
    with outdir.writing(out, FOLDER) as folder:
        _write_transfers(scenario, folder / TRANSFERS_FILE, progress)
        for name, table in scenario.tables.items():
            _write_table(table, folder / name)
        (folder / NOTICE_FILE).write_text(_notice(scenario), encoding="utf-8")
        (folder / MARK).write_text(json.dumps(_mark(scenario), indent=2) + "\n", encoding="utf-8")
        return tuple(sorted(file.name for file in folder.iterdir()))


def _write_transfers(scenario: Scenario, file: Path, progress: Progress) -> None:
    with Sink(file, SCHEMA, Layout(repeating=_REPEATING)) as sink:
        for batch in scenario.transfers:
            sink.write(batch)
            progress(sink.rows, scenario.rows)


def _write_table(table: SmallTable, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def _settings(request: ScenarioRequest) -> dict[str, str | int]:
    return {
        "kind": request.kind.value,
        "transfers": request.transfers,
        "accounts": request.accounts,
        "seed": request.seed,
        "incidents": request.incidents,
    }


def _notice(scenario: Scenario) -> str:
    return _TEXT.format(
        notice=NOTICE, version=__version__, rows=scenario.rows, **_settings(scenario.request)
    )


def _mark(scenario: Scenario) -> dict[str, object]:
    return {
        "format": f"{FOLDER.format}@1",
        "simulation": True,
        "notice": NOTICE,
        "request": _settings(scenario.request),
        "rows": scenario.rows,
    }
