"""The main job from beginning to end on simulated data."""

from collections.abc import Callable
from pathlib import Path

from stanch.app.build_ledger import LedgerRequest, build_ledger
from stanch.app.scenario import Kind, scenario_request, write_scenario
from stanch.app.trace import TraceCommand, Traced, run_trace


def run_demo(out: Path, method: str, step: Callable[[str], None]) -> Traced:
    """Write `out/case`, `out/ledger` and `out/trace`, each whole or not at all."""
    case, ledger = out / "case", out / "ledger"
    step("simulate a theft")
    write_scenario(scenario_request(Kind.CASE, None, None, 1, 1), case)
    step("build the ledger")
    build_ledger(LedgerRequest("parquet", (case / "transfers.parquet",), ledger), lambda *_: None)
    command = TraceCommand(
        ledger=ledger,
        labels=(case / "labels.csv",),
        seeds=(str(case / "seeds.csv"),),
        method=method,
        out=out / "trace",
    )
    return run_trace(command, step)
