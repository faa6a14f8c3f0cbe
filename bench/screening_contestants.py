"""Who is measured: Stanch, a rapidfuzz scan, and nomenklatura's logic-v2 behind its blocker.

Each takes the same rows and gives the same predictions. logic-v2 runs in an environment of its own
(`make peers`), spoken to in lines of JSON.
"""

import json
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from screening_data import Pair, Row
from screening_measure import TOP, Hits

ROOT = Path(__file__).resolve().parent.parent
PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PEER = ROOT / "bench" / "peers" / "logic_v2.py"
PEERS_MISSING = (
    "nomenklatura's logic-v2 is not here, so it is missing below: run `make peers` once to make "
    ".venv-peers, then this again."
)
CHUNK = 1_000
LEAST = 0.001
SYLLABLE = re.compile("[\uac00-\ud7a3\u3400-\u9fff]")


class Contestant(Protocol):
    """What every matcher is asked."""

    name: str
    published: float | None  # the threshold that its makers advise

    def build(self, rows: Sequence[Row]) -> None: ...

    def search(self, subjects: Sequence[Row], top: int = TOP) -> list[Hits]: ...

    def single(self, subjects: Sequence[Row], top: int = TOP) -> list[float]:
        """Seconds of each of these queries, asked one by one."""
        ...

    def pairs(self, pairs: Sequence[Pair]) -> list[float]: ...

    def close(self) -> None: ...


class Stanch:
    """The product itself. A pair is an index of one entry.

    Whoever scores below `least` is no answer: going through all of them would only cost time.
    """

    name = "stanch"

    def __init__(self) -> None:
        from screening_entries import published

        self.published: float | None = published()
        self.least = LEAST
        self.index = None

    def index_of(self, rows: Sequence[Row]):
        from screening_entries import index_of

        return index_of(rows)

    def build(self, rows: Sequence[Row]) -> None:
        self.index = self.index_of(rows)

    def search(self, subjects: Sequence[Row], top: int = TOP) -> list[Hits]:
        return _answers(self.index, subjects, top, self.least)

    def single(self, subjects: Sequence[Row], top: int = TOP) -> list[float]:
        return timed(lambda row: _answers(self.index, [row], top, self.least), subjects)

    def pairs(self, pairs: Sequence[Pair]) -> list[float]:
        answers = (_answers(self.index_of([pair.right]), [pair.left], 1, 0.0)[0] for pair in pairs)
        return [hits[0][1] if hits else 0.0 for hits in answers]

    def close(self) -> None:
        self.index = None


def _answers(index, subjects: Sequence[Row], top: int, least: float) -> list[Hits]:
    from screening_entries import subject

    found = index.search([subject(row) for row in subjects], top, least)
    return [[(hit.entry, hit.score) for hit in hits] for hits in found]


class Scan:
    """rapidfuzz's token_sort_ratio over every listed name in ASCII, best name of each entry.

    Without anyascii it finds nothing across scripts.
    """

    name = "rapidfuzz scan"
    published = None
    cutoff: float | None = None  # of a single query

    def build(self, rows: Sequence[Row]) -> None:
        owned = [(plain_latin(name), row.id) for row in rows for name in row.names]
        self.names = [name for name, _ in owned]
        self.owners = [owner for _, owner in owned]

    def search(self, subjects: Sequence[Row], top: int = TOP) -> list[Hits]:
        import numpy as np
        from rapidfuzz import fuzz, process

        width = min(20 * top, len(self.names))  # an entry may own many of the best names
        found: list[Hits] = []
        for chunk in chunks(subjects, CHUNK):
            asked = [plain_latin(row.names[0]) for row in chunk]
            scorer = fuzz.token_sort_ratio
            table = process.cdist(asked, self.names, scorer=scorer, workers=1)
            for line in table:
                order = np.argpartition(-line, width - 1)[:width]
                found.append(self._owned(order[np.lexsort((order, -line[order]))], line, top))
        return found

    def _owned(self, order, line, top: int) -> Hits:
        scores: dict[str, float] = {}
        for at in order:
            scores.setdefault(self.owners[at], float(line[at]) / 100)
            if len(scores) == top:
                break
        return list(scores.items())

    def single(self, subjects: Sequence[Row], top: int = TOP) -> list[float]:
        return timed(lambda row: self.extract(row, top), subjects)

    def extract(self, row: Row, top: int) -> None:
        """As most would write it."""
        from rapidfuzz import fuzz, process

        asked = plain_latin(row.names[0])
        process.extract(
            asked, self.names, scorer=fuzz.token_sort_ratio, limit=top, score_cutoff=self.cutoff
        )

    def pairs(self, pairs: Sequence[Pair]) -> list[float]:
        from rapidfuzz import fuzz

        sides = ((plain_latin(p.left.names[0]), plain_latin(p.right.names[0])) for p in pairs)
        return [fuzz.token_sort_ratio(left, right) / 100 for left, right in sides]

    def close(self) -> None:
        self.names, self.owners = [], []


class LogicV2:
    """nomenklatura's matcher on the candidates of its blocker, in a process of its own."""

    name = "logic-v2"
    published = 0.7

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [PEER_PYTHON, PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    @staticmethod
    def available() -> bool:
        return PEER_PYTHON.exists()

    def ask(self, **request: object) -> dict:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{PEER} ended with {self.process.wait()}; what it said stands above")
        return json.loads(line)

    def build(self, rows: Sequence[Row]) -> None:
        self.ask(do="index", entries=_plain(rows))

    def search(self, subjects: Sequence[Row], top: int = TOP) -> list[Hits]:
        found: list[Hits] = []
        for chunk in chunks(subjects, CHUNK):
            found += self.ask(do="search", subjects=_plain(chunk), top=top)["hits"]
        return found

    def single(self, subjects: Sequence[Row], top: int = TOP) -> list[float]:
        return self.ask(do="single", subjects=_plain(subjects), top=top)["each"]

    def pairs(self, pairs: Sequence[Pair]) -> list[float]:
        sides = [_plain((pair.left, pair.right)) for pair in pairs]
        return self.ask(do="pairs", pairs=sides)["scores"]

    def memory(self) -> int:
        """Peak memory of its process, in KB."""
        return self.ask(do="memory")["peak_kb"]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def plain_latin(name: str) -> str:
    """A name in ASCII, with a space behind each Hangul syllable and Chinese character."""
    from anyascii import anyascii
    from rapidfuzz import utils

    return utils.default_process(anyascii(SYLLABLE.sub(r"\g<0> ", name)))


def _plain(rows: Sequence[Row]) -> list[dict]:
    return [
        {key: getattr(row, key) for key in ("id", "schema", "names", "weak", "births", "parts")}
        for row in rows
    ]


def timed(ask, subjects: Sequence[Row]) -> list[float]:
    each = []
    for row in subjects:
        start = time.perf_counter()
        ask(row)
        each.append(time.perf_counter() - start)
    return each


def chunks(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for at in range(0, len(rows), size):
        yield rows[at : at + size]
