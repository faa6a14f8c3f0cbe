"""How fast a trace is: `python bench/trace.py [--transfers N] [--accounts N] [--incidents 1 10]`.

On one generated ledger (simulated; 30 % of the accounts tainted by the end, 5 % of the amounts
above 2^64) it prints, for each method, transfers per second from Parquet to endpoints.csv, the
ratio to the floor (the same pass doing nothing but the two balance updates in the same integer
type), and peak memory. Each run is a process of its own; kernels are compiled before the clock
starts. On a small ledger it also runs the plain twin of the tests and haircut on networkx.

Ledgers are kept in --work and used again. Quote ratios and medians: machines are noisy.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from stanch.model.kinds import METHODS

FLOOR = "floor"
SMALL = 60_000
SLOW = {"affinity@1"}  # plain Python over what is reached: run once


def main() -> None:
    options = arguments()
    if options.child:
        print(json.dumps(child(*options.child)))
        return
    methods = [FLOOR, *options.methods]
    for incidents in options.incidents:
        folder = ledger(options, options.transfers, options.accounts, incidents)
        print(
            f"\n{options.transfers:,} transfers, {options.accounts:,} accounts, "
            f"{incidents} incident(s), median of {options.repeats}",
            flush=True,
        )
        floor = 0.0
        for method in methods:
            once = method in SLOW
            runs = [spawn(method, folder) for _ in range(1 if once else options.repeats)]
            total = statistics.median(run["seconds"] for run in runs)
            floor = total if method == FLOOR else floor
            memory = max(run["peak_gb"] for run in runs)
            print(
                f"{method:<12} {total:8.2f} s  {options.transfers / total / 1e6:6.2f} M/s  "
                f"{total / floor:5.2f} x floor  {memory:5.2f} GB  {runs[0]['note']}",
                flush=True,
            )
    if options.peers:
        peers(options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--transfers", type=int, default=10_000_000)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--incidents", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--methods", nargs="+", default=list(METHODS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path("bench-out"))
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def ledger(options: argparse.Namespace, transfers: int, accounts: int, incidents: int) -> Path:
    """Folder with `ledger` and `seeds.csv`, made where it does not exist yet."""
    from stanch.app.build_ledger import LedgerRequest, build_ledger
    from stanch.app.scenario import Kind, scenario_request, write_scenario

    folder = options.work / f"{transfers}-{accounts}-{incidents}"
    if not (folder / "ledger").is_dir():
        case = folder / "case"
        write_scenario(scenario_request(Kind.LOAD, transfers, accounts, 1, incidents), case)
        file = case / "transfers.parquet"
        build_ledger(LedgerRequest("parquet", (file,), folder / "ledger"), lambda *_: None)
        file.unlink()
    return folder


def spawn(method: str, folder: Path) -> dict[str, object]:
    command = [sys.executable, __file__, "--child", method, str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def child(method: str, folder: str) -> dict[str, object]:
    """One run in a fresh process: compile on a ledger of one row, then start the clock."""
    from stanch.ledger.reader import Ledger

    compile_kernels(method)
    start = time.perf_counter()
    opened = Ledger.open(Path(folder) / "ledger")
    note = run_floor(opened) if method == FLOOR else run_method(opened, method, Path(folder))
    seconds = time.perf_counter() - start
    peak = peak_kb() / 2**20
    return {"seconds": seconds, "peak_gb": peak, "note": note}


def peak_kb() -> int:
    """Peak memory of this process alone (getrusage would count what its parent held)."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def run_floor(opened) -> str:
    from floor import balances
    from stanch.pipeline.trace import BATCH_ROWS
    from stanch.tracing.batch import COLUMNS, batches

    purses = len(opened.purses())
    balances(batches(opened.moves(COLUMNS, BATCH_ROWS)), purses)
    return f"{purses:,} purses"


def run_method(opened, method: str, folder: Path) -> str:
    from stanch.app.trace_files import write_rows
    from stanch.pipeline.trace import follow
    from stanch.pipeline.trace_tables import Names, endpoints_table

    case = case_of(opened, method, folder / "case" / "seeds.csv")
    done = follow(case)
    write_rows(folder, "endpoints", iter([endpoints_table(done, Names.of(case))]), parquet=False)
    flows = sum(len(chunk.row) for chunk in done.outcome.walk.sink)
    return f"{len(done.ends.amount.key):,} endpoints, {flows:,} flows"


def case_of(opened, method: str, seeds: Path):
    import numpy as np

    from stanch.model.tables import LABELS
    from stanch.pipeline.directory import Directory
    from stanch.pipeline.seeds import find_seeds, read_seeds
    from stanch.pipeline.trace import Case

    accounts = opened.accounts().column("account").combine_chunks()
    found = find_seeds(read_seeds([str(seeds)]), opened, accounts)
    directory = Directory.of(accounts, LABELS.empty_table())
    return Case(opened, found, method, directory, np.array([], np.int64))


def compile_kernels(method: str) -> None:
    """Walk two rows, so that every kernel is in the cache before the clock starts."""
    from tests.tracing.ledgers import batch, terrain, walk

    from floor import balances
    from stanch.tracing.books import COMPILED
    from stanch.tracing.seeds import ActiveSeed, Allowance

    rows = [(0, 1, 5), (1, 2, 3)]
    balances([batch(rows)], 3)
    for count in (1, 2):
        if method != FLOOR:
            walk(
                COMPILED.get(method, COMPILED["poison@1"]),
                terrain(rows, 3, count),
                rows,
                [ActiveSeed(0, 0, 0, Allowance(2))],
            )


def peers(options: argparse.Namespace) -> None:
    """The twin, networkx and Stanch on one small ledger, checked against each other."""
    import numpy as np

    from peers import networkx_haircut, plain_twin
    from stanch.ledger.reader import Ledger
    from stanch.tracing.batch import COLUMNS, batches

    folder = ledger(options, SMALL, SMALL // 10, 1)
    opened = Ledger.open(folder / "ledger")
    rows = [
        (int(each.src[i]), int(each.dst[i]), each.amount(i))
        for each in batches(opened.moves(COLUMNS))
        for i in np.arange(len(each))
    ]
    seed = case_of(opened, "haircut@1", folder / "case" / "seeds.csv").seeds.active[0]
    start = seed.purse, seed.allowance.left
    stanch = min(float(spawn("haircut@1", folder)["seconds"]) for _ in range(3))
    print(f"\n{SMALL:,} transfers, haircut: Stanch {stanch:.3f} s")
    for name, run in (
        ("plain twin", lambda: plain_twin("haircut@1", rows, len(opened.purses()), start)),
        ("networkx", lambda: networkx_haircut(rows, start)),
    ):
        begin = time.perf_counter()
        held = run()
        spent = time.perf_counter() - begin
        print(f"{name:<12} {spent:8.2f} s  {spent / stanch:6.1f} x Stanch  stolen held {held}")


if __name__ == "__main__":
    main()
