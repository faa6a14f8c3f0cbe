"""How much of a score is luck of the background: `python bench/redraw.py [DATA] [DRAWS] [MODE...]`.

Draws the background of each flow case anew (`background.py` says how), runs LIFO and ours through
the product's own pipeline, and prints mean and range of F1 and TC by mode, traced and inferred
money together. DRAWS is a count (default 4) or a range such as 200-207.
"""

import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from background import MODES, Background, Row
from cases import FlowCase, bare, found_in
from stanch.app.trace import TraceCommand, run_trace
from stanch.ledger.reader import Ledger
from stanch.pipeline.labels import attribute, load
from stanch.tracing.stops import FATE_BY_CATEGORY

LABELS = "labels/evm_name_tags.csv.gz"
METHODS = ("lifo@1", "affinity@1")


def services_of(case: FlowCase, labels: Path, scratch: Path) -> set[str]:
    """Accounts at which the product ends a trace of this case."""
    case.build(scratch)
    ledger = Ledger.open(scratch)
    accounts = ledger.accounts().column("account").combine_chunks()
    known = attribute(load([labels]).tags, accounts, ledger.purses(), ledger.moves).labels
    pairs = zip(known["account"].to_pylist(), known["category"].to_pylist(), strict=True)
    return {bare(account) for account, category in pairs if category in FATE_BY_CATEGORY}


def scores(case: FlowCase, rows: list[Row], labels: Path, scratch: Path) -> Iterator[list[float]]:
    """F1 and TC of each method on one draw."""
    file = scratch / "transfers.csv.gz"
    with gzip.open(file, "wt", compresslevel=1) as stream:
        stream.write("seq,timestamp,tx,from,to,usd\n")
        for seq, r in enumerate(rows):
            usd = f"{r.amount // 100}.{r.amount % 100:02d}"
            stream.write(f"{seq},{r.time},{r.tx},{r.src},{r.dst},{usd}\n")
    FlowCase(case.name, scratch).build(scratch / "ledger")
    for method in METHODS:
        out = scratch / method
        run_trace(TraceCommand(scratch / "ledger", (labels,), tuple(case.seeds()), method, out))
        found = case.score(out, inferred=True)
        yield [found["F1"], found["TC"]]


def spread(values: list[float]) -> str:
    return f"{sum(values) / len(values):.3f} ({min(values):.3f}-{max(values):.3f})"


def main(data: Path, draws: range, modes: tuple[str, ...]) -> None:
    labels = data / LABELS
    for case in (each for each in found_in(data / "tracing") if isinstance(each, FlowCase)):
        with tempfile.TemporaryDirectory() as scratch:
            background = Background(case, services_of(case, labels, Path(scratch) / "ledger"))
        for mode in modes:
            got: dict[str, list[list[float]]] = {method: [] for method in METHODS}
            for number in draws:
                with tempfile.TemporaryDirectory() as scratch:
                    found = scores(case, background.draw(mode, number), labels, Path(scratch))
                    for method, pair in zip(METHODS, found, strict=True):
                        got[method].append(pair)
            for method, pairs in got.items():
                f1, tc = (spread(list(column)) for column in zip(*pairs, strict=True))
                print(f"{case.name} {mode:8} {method:12} F1 {f1}  TC {tc}", flush=True)


def drawn(text: str) -> range:
    first, _, last = text.rpartition("-")
    return range(int(first), int(last) + 1) if first else range(int(last))


if __name__ == "__main__":
    given = [*sys.argv[1:], *["", ""][len(sys.argv[1:]) :]]
    folder = given[0] or os.environ.get("STANCH_DATA", "../shared/data")
    main(Path(folder), drawn(given[1] or "4"), tuple(given[2:]) or MODES)
