"""One contestant on all the data, and what peers answered before."""

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from screening_contestants import Contestant, Stanch
from screening_data import FULL, INNOCENTS, Row, Screening, with_births
from screening_measure import TOP, Hits

FORM = 1  # one more when peers are asked differently
SPARE = 3  # entries asked for each one wanted: a cluster may hold several


@dataclass(slots=True)
class Answers:
    """What one contestant answered: hits by query and innocent, scores of pairs and checks.

    `dated` is the top score of each innocent with a birth date, against entries with theirs.
    """

    name: str
    published: float | None
    hits: dict[str, Hits] = field(default_factory=dict)
    pairs: list[float] = field(default_factory=list)
    checks: list[float] = field(default_factory=list)
    dated: dict[str, float] = field(default_factory=dict)


def run(kind: type[Contestant], data: Screening, work: Path, innocents: int) -> Answers:
    """All answers of one contestant; a peer's come from `work` where they are known."""
    kept = work / f"screening-{kind.name.replace(' ', '-')}-{digest(data, innocents)}.json"
    if kind is not Stanch and kept.exists():
        return Answers(**json.loads(kept.read_text("utf-8")))
    contestant = kind()
    answers = Answers(kind.name, contestant.published)
    names(contestant, data, answers, data.variants())
    answers.pairs = contestant.pairs(data.name_pairs())
    answers.checks = contestant.pairs(data.checks())
    if innocents:
        dated(contestant, data, answers, innocents)
    contestant.close()
    if kind is not Stanch:
        work.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(asdict(answers)), "utf-8")
    return answers


def names(
    contestant: Contestant, data: Screening, answers: Answers, variants: Iterable[str]
) -> None:
    """Queries against their variant of the index, innocents against all of it; no dates.

    Of an innocent only the best hit counts.
    """
    first = data.clusters()
    for variant in variants:
        asked = [query.row for query in data.queries if query.variant == variant]
        others = [innocent.row for innocent in data.innocents] if variant == FULL else []
        many = len(asked) + len(others)
        print(f"{contestant.name}: {many:,} names, index {variant}", file=sys.stderr)
        contestant.build(with_births(data.index(variant), births=False))
        for row, hits in zip(asked, contestant.search(asked, SPARE * TOP), strict=True):
            answers.hits[row.id] = distinct(hits, first)
        for row, hits in zip(others, contestant.search(others, 1), strict=True):
            answers.hits[row.id] = hits


def dated(contestant: Contestant, data: Screening, answers: Answers, count: int) -> None:
    contestant.build(data.index(FULL))
    for name in INNOCENTS:
        asked: Sequence[Row] = data.many_innocents(name)[:count]
        print(f"{contestant.name}: {len(asked):,} of {name}", file=sys.stderr)
        for row, hits in zip(asked, contestant.search(asked, 1), strict=True):
            answers.dated[row.id] = hits[0][1] if hits else 0.0


def distinct(hits: Hits, first: dict[str, str]) -> Hits:
    """The best hit of each cluster, ten at most."""
    kept: dict[str, tuple[str, float]] = {}
    for entry, score in hits:
        kept.setdefault(first.get(entry, entry), (entry, score))
    return list(kept.values())[:TOP]


def digest(data: Screening, innocents: int) -> str:
    """Of everything that a peer's answers depend on."""
    here = Path(__file__).parent
    files = [
        *sorted(data.half.glob("*.jsonl")),
        *sorted((data.data / "bench").glob("*.json*")),
        *sorted(path for part in ("pairs", "innocents") for path in (data.data / part).iterdir()),
        here / "screening_births.py",
        here / "peers" / "requirements.txt",
        here / "peers" / "logic_v2.py",
    ]
    found = hashlib.sha256(f"{FORM}/{innocents}".encode())
    for file in files:
        if file.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()[:12]
