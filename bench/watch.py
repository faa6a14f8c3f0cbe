"""How fast watched addresses are looked up: `python bench/watch.py [--rows N] [--batch N]`.

The same random addresses in one run, each contestant in a process of its own, held to one core:

    dict      Python's own, from address to a tuple: no audiences, no changes, no chains
    sqlite    one `select` by primary key for each address, in a file
    stanch    `screening.watch`: audiences, chains and changes, three rows in four exposures

Single: one address after another, half of them watched. Batch: so many in one call, one in a
hundred watched, with the answer as JSON. All: the same, every one watched, though most not for who
asks. Change: an order of 100 accounts until a look-up finds it, the small level half full. Hidden:
how much longer single look-ups take for addresses with rows that the member may not see than for
unknown ones; without a leak it is noise about 1. Machines are noisy: quote ratios.
"""

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from trace import peak_kb  # the file beside this one

from stanch.model.watched import Finding, Kind, Watched, asked
from stanch.screening.identifiers.wallet import normalize
from stanch.screening.watch import Audiences, Change, Watch
from stanch.screening.watch.shelf import MAX_FRESH

CONTESTANTS = ("dict", "sqlite", "stanch")
MEMBERS = [f"member-{number}" for number in range(40)]
ORDERS, INCIDENTS, SINGLES = 5_000, 200, 20_000
SEED = 20261126
Answer = Callable[[list[str]], list[object]]


def main() -> None:
    options = arguments()
    if options.child:
        print(json.dumps(child(options.child, options)))
        return
    found = {}
    print(f"{'':<8}{'build':>9}{'single p50':>12}{'p99':>11}{'batch':>10}{'all':>10}{'peak':>9}")
    for name in CONTESTANTS:
        command = [sys.executable, __file__, "--child", name, *sys.argv[1:]]
        found[name] = each = json.loads(subprocess.run(command, check=True, stdout=-1).stdout)
        print(
            f"{name:<8}{each['build']:7.1f} s{each['p50'] * 1e6:9.1f} µs{each['p99'] * 1e6:8.1f} µs"
            f"{each['batch'] * 1e3:7.1f} ms{each['all'] * 1e3:7.1f} ms{each['peak']:6.0f} MB",
            flush=True,
        )
    for peer in CONTESTANTS[:2]:
        single, batch = (found["stanch"][key] / found[peer][key] for key in ("p50", "batch"))
        print(
            f"stanch takes {single:.2f} times {peer} for a single look-up, {batch:.2f} for a batch"
        )
    own = found["stanch"]
    print(f"a change is seen after {own['change'] * 1e3:.1f} ms")
    print(f"the large levels are made anew in {own['compact']:.1f} s")
    print(f"hidden rows take {own['hidden']:.3f} times the time of unknown addresses")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--child", choices=CONTESTANTS, help=argparse.SUPPRESS)
    return parser.parse_args()


def addresses(rows: int) -> Iterator[str]:
    source = random.Random(SEED)
    return (f"0x{source.getrandbits(160):040x}" for _ in range(rows))


def child(name: str, options: argparse.Namespace) -> dict[str, float]:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        if name == "stanch":
            watch = built(options.rows)
            one, many = stanch(watch)
        else:
            one, many = {"dict": plain, "sqlite": sqlite}[name](options.rows, Path(folder))
        measured = {"build": time.perf_counter() - began} | timed(one, many, options)
        if name == "stanch":
            measured |= changes(watch) | {"hidden": hidden(watch, options.rows)}
    return measured | {"peak": peak_kb() / 1024}


