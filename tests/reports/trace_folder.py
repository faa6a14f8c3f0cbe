"""Trace folders for tests: written row by row, or grown by a small seeded thief."""

import csv
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stanch.model.tables import ACCOUNTS_OUT, ENDPOINTS_OUT, FLOWS_OUT

ETH, DAI = "eip155:1/slip44:60", "eip155:1/erc20:0x6b175474e89094c44da98b954eedeac495271d0f"
UNIT = 10**18


def account(number: int) -> str:
    """A CAIP-10 account that looks like one; the same number gives the same account."""
    return f"eip155:1:0x{random.Random(number).getrandbits(160):040x}"


def write(
    folder: Path,
    tables: dict[str, Sequence[Sequence[object]]],
    manifest: dict[str, object] | None = None,
) -> Path:
    """Write a trace folder from rows in the order of the columns; missing tables are empty."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {"flows": FLOWS_OUT, "accounts": ACCOUNTS_OUT, "endpoints": ENDPOINTS_OUT}
    for name, header in columns.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *tables.get(name, ())])
    (folder / "manifest.json").write_text(json.dumps(manifest or {}), encoding="utf-8")
    return folder


def flow(order: int, ends: tuple[str, str], traced: int, **other: object) -> list[object]:
    """One row of flows.csv; `order` gives its time and transaction.

    Under the rule `seed` what moves was clean until then: it stands in stolen_amount.
    """
    theft = other.get("rule") == "seed"
    time = datetime(2022, 3, 23, 13, 29, 9, tzinfo=UTC) + timedelta(minutes=order)
    row = {
        "incident": "i", "tx": f"0x{order:064x}", "from": ends[0], "to": ends[1], "asset": ETH,
        "amount": traced, "traced_amount": 0 if theft else traced, "inferred_amount": 0,
        "stolen_amount": traced if theft else 0, "method": "lifo@1",
        "time": f"{time:%Y-%m-%dT%H:%M:%SZ}", "rule": "lifo",
    }  # fmt: skip
    row |= other
    return [row[name] for name in FLOWS_OUT]


@dataclass
class Thief:
    """Grows a trace: what it pays is noted, what it keeps becomes endpoints that add up."""

    incident: str = "case-1"
    seed: int = 1
    now: datetime = datetime(2022, 3, 23, 13, 29, 9, tzinfo=UTC)
    flows: list[list[object]] = field(default_factory=list)
    balances: dict[tuple[str, str], int] = field(default_factory=dict)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    hops: dict[str, int] = field(default_factory=dict)
    times: dict[str, list[str]] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def wait(self, hours: float) -> None:
        self.now += timedelta(seconds=int(3600 * hours * (0.5 + self.random.random())))

    def new(self, label: str = "", category: str = "") -> str:
        self.made += 1
        name = account(self.seed * 100_000 + self.made)
        if label:
            self.labels[name] = (label, category)
        return name

    def pay(self, src: str, dst: str, amount: int, **other: object) -> None:
        asset = str(other.get("asset", ETH))
        stamp = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
        order = len(self.flows)
        inferred = int(str(other.get("inferred_amount", 0)))
        row = flow(
            order, (src, dst), amount - inferred, incident=self.incident, amount=amount,
            **{"time": stamp, **other},
        )  # fmt: skip
        self.flows.append(row)
        self.balances[src, asset] = self.balances.get((src, asset), 0) - (amount - inferred)
        self.balances[dst, asset] = self.balances.get((dst, asset), 0) + (amount - inferred)
        self.hops.setdefault(dst, self.hops.get(src, 0) + 1)
        for name in (src, dst):
            self.times.setdefault(name, []).append(stamp)

    def tables(self, skip: Sequence[str] = ()) -> dict[str, list[list[object]]]:
        """The three tables; `skip` names accounts whose balance is no endpoint (the robbed)."""
        fates = {"exchange": "service", "mixer": "mixer", "bridge": "bridge_unmatched"}
        ends, accounts = [], []
        for (name, asset), amount in sorted(self.balances.items()):
            if name in skip:
                continue
            label, category = self.labels.get(name, ("", ""))
            accounts.append([
                self.incident, name, asset, 0, 0, amount, self.hops.get(name, 0),
                self.times[name][0], self.times[name][-1], label, category, 0, 0, "",
            ])  # fmt: skip
            if amount:
                fate = fates.get(category, "held")
                ends.append([
                    self.incident, name, asset, fate, amount, label, category, amount, amount, 0,
                ])  # fmt: skip
        return {"flows": self.flows, "accounts": accounts, "endpoints": ends}

    def manifest(self, stolen: int, seeds: Sequence[str]) -> dict[str, object]:
        return {
            "stanch": "0.1.0",
            "method": "lifo@1",
            "simulation": True,
            "incidents": [{"id": self.incident, "assets": [{
                "asset": ETH, "stolen": str(stolen), "converted_in": "0",
                "sum_of_fates": str(stolen)}]}],
            "seeds": [{"incident": self.incident, "account": seed,
                       "time": "2022-03-23T13:29:09Z", "asset": ETH} for seed in seeds],
            "assets": {ETH: {"symbol": "ETH", "decimals": 18}},
            "inputs": [{"name": "transfers.parquet", "sha256": "ab" * 32}],
            "parameters": {"stop_after_hops": 40},
            "counts": {"flows": len(self.flows)},
            "conservation": "exact",
            "notices": [{"code": "opening_balance", "text": "3 accounts paid more than was seen"}],
        }  # fmt: skip


def thief_case(folder: Path, size: int) -> Path:
    """A theft of 173,600 ETH, followed through about `size` accounts to a mixer and exchanges."""
    thief, stolen = Thief(seed=size), 173_600 * UNIT
    robbed, seed = thief.new("Cross-chain bridge", "bridge"), thief.new("Exploiter 1", "none")
    thief.pay(robbed, seed, stolen, rule="seed")
    mixers = [thief.new(f"Storm.Cash: {n} ETH", "mixer") for n in (100, 10, 1)]
    exchanges = [thief.new(f"{name} {n}", "exchange") for name in ("Hoby", "FTZ") for n in (1, 2)]
    branches = max(1, min(9, size // 25))
    budget = max(1, size - 7 - len(mixers) - len(exchanges))
    for branch in range(branches):
        thief.wait(60 if branch else 3)
        part = thief.balances[seed, ETH] // (branches - branch) * 3 // 4
        _peel(thief, seed, part, (budget // branches, mixers, exchanges))
    return write(folder, thief.tables(skip=[robbed]), thief.manifest(stolen, [seed]))


def _peel(thief: Thief, start: str, amount: int, plan: tuple[int, list[str], list[str]]) -> None:
    """A chain that peels to deposit addresses, fans out and mixes the rest, with one loop."""
    accounts, mixers, exchanges = plan
    at, used = start, 0
    while used < max(1, accounts // 3):
        following = thief.new()
        thief.pay(at, following, amount)
        at, used = following, used + 1
        thief.wait(2)
        if used % 2 and accounts > 4:
            deposit, exchange = thief.new("Hoby deposit", "deposit"), thief.random.choice(exchanges)
            peel = amount // thief.random.randint(15, 60)
            thief.pay(at, deposit, peel)
            thief.wait(1)
            thief.pay(deposit, exchange, peel)
            amount, used = amount - peel, used + 1
    fan = max(1, accounts - used)
    for n in range(fan):
        part = thief.balances[at, ETH] // (fan - n) * thief.random.randint(2, 9) // 10
        leaf = thief.new()
        thief.pay(at, leaf, part)
        thief.wait(1)
        if thief.random.random() < 0.8:
            for mixer in mixers:
                thief.pay(leaf, mixer, thief.balances[leaf, ETH] // 2)
        elif n % 2:
            thief.pay(leaf, at, part // 3)
