"""The fairness gate: how evenly the scores of honest people fall on cultures and regions.

    python bench/personas_fairness.py [--records 1200000] [--seed 7] [--work DIR]

Simulates honest people only, as many of each of twelve name cultures, each of whom applies once;
takes them in and audits them with the commands that users have. With --records 1200000 there are
100,000 of each culture, and it takes about an hour of a processor. Exits with 1 where the largest
rate of a culture or region is more than 1.25 times the smallest, and more than chance brings about.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

STANCH = Path(sys.executable).with_name("stanch")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--records", type=int, default=1_200_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stanch-bench-", dir=options.work) as name:
        sys.exit(0 if gate(Path(name), options.records, options.seed) else 1)


def gate(work: Path, records: int, seed: int) -> bool:
    """Whether neither level is found uneven, by culture or by region."""
    made, key = work / "simulated", work / "personas.key"
    stanch("scenario", "--out", made, "--records", records, "--operators", 0, "--twice", 0,
           "--cultures", "equal", "--seed", seed)  # fmt: skip
    stanch("ingest", made / "records.parquet", "--transfers", made / "transfers.csv",
           "--out", work / "in", home=work)  # fmt: skip
    passed = True
    for by in ("culture", "region"):
        words = ("audit", work / "in", "--by", made / f"{by}.csv", "--key", key)
        found = json.loads(stanch(*words, "--json", home=work))
        print(f"by {by}:", *(said(*each) for each in found["levels"].items()), sep="\n", flush=True)
        print(
            "alone:", *(said(*each) for each in found["indicators"].items()), sep="\n", flush=True
        )
        passed &= all(
            each is None or each["even"] is not False for each in found["levels"].values()
        )
    return passed


def stanch(*words: object, home: Path | None = None) -> str:
    environment = None if home is None else {"STANCH_HOME": str(home), "PATH": "/usr/bin:/bin"}
    command = [str(word) for word in (STANCH, "personas", *words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def said(name: str, spread: dict | None) -> str:
    if spread is None:
        return f"  {name:18} nobody"
    text = f"  {name:18} {spread['share']:.3%} from {spread['bits']:.1f} bits on"
    if spread["ratio"] is None:
        return f"{text}, too few to say"
    verdict = {True: "even", False: "NOT even", None: "too few to say"}[spread["even"]]
    return (f"{text}, ratio {spread['ratio']:.2f} ({spread['low']:.2f} to {spread['high']:.2f}), "
            f"chance {spread['by_chance']:.2f}: {verdict}")  # fmt: skip


if __name__ == "__main__":
    main()
