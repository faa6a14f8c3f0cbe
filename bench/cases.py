"""Real cases with known answers, found by the files that a folder holds."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stanch.app.build_ledger import LedgerRequest, build_ledger

Flow = tuple[str, str, str]  # transaction, from, to


@dataclass(frozen=True)
class FlowCase:
    """A case whose every stolen flow is known: transfers.csv.gz, seeds.csv, answer_*.csv."""

    name: str
    folder: Path

    def build(self, out: Path) -> None:
        columns = {"time": "timestamp", "amount": "usd", "order": "seq"}
        file = self.folder / "transfers.csv.gz"
        request = LedgerRequest("csv", (file,), out, "eip155:1", "USD", 2, columns)
        build_ledger(request, lambda *_: None)

    def seeds(self) -> list[str]:
        return [row["address"] for row in read(self.folder / "seeds.csv")]

    def score(self, trace: Path, inferred: bool) -> dict[str, float]:
        """FC, UP, F1, TC as in the README of the data, in cents; AP and AR over accounts."""
        answer: Counter[Flow] = Counter()
        for row in read(self.folder / "answer_flows.csv"):
            answer[row["tx"], row["from"], row["to"]] += cents(row["usd"])
        ends = set((self.folder / "answer_terminals.csv").read_text().split())
        traced: Counter[Flow] = Counter()
        for row in read(trace / "flows.csv"):
            amount = int(row["traced_amount"]) + inferred * int(row["inferred_amount"])
            traced[row["tx"], bare(row["from"]), bare(row["to"])] += amount
        hit = {flow: min(traced[flow], value) for flow, value in answer.items()}
        covered = sum(hit.values()) / sum(answer.values())
        right = sum(hit.values()) / max(sum(traced.values()), 1)
        into = {flow: value for flow, value in answer.items() if flow[2] in ends}
        found = {end for flow in traced if traced[flow] for end in flow[1:]}
        known = {end for flow in answer for end in flow[1:]}
        return {
            "FC": covered,
            "UP": right,
            "F1": 2 * covered * right / (covered + right) if covered + right else 0.0,
            "TC": sum(hit[flow] for flow in into) / sum(into.values()),
            "AP": len(found & known) / max(len(found), 1),
            "AR": len(found & known) / len(known),
        }


@dataclass(frozen=True)
class AccountCase:
    """A case whose accounts are known: external_txs.csv.gz and ground_truth.csv with roles."""

    name: str
    folder: Path

    def build(self, out: Path) -> None:
        file = self.folder / "external_txs.csv.gz"
        build_ledger(LedgerRequest("etherscan", (file,), out, "eip155:1"), lambda *_: None)

    def seeds(self) -> list[str]:
        rows = read(self.folder / "ground_truth.csv")
        return [row["address"] for row in rows if row["role"] == "primary"]

    def score(self, trace: Path, inferred: bool) -> dict[str, float]:
        """Accounts found and right (0.1 of the coin or more, no service), coins at services."""
        del inferred
        truth = {row["address"] for row in read(self.folder / "ground_truth.csv")}
        rows = list(read(trace / "accounts.csv"))
        stops = {"exchange", "mixer", "bridge", "dex", "otc", "gambling", "mining", "service"}
        least = 10**17
        real = {
            bare(row["account"])
            for row in rows
            if row["category"] not in stops
            and max(int(row["held"]), int(row["traced_in"]), int(row["traced_out"])) >= least
            and ":fees" not in row["account"]
        }
        found = {bare(row["account"]) for row in rows}
        at: Counter[str] = Counter()
        for row in read(trace / "endpoints.csv"):
            if row["fate"] in ("service", "mixer"):
                at[row["label"].split()[0].rstrip(":")] += int(row["amount"])
        return {
            "AR": len(truth & found) / len(truth),
            "AP": len(truth & real) / max(len(real), 1),
            **{name: value / 10**18 for name, value in at.most_common(3)},
        }


def found_in(folder: Path) -> Iterator[FlowCase | AccountCase]:
    """All cases below `folder`, by name."""
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        if (each / "answer_flows.csv").exists() and (each / "transfers.csv.gz").exists():
            yield FlowCase(each.name, each)
        elif (each / "ground_truth.csv").exists() and (each / "external_txs.csv.gz").exists():
            yield AccountCase(each.name, each)


def read(file: Path) -> Iterable[dict[str, str]]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", newline="", encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def cents(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0")[:2] or 0)


def bare(account: str) -> str:
    return account.rpartition(":")[2]
