"""The background of a flow case drawn anew: other clean histories at other laundering accounts.

The verified flows are all the truth there is, so they stay; every other row at a laundering
account that is no service is taken out as that account's clean history, and histories are laid
on again. Modes:

    swap     the case's histories on hosts drawn anew: scaled to .2-1.5 times what the host
             launders, evenly spaced over its activity and 48 hours around it
    fresh    as swap, with histories cut from other accounts of the background
    heavy    as swap, at random moments and scaled to .1-10 times
    shuffle  the case's own hosts; amounts shuffled within each direction, shifted by a day at most
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cases import FlowCase, cents, read

MODES = ("swap", "fresh", "heavy", "shuffle")
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Row:
    """One transfer, in cents."""

    time: int
    tx: str
    src: str
    dst: str
    amount: int


History = list[tuple[str, Row]]  # rows of one account, with "in" or "out", by time


class Background:
    """A case taken apart: rows that stay, and the clean histories of its laundering accounts."""

    def __init__(self, case: FlowCase, services: set[str]) -> None:
        flows = {(r["tx"], r["from"], r["to"]) for r in read(case.folder / "answer_flows.csv")}
        ends = set((case.folder / "answer_terminals.csv").read_text().split())
        launderers = {end for flow in flows for end in flow[1:]} - services
        self.kept: list[Row] = []
        self.histories: dict[str, History] = defaultdict(list)
        self.money: dict[str, dict[str, int]] = defaultdict(lambda: {"in": 0, "out": 0})
        self.times: dict[str, list[int]] = defaultdict(list)
        for row in rows_of(case):
            ours = [end for end in (row.src, row.dst) if end in launderers]
            verified = (row.tx, row.src, row.dst) in flows
            if verified or not ours:
                self.kept.append(row)
            elif len(ours) == 1:
                self.histories[ours[0]].append(("out" if row.src in ours else "in", row))
            for end, way in ((row.src, "out"), (row.dst, "in")) if verified else ():
                self.money[end][way] += row.amount
                self.times[end].append(row.time)
        paid = {end for end, sums in self.money.items() if sums["in"]}
        self.hosts = sorted(paid & launderers - ends)

    def draw(self, mode: str, number: int) -> list[Row]:
        """All rows with a background drawn anew, by time."""
        chance = random.Random(f"{mode}/{number}")
        hosts = sorted(self.histories)
        pool = [self.histories[host] for host in hosts]
        if mode == "fresh":
            pool = chance.sample(self._others(), len(pool))
        if mode != "shuffle":
            hosts = chance.sample(self.hosts, len(pool))
            chance.shuffle(pool)
        lay = shuffled if mode == "shuffle" else self._scaled
        laid = [
            replace(row, tx=f"clean{n}.{k}")
            for n, (host, history) in enumerate(zip(hosts, pool, strict=True))
            for k, row in enumerate(lay(host, sorted(history, key=when), mode, chance))
        ]
        return sorted(self.kept + laid, key=lambda row: row.time)

    def _others(self) -> list[History]:
        """Histories of 6 to 150 rows that pay out .9 to 1.1 times what they receive."""
        found: dict[str, History] = defaultdict(list)
        for row in self.kept:
            if row.src != row.dst:
                found[row.src].append(("out", row))
                found[row.dst].append(("in", row))
        fit = [found[a] for a in sorted(found) if a not in self.money and 6 <= len(found[a]) <= 150]
        return [h for h in fit if 9 * total(h, "in") <= 10 * total(h, "out") <= 11 * total(h, "in")]

    def _scaled(
        self, host: str, history: History, mode: str, chance: random.Random
    ) -> Iterator[Row]:
        heavy = mode == "heavy"
        scale = 10 ** chance.uniform(-1, 1) if heavy else chance.uniform(0.2, 1.5)
        base = total(history, "in") or total(history, "out")
        start, end = min(self.times[host]) - 48 * HOUR, max(self.times[host]) + 48 * HOUR
        count = len(history)
        even = [start + (end - start) * (k + 1) // (count + 1) for k in range(count)]
        times = sorted(chance.randint(start, end) for _ in history) if heavy else even
        for (way, row), time in zip(history, times, strict=True):
            amount = round(row.amount * scale * max(self.money[host].values()) / base)
            yield placed(host, way, replace(row, time=time, amount=max(1, amount)))


def shuffled(host: str, history: History, _: str, chance: random.Random) -> Iterator[Row]:
    shift = chance.randint(-24 * HOUR, 24 * HOUR)
    amounts = {way: [row.amount for w, row in history if w == way] for way in ("in", "out")}
    for values in amounts.values():
        chance.shuffle(values)
    for way, row in history:
        yield placed(host, way, replace(row, time=row.time + shift, amount=amounts[way].pop()))


def placed(host: str, way: str, row: Row) -> Row:
    return replace(row, src=host) if way == "out" else replace(row, dst=host)


def when(leg: tuple[str, Row]) -> int:
    return leg[1].time


def total(history: History, way: str) -> int:
    return sum(row.amount for w, row in history if w == way)


def rows_of(case: FlowCase) -> Iterator[Row]:
    for r in read(case.folder / "transfers.csv.gz"):
        yield Row(int(r["timestamp"]), r["tx"], r["from"], r["to"], cents(r["usd"]))
