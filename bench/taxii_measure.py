"""What is asked of each TAXII server in the benchmark: pages, posts, a crawl, a delay."""

import base64
import json
import re
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from taxii2client.v21 import Collection, as_pages

MEDIA = "application/taxii+json;version=2.1"
CONNECTIONS = 4
SCRIPT = """
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
wrk.headers["Authorization"] = "Basic %s"
wrk.headers["Accept"] = "%s"
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its host, the path of its API root, and who asks (HTTP Basic)."""

    name: str
    host: str
    root: str
    user: str
    password: str

    def objects(self, collection: str) -> str:
        """The path of a collection's objects."""
        return f"{self.root}collections/{collection}/objects/"

    def client(self) -> httpx.Client:
        """Asks as the client of any partner would."""
        return httpx.Client(
            base_url=self.host, auth=(self.user, self.password), timeout=600,
            headers={"Accept": MEDIA, "Content-Type": MEDIA},
        )  # fmt: skip


def post(server: Server, collection: str, envelopes: Sequence[bytes]) -> float:
    """Objects a second, one envelope after the other; each must have been taken as a whole."""
    taken, began = 0, time.perf_counter()
    with server.client() as client:
        for envelope in envelopes:
            answer = client.post(server.objects(collection), content=envelope)
            status = answer.raise_for_status().json()
            while status["status"] != "complete":
                time.sleep(0.002)
                path = f"{server.root}status/{status['id']}/"
                status = client.get(path).raise_for_status().json()
            if status["failure_count"]:
                sys.exit(f"{server.name} did not take everything: {json.dumps(status)[:500]}")
            taken += status["success_count"]
    return taken / (time.perf_counter() - began)


def pages(server: Server, collection: str, limit: int) -> list[str]:
    """The paths of all pages, as its own `next` names them."""
    first = f"{server.objects(collection)}?limit={limit}"
    found, path = [], first
    with server.client() as client:
        while path:
            found.append(path)
            page = client.get(path).raise_for_status().json()
            path = f"{first}&next={quote(page['next'], safe='')}" if page.get("more") else ""
    return found


def since(server: Server, collection: str, limit: int, every: int) -> list[str]:
    """Paths with `added_after` the last time of each `every`-th page."""
    found = []
    with server.client() as client:
        for path in pages(server, collection, limit)[::every]:
            added = client.get(path).headers["X-TAXII-Date-Added-Last"]
            found.append(f"{server.objects(collection)}?limit={limit}&added_after={added}")
    return found[:-1]  # behind the last there is nothing


def load(server: Server, paths: list[str], folder: Path, seconds: int) -> tuple[float, ...]:
    """Requests a second, p50 and p99 in ms, of wrk from core 1."""
    listed, script = folder / "paths", folder / "ask.lua"
    listed.write_text("\n".join(paths))
    word = base64.b64encode(f"{server.user}:{server.password}".encode()).decode()
    script.write_text(SCRIPT % (listed, word, MEDIA))
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", "--latency"]
    command += ["--timeout", "60s", "-s", str(script), f"-d{seconds}s", server.host]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"{server.name}: not every request was answered:\n{said}")
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    return rate, _milliseconds(said, "50%"), _milliseconds(said, "99%")


def crawl(server: Server, collection: str, limit: int) -> tuple[float, int]:
    """Objects a second of the official client, and how many objects it got."""
    url = f"{server.host}{server.root}collections/{collection}/"
    began, got = time.perf_counter(), 0
    where = Collection(url, user=server.user, password=server.password)
    for page in as_pages(where.get_objects, per_request=limit):
        got += len(page.get("objects", []))
    where.close()
    return got / (time.perf_counter() - began), got


def visible(server: Server, collection: str, times: int = 15) -> float:
    """Milliseconds (median) from the begin of a post until the object is found by its id."""
    found = []
    with server.client() as client:
        for _ in range(times):
            thing = _note()
            envelope = json.dumps({"objects": [thing]}).encode()
            began = time.perf_counter()
            client.post(server.objects(collection), content=envelope).raise_for_status()
            path = f"{server.objects(collection)}?match[id]={thing['id']}"
            while not client.get(path).raise_for_status().json().get("objects"):
                time.sleep(0.001)
            found.append((time.perf_counter() - began) * 1e3)
    return statistics.median(found)


def _note() -> dict[str, Any]:
    at = "2026-11-27T09:00:00.000Z"
    return {
        "type": "identity", "spec_version": "2.1", "id": f"identity--{uuid.uuid4()}",
        "name": "a name", "created": at, "modified": at,
    }  # fmt: skip


def _milliseconds(text: str, quantile: str) -> float:
    number, unit = re.findall(rf"{quantile}\s+([\d.]+)(us|ms|s)", text)[0]
    return float(number) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[unit]
