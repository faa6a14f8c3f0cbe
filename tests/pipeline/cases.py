"""Whole traces of ledgers written out in a test: rows and seeds in, tables with short names out."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from stanch.ledger.reader import Ledger
from stanch.model.tables import LABELS
from stanch.pipeline.directory import Directory
from stanch.pipeline.seeds import find_seeds, read_seeds
from stanch.pipeline.trace import NO_LIMITS, Case, Followed, Reach, follow
from stanch.pipeline.trace_tables import Names, accounts_table, endpoints_table, flow_tables
from tests.ledger.tiny import CHAIN, ETH, USDC, ledger_of, row

SHORT = {ETH: "ETH", USDC: "USDC"}
CONSERVING = ("haircut@1", "fifo@1", "lifo@1")


def address(name):
    """An address that spells `name`."""
    return name if name.startswith(("0x", "fees")) else "0x" + name.encode().hex().zfill(40)


def bare(account):
    """The name that an account spells."""
    text = account.rpartition(":")[2]
    return bytes.fromhex(text[2:]).lstrip(b"\0").decode("latin-1") if text[:2] == "0x" else text


def pay(time, source, target, amount, asset=ETH, **more):
    """A transfer between names."""
    return row(time, address(source), address(target), amount, asset=asset, **more)


def swap(time, *legs):
    """One transaction with legs (from, to, amount, asset)."""
    return [
        pay(time, s, d, n, a, tx=f"swap{time}", block=int(time), tx_index=0, log_index=i)
        for i, (s, d, n, a) in enumerate(legs)
    ]


@dataclass
class Answer:
    """What a trace says, by names. `ends` is {(account, asset, fate): amount}, all incidents."""

    done: Followed
    rows: list = field(default_factory=list)
    ends: dict = field(default_factory=dict)
    bounds: dict = field(default_factory=dict)
    by_incident: dict = field(default_factory=dict)
    accounts: dict = field(default_factory=dict)
    flows: list = field(default_factory=list)

    def books(self):
        """(stolen, converted in) by (incident, asset)."""
        names = self.done.case.ledger.assets()["asset"].to_pylist()
        return {
            (
                self.done.case.seeds.incidents[b.incident],
                SHORT.get(names[b.asset], names[b.asset]),
            ): (
                b.stolen,
                b.converted_in,
            )
            for b in self.done.books
        }


def label(account, category, name=None):
    """A row of LABELS."""
    return {
        "account": account, "name": name or category, "category": category, "flags": [],
        "confidence": 1.0, "inferred": False, "source": "test", "entity": None,
    }  # fmt: skip


def case(ledger: Ledger, specs, method, **more) -> Case:
    """A case with the labels in `label_rows`; `suspects` are accounts (CAIP-10)."""
    accounts = ledger.accounts()["account"].combine_chunks()
    names = accounts.to_pylist()
    rows = sorted(more.get("label_rows", ()), key=lambda each: each["account"])
    return Case(
        ledger,
        find_seeds(specs, ledger, accounts),
        method,
        Directory.of(accounts, pa.Table.from_pylist(rows, schema=LABELS)),
        np.array([names.index(account) for account in more.get("suspects", ())], np.int64),
        more.get("reach", NO_LIMITS),
    )


def trace(place: Path, rows, seeds, method="lifo@1", **more) -> Answer:
    """Trace; `seeds` are values as on the command line, with names for addresses.

    `labels` is {name: category} and `suspects` are names.
    """
    assets = {ETH: ("ETH", 0), USDC: ("USDC", 0)}
    ledger = ledger_of(place / "ledger", rows, assets=assets)
    values = [",".join([address(s.split(",")[0]), *s.split(",")[1:]]) for s in seeds]
    labels = more.pop("labels", {}).items()
    more["label_rows"] = [label(f"{CHAIN}:{address(n)}", category, n) for n, category in labels]
    more["suspects"] = [f"{CHAIN}:{address(name)}" for name in more.get("suspects", ())]
    return told(follow(case(ledger, read_seeds(values), method, **more)))


def told(done: Followed) -> Answer:
    """The tables of a finished trace by names."""
    answer, names = Answer(done), Names.of(done.case)
    for each in endpoints_table(done, names).to_pylist():
        account, asset = bare(each["account"]), SHORT.get(each["asset"], each["asset"])
        key = account, asset, each["fate"]
        low, amount, high = (int(each[c]) for c in ("amount_low", "amount", "amount_high"))
        assert low <= amount <= high
        if amount:
            answer.ends[key] = answer.ends.get(key, 0) + amount
            answer.by_incident[(each["incident"], *key)] = amount
        answer.bounds[key] = low, high
    for each in accounts_table(done, names).to_pylist():
        asset = SHORT.get(each["asset"], each["asset"])
        answer.accounts[bare(each["account"]), asset] = each
    for table in flow_tables(done, names):
        for each in table.to_pylist():
            amounts = int(each["traced_amount"]), int(each["stolen_amount"])
            answer.flows.append((bare(each["from"]), bare(each["to"]), *amounts, each["rule"]))
    return answer


__all__ = ["CONSERVING", "ETH", "USDC", "Answer", "Reach", "address", "pay", "swap", "trace"]
