"""How fast screening is: `python bench/screening.py [DATA] [--names N] [--singles N]`.

The same entries, the same names, in one run, each contestant in a process of its own that is held
to one core:

    rapidfuzz   a scan of all listed names: `process.extract` with token_sort_ratio, top ten; the
                same from a score of 90 on, where one innocent in a hundred alerts; `cdist`, top ten
    logic-v2    nomenklatura's, behind its blocker. Most of its single query is the blocker, which
                makes its tables anew for each
    stanch      top ten of those that it alerts to; and of any score above 0.001

It prints names per second of a batch, p50 and p99 of names asked one by one, the time to build the
index, the peak memory of the whole process, and the ratios that the project has set itself as bars.

DATA is a folder with `screening/`; default STANCH_DATA or ../shared/data. Names are drawn evenly
from queries and innocents. Stanch's kernels are compiled beforehand, in another process. Machines
are noisy: quote ratios.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from trace import peak_kb  # the file beside this one

from screening_contestants import PEERS_MISSING, Contestant, LogicV2, Scan, Stanch
from screening_data import FULL, Row, Screening, with_births

EXTRACT, CUTOFF, CDIST = "rapidfuzz extract", "rapidfuzz from 90", "rapidfuzz cdist"
PEER, STANCH, TEN = "logic-v2", "stanch", "stanch, any score"
CONTESTANTS = (EXTRACT, CUTOFF, CDIST, PEER, STANCH, TEN)
BATCH_BAR, SINGLE_BAR, BUILD_BAR, MEMORY_BAR = 100, 100, 15.0, 500.0
WARM = ("Kim Chol Su", "김철수", "金鐵洙", "Bank of Nowhere")


@dataclass(frozen=True, slots=True)
class Measured:
    """One contestant: seconds to build, names a second in a batch, seconds of singles, MB."""

    build: float
    batch: float
    p50: float
    p99: float
    memory: float


def main() -> None:
    options = arguments()
    if options.child:
        print(json.dumps(child(options.child, options)))
        return
    names = list(CONTESTANTS if options.peers else (STANCH, TEN))
    if not options.peers:
        print("Without its peers (--no-peers): no ratio can be given.")
    elif not LogicV2.available():
        print(PEERS_MISSING)
        names.remove(PEER)
    compiled(options)
    found: dict[str, Measured] = {}
    print(f"{'':<18}{'build':>9}{'batch':>16}{'p50':>12}{'p99':>12}{'memory':>10}")
    for name in names:
        found[name] = each = median(name, options)
        print(
            f"{name:<18}{each.build:7.2f} s{each.batch:8,.0f} names/s{1000 * each.p50:9.2f} ms"
            f"{1000 * each.p99:9.2f} ms{each.memory:7.0f} MB",
            flush=True,
        )
    bars(found)


def arguments() -> argparse.Namespace:
    default = Path(os.environ.get("STANCH_DATA", "../shared/data"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--names", type=int, default=3000, help="names of the batch")
    parser.add_argument("--singles", type=int, default=200, help="names asked one by one")
    parser.add_argument(
        "--repeats", type=int, default=3, help="processes of Stanch and of the scan"
    )
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument("--child", choices=CONTESTANTS, help=argparse.SUPPRESS)
    return parser.parse_args()


def compiled(options: argparse.Namespace) -> None:
    """Let a process of its own compile Stanch's kernels, which takes memory of its own."""
    command = [sys.executable, __file__, str(options.data), "--child", STANCH]
    few = ["--names", "4", "--singles", "4"]
    subprocess.run([*command, *few], check=True, stdout=subprocess.DEVNULL)


def median(name: str, options: argparse.Namespace) -> Measured:
    """The median of each figure over processes; logic-v2 is slow and runs once."""
    command = [
        sys.executable, __file__, str(options.data), "--child", name,
        "--names", str(options.names), "--singles", str(options.singles),
    ]  # fmt: skip
    runs = []
    for _ in range(1 if name == PEER else options.repeats):
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    keys = Measured.__dataclass_fields__
    return Measured(**{key: statistics.median(run[key] for run in runs) for key in keys})


def child(name: str, options: argparse.Namespace) -> dict[str, float]:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    data = Screening(options.data / "screening")
    rows = with_births(data.index(FULL), births=False)
    asked = [each.row for each in (*data.queries, *data.innocents)]
    contestant = started(name)
    start = time.perf_counter()
    contestant.build(rows)
    build = time.perf_counter() - start
    singles, batch = apart(drawn(asked, options.names + options.singles), options.singles)
    start = time.perf_counter()
    if name in (EXTRACT, CUTOFF):
        contestant.single(batch)
    else:
        contestant.search(batch)
    spent = time.perf_counter() - start
    each = contestant.single(singles)
    memory = contestant.memory() if isinstance(contestant, LogicV2) else peak_kb()
    contestant.close()
    return {
        "build": build,
        "batch": len(batch) / spent,
        "p50": statistics.median(each),
        "p99": statistics.quantiles(each, n=100, method="inclusive")[98],
        "memory": memory / 1024,
    }


def started(name: str) -> Contestant:
    """A contestant that has done one small round, so that nothing is compiled or imported later."""
    kind = {STANCH: Stanch, TEN: Stanch, PEER: LogicV2}.get(name, Scan)
    contestant: Contestant = kind()
    if name == STANCH:
        contestant.least = contestant.published
    if name == CUTOFF:
        contestant.cutoff = 90.0
    few = [Row(f"warm-{at}", "Person", (text,)) for at, text in enumerate(WARM)]
    contestant.build(few)
    contestant.search(few, 1)
    contestant.single(few)
    return contestant


def drawn(rows: list[Row], count: int) -> list[Row]:
    """Evenly spread, so that every group of names has its share."""
    count = min(count, len(rows))
    return [rows[at * len(rows) // count] for at in range(count)]


def apart(rows: list[Row], count: int) -> tuple[list[Row], list[Row]]:
    """`count` rows evenly spread, and the others: nobody is asked for a name a second time."""
    taken = {at * len(rows) // count for at in range(count)}
    return [rows[at] for at in sorted(taken)], [r for at, r in enumerate(rows) if at not in taken]


def bars(found: dict[str, Measured]) -> None:
    ours = found[STANCH]
    if EXTRACT in found:
        ratio = ours.batch / found[EXTRACT].batch
        bar(f"batch is {ratio:,.0f} x the scan ({BATCH_BAR} x)", ratio >= BATCH_BAR)
        for name in (CUTOFF, CDIST):
            print(f"batch is {ours.batch / found[name].batch:,.0f} x {name}")
    if PEER in found:
        ratio = found[PEER].p99 / ours.p99
        bar(f"p99 is 1/{ratio:,.0f} of logic-v2's (1/{SINGLE_BAR})", ratio >= SINGLE_BAR)
        print(f"batch is {ours.batch / found[PEER].batch:,.0f} x logic-v2's")
    bar(f"built in {ours.build:.1f} s ({BUILD_BAR:.0f} s)", ours.build < BUILD_BAR)
    bar(f"{ours.memory:.0f} MB ({MEMORY_BAR:.0f} MB)", ours.memory < MEMORY_BAR)


def bar(said: str, kept: bool) -> None:
    print(f"{said}: {'kept' if kept else 'MISSED'}")


if __name__ == "__main__":
    main()