def timed(one: Answer, many: Answer, options: argparse.Namespace) -> dict[str, float]:
    watched, other = sample(options.rows)
    mixed = [each for pair in zip(watched, other, strict=True) for each in pair]
    took = []
    for address in mixed:
        began = time.perf_counter()
        one([address])
        took.append(time.perf_counter() - began)
    took.sort()
    return {
        "p50": took[len(took) // 2],
        "p99": took[len(took) * 99 // 100],
        "batch": batches(many, watched, options.batch, 100),
        "all": batches(many, watched, options.batch, 1),
    }


def batches(many: Answer, watched: list[str], size: int, every: int) -> float:
    """Seconds of a batch in which one in `every` is watched."""
    took = []
    for number in range(7):  # other addresses in each round, so that no cache knows them
        some = random.Random(number)
        batch = [f"0x{some.getrandbits(160):040x}" for _ in range(size)]
        batch[::every] = some.choices(watched, k=len(batch[::every]))
        began = time.perf_counter()
        json.dumps(many(batch))
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def sample(rows: int) -> tuple[list[str], list[str]]:
    step, half = max(1, rows // (SINGLES // 2)), SINGLES // 2
    watched = [each for at, each in enumerate(addresses(rows)) if at % step == 0][:half]
    some = random.Random(1)
    random.Random(2).shuffle(watched)
    return watched, [f"0x{some.getrandbits(160):040x}" for _ in watched]


def row(at: int, address: str) -> Watched:
    """One in four an order, for everybody or for three members; the others exposures."""
    account = f"eip155:1:{address}"
    if at % 4:
        return Watched(
            account, Kind.EXPOSURE, f"incident-{at % INCIDENTS}", 1, at % 9, "eip155:1/slip44:60",
            str(at * 10**12),
        )  # fmt: skip
    return Watched(account, Kind.ORDER, f"order-{at % ORDERS}", 1 + at // 4 % 200)


def built(rows: int) -> Watch:
    some = random.Random(3)
    sets = {number: frozenset(some.sample(MEMBERS, 3)) for number in range(2, 201)}
    each = (row(at, address) for at, address in enumerate(addresses(rows)))
    return Watch.of(each, Audiences.of({1: "all", **sets}))


def stanch(watch: Watch) -> tuple[Answer, Answer]:
    def told(answers: list[tuple[Finding, ...] | None]) -> list[object]:
        return [each and [(f.kind, f.reference, f.chain, f.hop, f.amount) for f in each]
                for each in answers]  # fmt: skip

    return (
        lambda some: [watch.look_up_one(some[0], MEMBERS[0])],
        lambda some: told(watch.look_up(some, MEMBERS[0])),
    )


def changes(watch: Watch) -> dict[str, float]:
    some = random.Random(4)
    fresh = [row(4 * at, f"0x{some.getrandbits(160):040x}") for at in range(MAX_FRESH // 2)]
    watch = watch.changed(Change(fresh))
    took = []
    for number in range(20):
        accounts = [f"0x{some.getrandbits(160):040x}" for _ in range(100)]
        order = [Watched(each, Kind.ORDER, f"new-{number}", 1) for each in accounts]
        began = time.perf_counter()
        watch = watch.changed(Change(order))
        if not watch.look_up_one(accounts[0], MEMBERS[0]):
            raise SystemExit("the new order is not seen")
        took.append(time.perf_counter() - began)
    began = time.perf_counter()
    watch.compacted()
    return {"change": statistics.median(took), "compact": time.perf_counter() - began}


def hidden(watch: Watch, rows: int) -> float:
    """Single look-ups by a stranger: watched for others, against unknown, turn by turn."""
    seen = (each for at, each in enumerate(addresses(rows)) if at % 4 == 0 and at // 4 % 200)
    some = random.Random(5)
    took: tuple[list[float], list[float]] = ([], [])
    for secret in islice(seen, SINGLES):
        for times, address in zip(took, (secret, f"0x{some.getrandbits(160):040x}"), strict=True):
            began = time.perf_counter()
            found = watch.look_up([address], "a stranger")
            times.append(time.perf_counter() - began)
            if found != [()]:
                raise SystemExit("a stranger sees what is hidden")
    return statistics.median(took[0]) / statistics.median(took[1])


def plain(rows: int, _folder: Path) -> tuple[Answer, Answer]:
    known = {each: (at % ORDERS, at % 9) for at, each in enumerate(addresses(rows))}

    def answer(some: list[str]) -> list[object]:
        return [known.get(read.form) if (read := asked(each, normalize)) else None
                for each in some]  # fmt: skip

    return answer, answer


def sqlite(rows: int, folder: Path) -> tuple[Answer, Answer]:
    base = sqlite3.connect(folder / "watched.sqlite")
    base.execute("create table watched (address text primary key, a int, b int) without rowid")
    each = ((each, at % ORDERS, at % 9) for at, each in enumerate(addresses(rows)))
    base.executemany("insert into watched values (?, ?, ?)", each)
    base.commit()

    def answer(some: list[str]) -> list[object]:
        query = "select a, b from watched where address = ?"
        forms = [read.form if (read := asked(each, normalize)) else "" for each in some]
        return [base.execute(query, (form,)).fetchone() for form in forms]

    return answer, answer


if __name__ == "__main__":
    main()
