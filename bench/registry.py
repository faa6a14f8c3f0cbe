"""How fast a desk shows incidents: `python bench/registry.py [--sizes 300 10000]`.

The registry that is shipped, filled up with simulated thefts, read and shown by the desk's own app
(ASGI, SQLite, somebody signed in; no network): each page at each size in one run, median and worst
of what the server takes. The bar: 10,000 incidents make no page slower than 300 ms.
"""

import argparse
import csv
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import as_file
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.members.house import founded  # noqa: E402
from tests.web.conftest import NO_HURRY, ORIGIN, Client  # noqa: E402

from stanch.app.desk.desk import Desk  # noqa: E402
from stanch.formats.signed.jws import HEAD, sign  # noqa: E402
from stanch.formats.signed.keys import PrivateKey  # noqa: E402
from stanch.registry.files import shipped  # noqa: E402
from stanch.store import migrations  # noqa: E402
from stanch.store.desk.folder import Folder  # noqa: E402
from stanch.store.desk.transaction import Database  # noqa: E402
from stanch.store.engines import sql  # noqa: E402
from stanch.web.config import Config  # noqa: E402
from stanch.web.server import create  # noqa: E402

PAGES = ("/incidents", "/incidents?bar=B&country=JP", "/incidents/ronin-2022", "/claims",
         "/claims/elliptic-2023-05", "/claims/elliptic-2023-05?bar=A&disputed=out",
         "/claims/monahan-2026-06")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=(300, 10_000))
    parser.add_argument("--repeats", type=int, default=30)
    options = parser.parse_args()
    found: dict[int, dict[str, list[float]]] = {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="stanch-bench-") as name:
            folder = filled(Path(name) / "registry", size)
            client = signed_in(Path(name), folder)
            began = time.perf_counter()
            client.get("/incidents")
            print(f"{size:,} incidents: read and checked in {time.perf_counter() - began:.2f} s")
            found[size] = {page: timed(client, page, options.repeats) for page in PAGES}
    small, large = (found[size] for size in options.sizes)
    print(f"{'page':<46} {'median ms, worst ms at each size':>40}  ratio")
    for page in PAGES:
        figures = [(statistics.median(each[page]), max(each[page])) for each in (small, large)]
        text = "   ".join(f"{median:8.1f} {worst:8.1f}" for median, worst in figures)
        print(f"{page:<46} {text:>40}  {figures[1][0] / figures[0][0]:.1f}")


def timed(client: Client, page: str, repeats: int) -> list[float]:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        answer = client.get(page)
        times.append((time.perf_counter() - began) * 1e3)
        assert answer.status_code == 200, page
    return times


def filled(folder: Path, size: int) -> Path:
    """What is shipped, and simulated thefts until there are so many."""
    with as_file(shipped()) as there:
        shutil.copytree(there, folder)
    with (folder / "incidents.csv").open(newline="") as stream:
        head, *rows = csv.reader(stream)
    for table, line in simulated(head, size - len(rows)):
        with (folder / f"{table}.csv").open("a", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerow(line)
    return folder


def simulated(head: list[str], many: int) -> Iterator[tuple[str, list[object]]]:
    source, simulation = random.Random(1), "monahan-2026"
    for number in range(many):
        id, day = f"sim-{number}", source.randrange(9 * 336)
        happened = f"{2017 + day // 336}-{day % 336 // 28 + 1:02}-{day % 28 + 1:02}"
        said = {"id": id, "kind": "theft", "victim": f"{source.getrandbits(60):x}",
                "victim_kind": "exchange", "happened": happened, "marking": "TLP:CLEAR",
                "source": simulation}  # fmt: skip
        yield "incidents", [said.get(name, "") for name in head]
        usd = source.randint(10**4, 10**8)
        yield "amounts", [id, "stolen", "", "", usd, "", "", "simulated", simulation, ""]
        body, actor = source.choice(["us-fbi", "msmt", "elliptic"]), source.choice(["lazarus", ""])
        yield "statements", [id, body, "attributes", actor, "2026-01", "", simulation,
                             "TLP:CLEAR", ""]  # fmt: skip
        yield "places", [id, "seat", source.choice(["JP", "KR", "US", "VN", "HK"]), simulation]


def signed_in(place: Path, registry: Path) -> Client:
    folder = Folder.create(place / "desk")
    key = PrivateKey.from_seed(folder.seed())
    engine = sql.connect(folder.path)
    migrations.upgrade(engine)
    database = Database(
        engine, sql.reading(engine), lambda: datetime.now(UTC),
        lambda payload: sign(key, HEAD, dict(payload)),
    )  # fmt: skip
    house = founded(database, key)
    config = Config(origin=ORIGIN, rate=NO_HURRY, door=NO_HURRY, registry=registry)
    app = create(Desk(house.desk, "Bench", folder, key, database), config)
    person = house.person(house.chief, "analyst")
    return Client(app).sign_in(house.link(house.chief, person))


if __name__ == "__main__":
    main()
