"""How right each method is on every real case at hand: `python bench/accuracy.py [DATA]`.

Prints one table a case, with and without labels, so that a change for the worse is seen. DATA
is a folder with `tracing/` and `labels/`; default STANCH_DATA or ../shared/data.
"""

import os
import sys
import tempfile
from pathlib import Path

from cases import AccountCase, FlowCase, found_in
from stanch.app.trace import TraceCommand, run_trace
from stanch.model.kinds import METHODS

LABELS = "labels/evm_name_tags.csv.gz"


def main(data: Path) -> None:
    cases = list(found_in(data / "tracing"))
    if not cases:
        raise SystemExit(f"{data / 'tracing'}: no case found")
    for case in cases:
        for labels in ((data / LABELS,), ()):
            with tempfile.TemporaryDirectory() as scratch:
                report(case, labels, Path(scratch))


def report(case: FlowCase | AccountCase, labels: tuple[Path, ...], scratch: Path) -> None:
    print(f"\n{case.name}, {'with' if labels else 'without'} labels")
    case.build(scratch / "ledger")
    for method in METHODS:
        out = scratch / method
        seeds = tuple(case.seeds())
        run_trace(TraceCommand(scratch / "ledger", labels, seeds, method, out))
        line(method, case.score(out, inferred=False))
        if method.startswith("affinity") and isinstance(case, FlowCase):
            line("  with inferred", case.score(out, inferred=True))


def line(name: str, scores: dict[str, float]) -> None:
    cells = (
        f"{key} {value:,.3f}" if value <= 1 else f"{key} {value:,.2f}"
        for key, value in scores.items()
    )
    print(f"{name:<16}" + "  ".join(cells), flush=True)


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("STANCH_DATA", "../shared/data")
    main(Path(given))
