"""Which applications are one operator's: Stanch beside Splink, on the same files in one run.

    python bench/personas.py DATA [--million] [--records N --seed S --paraphrase P --sharing R]
        [--peer .venv-peers/bin/python] [--without-peer] [--historical FILE] [--json FILE]

DATA has personas/visible. It is run first, then with --million a simulated intake of a million
applications, or with --records one of so many. Stanch is its two commands, `personas ingest` and
`personas link`, from files to files: it normalises, seals and hashes, reads pay, and writes why.
Splink 5 reads the same records.parquet and writes clusters; bench/peers/personas_splink.py says
how it is set up. It is told no pay flows, which it cannot use.

Printed: wall seconds, seconds of all processors, peak memory, pairs (precision, recall, F1),
recall of operators' pairs, B-cubed F, honest applications pulled in, and the load of the machine
when each began: under load, the seconds of processors are what can be compared.

With --historical, a copy of Splink's historical_50k, Splink alone is run on it, to see that it is
set up as it should be (.860 B-cubed F, .830 pairwise F1). Stanch has no answer there: that data is
names, dates and places of famous people with spelling errors, and names are no evidence here.
"""

import argparse
import csv
import json
import os
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from tests.reference.linked import linked  # noqa: E402

from personas_measure import Took, took  # noqa: E402

STANCH = Path(sys.executable).with_name("stanch")
SPLINK = ROOT / "bench" / "peers" / "personas_splink.py"
BARS = {20_350: (20, None), 1_000_000: (900, 8)}  # records: seconds, GiB


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="stanch-bench-") as name:
        work = Path(name)
        report = {"visible": run(options.data / "personas" / "visible", work / "visible", options)}
        if options.million or options.records:
            report["simulated"] = run(simulated(options, work), work / "run", options)
        if options.historical and not options.without_peer:
            report["historical_50k"] = historical(options, work)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--records", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paraphrase", type=float, default=0.5)
    parser.add_argument("--sharing", type=float, default=1.0)
    parser.add_argument("--peer", type=Path, default=Path(".venv-peers/bin/python"))
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--historical", type=Path)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def simulated(options: argparse.Namespace, work: Path) -> Path:
    """A simulated intake, made now."""
    records = options.records or 1_000_000
    words = [STANCH, "personas", "scenario", "--out", work / "simulated", "--records", records,
             "--seed", options.seed, "--paraphrase", options.paraphrase, "--sharing",
             options.sharing]  # fmt: skip
    print(f"simulated {records:,}: {told(took(words, work / 'log'))}", flush=True)
    return work / "simulated"


def run(source: Path, work: Path, options: argparse.Namespace) -> dict[str, object]:
    """Both on one intake."""
    work.mkdir()
    labels = pq.read_table(source / "labels.parquet").to_pylist()
    print(f"{source.name}: {len(labels):,} applications", flush=True)
    sides = {"stanch": stanch(source, work)}
    if not options.without_peer:
        sides["splink"] = splink("intake", source / "records.parquet", work, options.peer)
    report: dict[str, object] = {"records": len(labels)}
    for side, (cost, clusters, load) in sides.items():
        quality = judged(clusters, labels)
        print(f"  {side:7} {told(cost)}, load {load:.1f}\n          {shown(quality)}", flush=True)
        report[side] = cost.as_data() | {"load": load} | quality
    if "splink" in sides:
        ratio = sides["splink"][0].cores / sides["stanch"][0].cores
        print(f"  Splink takes {ratio:.2f} times the processors' seconds of Stanch", flush=True)
    if seconds := BARS.get(len(labels)):
        print(f"  aim for Stanch: {seconds[0]} s" + (f", {seconds[1]} GiB" if seconds[1] else ""))
    return report


Side = tuple[Took, dict[str, str], float]


def stanch(source: Path, work: Path) -> Side:
    load = os.getloadavg()[0]
    home = {"STANCH_HOME": str(work / "home")}
    begin = [STANCH, "personas"]
    cost = took([*begin, "ingest", source / "records.parquet", "--transfers",
                 source / "transfers.csv", "--out", work / "in"], work / "log", **home)  # fmt: skip
    print(f"  stanch personas ingest: {told(cost)}", flush=True)
    cost += took([*begin, "link", work / "in", "--out", work / "out"], work / "log", **home)
    return cost, read(work / "out" / "clusters.csv"), load


def splink(kind: str, file: Path, work: Path, peer: Path) -> Side:
    load = os.getloadavg()[0]
    cost = took([peer, SPLINK, kind, file, work / "splink.csv"], work / "log")
    return cost, read(work / "splink.csv"), load


def read(file: Path) -> dict[str, str]:
    with file.open(newline="") as stream:
        return {row["record_id"]: row["operator_id"] for row in csv.DictReader(stream)}


def judged(clusters: dict[str, str], labels: list[dict[str, str]]) -> dict[str, float]:
    found = [clusters[each["record_id"]] for each in labels]
    operators = [each["kind"] == "operator" for each in labels]
    return linked(found, [each["entity"] for each in labels], operators).as_data()


def historical(options: argparse.Namespace, work: Path) -> dict[str, object]:
    cost, clusters, load = splink("historical", options.historical, work, options.peer)
    rows = pq.read_table(options.historical, columns=["unique_id", "cluster"]).to_pylist()
    people = [str(row["cluster"]) for row in rows]
    quality = linked([clusters[str(row["unique_id"])] for row in rows], people, [False] * len(rows))
    print(f"historical_50k\n  splink  {told(cost)}, load {load:.1f}\n"
          f"          {shown(quality.as_data())}")  # fmt: skip
    return cost.as_data() | {"load": load} | quality.as_data()


def told(cost: Took) -> str:
    data = cost.as_data()
    return f"{data['wall_s']} s, {data['cores_s']} s of processors, {data['peak_gib']} GiB"


def shown(quality: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in quality.items())


if __name__ == "__main__":
    main()
