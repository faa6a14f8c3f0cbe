"""Work out every score of `links.csv` again, from the numbers in it and nothing else of Stanch.

Run it: python -m tests.reference.link_scores DIR
"""

import csv
import json
import math
import sys
from decimal import Decimal
from pathlib import Path

MILLION = 1_000_000
GROUP = {
    "device": "household", "phone": "household", "bank": "household", "address": "household",
    "ip": "household", "ip_net": "household", "wallet": "pay", "collector_direct": "pay",
    "collector": "pay", "document": "identity", "email": "identity", "handle": "identity",
    "photo": "identity", "photo_file": "identity", "git_email": "git", "git_key": "git",
    "rare_lines": "text", "passages": "text", "topics": "text", "common_lines": "text",
    "employers": "text", "file_author": "text",
}  # fmt: skip
LINES = ("rare_lines", "passages", "topics", "common_lines", "employers")
FARM_GAP = 15 * MILLION


def full(piece: dict[str, object], of: str) -> int:
    """The weight of one piece before it is counted among others."""
    n = {
        name: int(str(value))
        for name, value in piece.items()
        if name not in ("evidence", "bits", "full", "level")
    }
    if of in LINES:
        mean = (n["met"] + 1) / (n["pairs"] + 2.0 ** n["stated"])
        chance = _poisson(min(n["n"], 8), mean)
        if n["strangers"] >= 0:
            chance = max(chance, (n["strangers"] + 1) / (n["pairs"] + 2.0 ** (n["stated"] + 10)))
        return _worth(chance)
    bits = _worth((n["strangers"] + 1) / (n["pairs"] + 2.0 ** n["stated"]))
    if of in ("ip", "ip_net"):
        bits = bits * 8 // max(n["holders"], 8)
    if of == "photo":
        far = (n["distance"] + 0.5 - n["mean_milli"] / 1000) / (n["spread_milli"] / 1000)
        tail = math.erfc(-far / math.sqrt(2)) / 2
        bits = min(bits, _worth(max(8 * tail, 2.0**-60) * 2**4))
    return bits


def wrong(row: dict[str, str], bar: int) -> str | None:
    """What does not hold in a row of links.csv, or None."""
    pieces = json.loads(row["evidence"], parse_float=Decimal, parse_int=Decimal)
    names = [each["evidence"] for each in pieces]
    if len(set(names)) != len(names) or not pieces:
        return "a piece is there twice, or none is"
    if sum(each["bits"] for each in pieces) != Decimal(row["bits"]):
        return "the pieces do not add up"
    for piece in pieces:
        of = piece["evidence"].partition("@")[0]
        if full(piece, of) != int(piece["full"] * MILLION):
            return f"{of}: weighs {full(piece, of)}"
    order = sorted(pieces, key=lambda each: (-each["full"], each["evidence"]))
    left, seen = max(bar - FARM_GAP, 0), dict.fromkeys(GROUP.values(), 0)
    for piece in order:
        group = GROUP[piece["evidence"].partition("@")[0]]
        bits = int(piece["full"] * MILLION) // 2 ** seen[group]
        seen[group] += 1
        if row["level"] == "operator" and piece["level"] == "farm":
            bits = min(bits, left)
            left -= bits
        if bits != int(piece["bits"] * MILLION):
            return f"{piece['evidence']}: counts for {bits}"
    return None


def _worth(chance: float) -> int:
    return max(0, round((-math.log2(chance) - 2) * MILLION))


def _poisson(n: int, mean: float) -> float:
    """The chance of n or more, term by term."""
    terms = [math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(n, n + 60)]
    return math.fsum(terms)


def main(folder: Path) -> int:
    bar = json.loads((folder / "manifest.json").read_bytes())["parameters"]["bar_microbits"]
    with (folder / "links.csv").open(encoding="utf-8", newline="") as stream:
        failed = [
            f"{row['record_a']} {row['record_b']}: {reason}"
            for row in csv.DictReader(stream)
            if (reason := wrong(row, bar))
        ]
    print("\n".join(failed) or "every score holds")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
