"""How fast a desk shows incidents: `python bench/registry.py [--sizes 300 10000]`.

The registry that is shipped, filled up with simulated thefts over nine years, read and shown by the
desk's own app (ASGI, SQLite, somebody signed in; no network), each page at each size in one run:

- alone: a page at a time, in milliseconds of the processor, which other work on the machine does
  not lengthen;
- under load: every page from several askers at once, in milliseconds of the clock;
- judged: the same pages, a page at a time, after a member judged every incident.

The bar: 10,000 incidents make no page slower than 300 ms at the server. The pack is of a meeting
that looks back on a quarter.
"""

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from bench.registry_world import World, world  # noqa: E402
from tests.web.conftest import Client  # noqa: E402

from stanch.app.desk.ahead import Ahead  # noqa: E402
from stanch.web.server import work_out  # noqa: E402

PAGES = ("/incidents", "/incidents?bar=B&country=JP", "/incidents/ronin-2022", "/statistics",
         "/statistics?by=actor&bar=A", "/statistics.svg", "/statistics/map.svg", "/statistics.csv",
         "/statistics/rows?by=year", "/claims", "/claims/elliptic-2023-05",
         "/claims/elliptic-2023-05?bar=A&disputed=out", "/claims/monahan-2026-06")  # fmt: skip
BAR = 300  # ms

Clock = Callable[[], float]
Times = Mapping[str, Sequence[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=(300, 10_000))
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--askers", type=int, default=4)
    options = parser.parse_args()
    found = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="stanch-bench-") as name:
            found.append(measured(world(Path(name), size), size, options))
    print(f"askers at once under load: {options.askers}; each page {options.repeats} times")
    for way in found[0]:
        printed(way, found[0][way], found[1][way])


def measured(desk: World, size: int, options: argparse.Namespace) -> dict[str, Times]:
    """Every page in each of the three ways."""
    began, house = time.process_time(), desk.app.state.house
    house.shelf.kept()
    read = time.process_time()
    Ahead(house.shelf, house.config.lists).begin()  # as the server does before it answers
    work_out(desk.app)
    said = f"read and checked in {read - began:.2f} s of the processor"
    print(f"{size:,} incidents: {said}, made ready in {time.process_time() - read:.2f} s")
    gc.collect()
    gc.freeze()  # as the server does
    pages = (*PAGES, *desk.pages)
    found = {
        "alone, ms of the processor": alone(desk.client, pages, options.repeats),
        "under load, ms of the clock": loaded(desk, pages, options),
    }
    desk.judged()
    found["judged, ms of the processor"] = alone(desk.client, pages, options.repeats)
    gc.unfreeze()
    return found


def alone(client: Client, pages: Sequence[str], repeats: int) -> Times:
    return {page: [timed(client, page, time.process_time) for _ in range(repeats)]
            for page in pages}  # fmt: skip


def loaded(desk: World, pages: Sequence[str], options: argparse.Namespace) -> Times:
    """Askers go round all pages, each from another one on."""

    def ask(place: int) -> list[tuple[str, float]]:
        client = Client(desk.app)
        client.cookies = desk.client.cookies
        first = place * len(pages) // options.askers
        order = [*pages[first:], *pages[:first]] * -(-options.repeats // options.askers)
        return [(page, timed(client, page, time.perf_counter)) for page in order]

    times: dict[str, list[float]] = {page: [] for page in pages}
    with ThreadPoolExecutor(options.askers) as pool:
        for answers in pool.map(ask, range(options.askers)):
            for page, took in answers:
                times[page].append(took)
    return times


def timed(client: Client, page: str, clock: Clock) -> float:
    began = clock()
    answer = client.get(page)
    took = (clock() - began) * 1e3
    assert answer.status_code == 200, (page, answer.text)
    return took


def printed(way: str, small: Times, large: Times) -> None:
    print(f"\n{way + ': median and p99 at each size':<64}{'ratio':>31}")
    for (page, few), (_, many) in zip(small.items(), large.items(), strict=True):
        said = [(statistics.median(each), worst(each)) for each in (few, many)]
        text = "   ".join(f"{median:8.1f} {late:8.1f}" for median, late in said)
        over = "  over the bar" if said[1][0] > BAR else ""
        print(f"{plain(page):<46} {text:>40}  {said[1][0] / said[0][0]:6.1f}{over}")


def worst(times: Sequence[float]) -> float:
    """The 99th percentile; of fewer than a hundred, the worst."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def plain(page: str) -> str:
    """Without ids, which differ between the two desks."""
    return "/".join(
        part.partition("-")[0] + "-…" if part.startswith(("meet-", "body-", "paper-")) else part
        for part in page.split("/")
    )


if __name__ == "__main__":
    main()
