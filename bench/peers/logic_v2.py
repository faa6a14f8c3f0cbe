"""nomenklatura's logic-v2 behind its blocker, as a process that answers lines of JSON.

Runs in the environment that `make peers` makes and knows nothing of Stanch. Each line of standard
input is a request, each line of standard output its answer, with the seconds it took:

    {"do": "index", "entries": [ENTRY, ...]}                  {}
    {"do": "search", "subjects": [ENTRY, ...], "top": 10}     {"hits": [[[id, score], ...], ...]}
    {"do": "single", "subjects": [ENTRY, ...], "top": 10}     the same, and "each": [seconds, ...]
    {"do": "pairs", "pairs": [[ENTRY, ENTRY], ...]}           {"scores": [score, ...]}
    {"do": "memory"}                                          {"peak_kb": n}

ENTRY is {"id", "schema", "names", "weak", "births", "parts"}; parts are [property, text].

Subjects of a batch are blocked together, as nomenklatura does it; its cap on common tokens grows
with the batch, so that a name has the candidates that it would have alone (without that, "Kim" is
a stop word in a batch of a thousand).
"""

import json
import logging
import sys
import tempfile
import time
from pathlib import Path

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker import Index
from nomenklatura.blocker.index import DEFAULT_MAX_BUCKET_SIZE
from nomenklatura.matching.logic_v2.model import LogicV2
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore

DATASET = Dataset.make({"name": "bench", "title": "Bench"})
ALONE = DEFAULT_MAX_BUCKET_SIZE**2  # what the blocker's cap comes to for one subject


class Peer:
    """One index and the matcher."""

    def __init__(self) -> None:
        self.config = LogicV2.default_config()
        self.entries: dict[str, StatementEntity] = {}
        self.index: Index | None = None
        self.folder: tempfile.TemporaryDirectory[str] | None = None

    def build(self, rows: list[dict]) -> dict:
        if self.index is not None:
            self.index.close()
        self.folder = tempfile.TemporaryDirectory()
        store: MemoryStore = MemoryStore(DATASET, Linker({}))
        self.entries = {row["id"]: entity(row) for row in rows}
        with store.writer() as writer:
            for each in self.entries.values():
                writer.add_entity(each)
        self.index = Index(store.default_view(), Path(self.folder.name))
        self.index.build()
        return {}

    def search(self, rows: list[dict], top: int) -> dict:
        subjects = {row["id"]: entity(row) for row in rows}
        self.index.max_match_pair_cost = ALONE * len(subjects)
        hits: dict[str, list] = {key: [] for key in subjects}
        for key, candidates in self.index.match_entities(subjects.values()):
            scored = [
                [id_.id, LogicV2.compare(subjects[key.id], self.entries[id_.id], self.config).score]
                for id_, _ in candidates
            ]
            scored = [each for each in scored if each[1] > 0]
            hits[key.id] = sorted(scored, key=lambda each: (-each[1], each[0]))[:top]
        return {"hits": [hits[row["id"]] for row in rows]}

    def single(self, rows: list[dict], top: int) -> dict:
        hits, each = [], []
        for row in rows:
            start = time.perf_counter()
            hits += self.search([row], top)["hits"]
            each.append(time.perf_counter() - start)
        return {"hits": hits, "each": each}

    def pairs(self, pairs: list) -> dict:
        scores = [
            LogicV2.compare(entity(left), entity(right), self.config).score for left, right in pairs
        ]
        return {"scores": scores}


def entity(row: dict) -> StatementEntity:
    properties = {"name": row["names"]} | {key: [text] for key, text in row.get("parts", ())}
    if row.get("weak"):
        properties["weakAlias"] = row["weak"]
    if row.get("births"):
        properties["birthDate"] = row["births"]
    data = {"id": row["id"], "schema": row["schema"], "properties": properties}
    return StatementEntity.from_data(DATASET, data)


def peak_kb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def answer(peer: Peer, request: dict) -> dict:
    match request["do"]:
        case "index":
            return peer.build(request["entries"])
        case "search":
            return peer.search(request["subjects"], request["top"])
        case "single":
            return peer.single(request["subjects"], request["top"])
        case "pairs":
            return peer.pairs(request["pairs"])
        case "memory":
            return {"peak_kb": peak_kb()}
    raise SystemExit(f"unknown request {request['do']!r}")


def main() -> None:
    logging.disable(logging.INFO)
    peer = Peer()
    for line in sys.stdin:
        start = time.perf_counter()
        given = answer(peer, json.loads(line))
        given["seconds"] = time.perf_counter() - start
        print(json.dumps(given), flush=True)


if __name__ == "__main__":
    main()
