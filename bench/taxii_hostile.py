"""How long others wait while a server is attacked: `python bench/taxii_hostile.py DATA`.

One client polls pages at limit=100, fifty a second at most, first in quiet and then beside each
kind of attack (`taxii_attacks.py`), which another process sends with a key of its own that may
post: bundles nested 10,000 deep, patterns that explode, huge ids, a gigabyte in chunks, and bodies
that come a byte at a time. OpenTAXII and Stanch are served as in `taxii.py`. Printed are p50, p99
and the longest wait in ms, how often was asked, and what the attacker was answered; a poll that was
not answered within a minute, or not with a page, ends the measuring of its kind, and is counted.
"""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import httpx

import taxii_measure as measure
from desk import wanted
from taxii import Side, attack, peer, stanch
from taxii_attacks import KINDS
from taxii_attacks import attack as hostile
from taxii_measure import Server

PAUSE = 0.02  # seconds between two polls
WAITS = 60  # seconds for an answer


def main() -> None:
    options = arguments()
    wanted()
    envelopes = attack(options.data)[:3]
    with tempfile.TemporaryDirectory(prefix="stanch-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        sides = [
            stack.enter_context(peer(folder)),
            stack.enter_context(stanch(folder, "Stanch, SQLite")),
        ]
        if options.postgres:
            sides.append(stack.enter_context(stanch(folder, "Stanch, PostgreSQL", postgres=True)))
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # servers have core 0
        for side in sides:
            print(f"\n{side.server.name}: poller's wait in ms, load {os.getloadavg()[0]:.1f}")
            one(side, envelopes, options.seconds)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--postgres", action="store_true", help="Stanch on PostgreSQL too")
    return parser.parse_args()


def one(side: Side, envelopes: list[bytes], seconds: float) -> None:
    """All kinds against one server, each with what it does to the poller."""
    polled, hit = side.fresh("polled"), side.fresh("attacked")
    measure.post(side.server, polled, envelopes)
    paths = measure.pages(side.server, polled, 100)
    quiet = shown("quiet", *poll(side.server, paths, seconds))
    for kind in KINDS:
        told = multiprocessing.Queue()
        until = time.monotonic() + seconds + 1
        sender = multiprocessing.Process(
            target=hostile, args=(kind, side.server, hit, until, told), daemon=True
        )
        sender.start()
        time.sleep(0.5)
        waits, failed = poll(side.server, paths, seconds)
        sender.join(WAITS + 2)
        answered = told.get(timeout=1) if sender.exitcode == 0 else "nothing: it still sends"
        sender.kill()
        p99 = shown(kind, waits, failed)
        print(f"           {p99 / quiet:.1f} times the quiet p99; the attacker got {answered}")


def poll(server: Server, paths: list[str], seconds: float) -> tuple[list[float], int]:
    """The waits in ms of one client, and how many polls were not answered with a page."""
    waits: list[float] = []
    until, at = time.monotonic() + seconds, 0
    with server.client() as client:
        client.timeout = httpx.Timeout(WAITS)
        while time.monotonic() < until:
            began = time.perf_counter()
            try:
                answered = client.get(paths[at % len(paths)]).status_code == httpx.codes.OK
            except httpx.HTTPError:
                answered = False
            waits.append((time.perf_counter() - began) * 1e3)
            if not answered:
                return waits, 1
            at += 1
            time.sleep(PAUSE)
    return waits, 0


def shown(name: str, waits: list[float], failed: int) -> float:
    """One line; returns p99."""
    ranked = sorted(waits)
    p99 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    lost = f", {failed} without a page" if failed else ""
    print(
        f"  {name:<8} p50 {statistics.median(ranked):>9,.1f}  p99 {p99:>9,.1f}  "
        f"longest {ranked[-1]:>9,.1f}  of {len(ranked):,} polls{lost}",
        flush=True,
    )
    return p99


if __name__ == "__main__":
    main()
