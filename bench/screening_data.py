"""The data of the benchmarks of screening: the index with its variants, queries, innocents, pairs.

A folder of queries (`bench/dev`, or another of the same making) holds `queries.jsonl` and
`innocents.jsonl`; `index.jsonl` and `removals.json` stand in it or beside it. The index says no
birth dates, so those that the lists at hand give for the same entries are joined to it; where
`lists/` is absent, entries have none.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from screening_births import births_in

FULL = "full"
LATIN_ONLY = "latin_only"
INNOCENTS = ("negatives_global", "negatives_us")


@dataclass(frozen=True, slots=True)
class Row:
    """One side of a comparison, listed or not. Dates are ISO 8601, as far as they are known."""

    id: str
    schema: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    list: str = ""
    programs: str = ""
    dprk: bool = False
    parts: tuple[tuple[str, str], ...] = ()  # (property as FollowTheMoney names it, text)


@dataclass(frozen=True, slots=True)
class Query:
    """A name to be found: its set, the entries that are right, the variant of the index."""

    row: Row
    set: str
    gold: frozenset[str]
    variant: str


@dataclass(frozen=True, slots=True)
class Innocent:
    """A name that nobody should be alerted to; a homonym shares its name with somebody listed."""

    row: Row
    set: str
    homonym: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that are one, or are not."""

    left: Row
    right: Row
    match: bool
    group: str


class Screening:
    """All of it, read from a folder such as ../shared/data/screening."""

    def __init__(self, data: Path, half: Path | None = None) -> None:
        self.data = data
        self.half = half or data / "bench" / "dev"
        births = births_in(data / "lists")
        self.rows = [_row(each, births) for each in _lines(self._beside("index.jsonl"))]
        self.removals = json.loads(self._beside("removals.json").read_text("utf-8"))
        self.queries = [
            Query(_asked(q), q["set"], frozenset(q["gold"]), q["index_variant"])
            for q in _lines(self.half / "queries.jsonl")
        ]
        self.innocents = [
            Innocent(_asked(q), q["set"], q["homonym"])
            for q in _lines(self.half / "innocents.jsonl")
        ]

    def _beside(self, name: str) -> Path:
        places = (self.half / name, self.half.parent / name, self.data / "bench" / name)
        return next((place for place in places if place.exists()), places[-1])

    def variants(self) -> list[str]:
        """Variants that some query asks for, and the full index."""
        return sorted({q.variant for q in self.queries} | {FULL})

    def index(self, variant: str) -> list[Row]:
        """Entries of one variant; one that loses all its names is left out."""
        if variant == FULL:
            return self.rows
        if variant == LATIN_ONLY:
            kept = (_without(row, _foreign) if row.dprk else row for row in self.rows)
        else:
            gone: dict[str, set[str]] = {}
            for group in self.removals[variant]:
                for member in group["members"]:
                    gone.setdefault(member, set()).update(group["remove_norm"])
            kept = (
                _without(row, lambda name, gone=gone[row.id]: folded(name) in gone)
                if row.id in gone
                else row
                for row in self.rows
            )
        return [row for row in kept if row.names or row.weak]

    def clusters(self) -> dict[str, str]:
        """The first entry of the cluster that an entry belongs to, as far as the data says it."""
        groups = [set(q.gold) for q in self.queries]
        groups += [set(g["members"]) for each in self.removals.values() for g in each]
        first: dict[str, str] = {}
        for group in groups:
            group |= {other for other, at in first.items() if at in {first.get(m) for m in group}}
            first |= dict.fromkeys(group, min(group))
        return first

    def many_innocents(self, name: str) -> list[Row]:
        """One of the two files of innocents with birth dates."""
        with (self.data / "innocents" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return [
                Row(f"{name}-{at}", "Person", (r["full_name"],), births=(r["date_of_birth"],))
                for at, r in enumerate(csv.DictReader(file))
            ]

    def name_pairs(self) -> list[Pair]:
        file = self.data / "pairs" / "name_bench_cases.csv"
        with file.open(encoding="utf-8", newline="") as stream:
            return [
                Pair(
                    Row(f"left-{at}", r["schema"], (r["name1"],)),
                    Row(f"right-{at}", r["schema"], (r["name2"],)),
                    r["is_match"] == "true",
                    r["case_group"],
                )
                for at, r in enumerate(csv.DictReader(stream))
            ]

    def checks(self) -> list[Pair]:
        """Entity checks. `match: false` means that the score stays below the threshold."""
        import yaml

        text = (self.data / "pairs" / "entity_checks.yml").read_text("utf-8")
        return [
            Pair(
                _checked(f"left-{at}", each["schema"], each["query"]),
                _checked(f"right-{at}", each["schema"], each["candidate"]),
                each["match"],
                each.get("label", "unlabelled"),
            )
            for at, each in enumerate(yaml.safe_load(text)["checks"])
        ]


def folded(name: str) -> str:
    """As the removals compare names: NFKD, no accents or apostrophes, folded, words sorted."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"['’‘`ʼ]", "", plain.casefold()))
    return " ".join(sorted(words))


def script(name: str) -> str:
    """Script of most letters of a name, as Unicode calls it; kana makes a name Japanese."""
    found: dict[str, int] = {}
    for letter in filter(str.isalpha, name):
        word = unicodedata.name(letter, "UNKNOWN").split()[0]
        word = {"CJK": "HAN", "HIRAGANA": "KANA", "KATAKANA": "KANA"}.get(word, word)
        found[word] = found.get(word, 0) + 1
    return max(found, key=lambda word: (word == "KANA", found[word], word), default="NONE").title()


def _foreign(name: str) -> bool:
    return any(script(letter) != "Latin" for letter in name if letter.isalpha())


def _without(row: Row, gone) -> Row:
    names = tuple(name for name in row.names if not gone(name))
    return replace(row, names=names, weak=tuple(name for name in row.weak if not gone(name)))


def _row(each: dict, births: dict[str, tuple[str, ...]]) -> Row:
    names, weak = tuple(each["names"]), tuple(each["weak"])
    born = births.get(each["id"], ()) if each["schema"] == "Person" else ()
    identity = each["id"], each["schema"]
    return Row(*identity, names, weak, born, each["list"], each["programs"], each["dprk"])


def _asked(query: dict) -> Row:
    return Row(query["qid"], query["schema"], (query["query"],))


def _checked(id_: str, schema: str, side: dict) -> Row:
    order = ("firstName", "middleName", "fatherName", "lastName")
    parts = tuple((part, side[part]) for part in order if part in side)
    whole = side.get("name") or " ".join(text for _, text in parts)
    return Row(id_, schema, (whole,), parts=parts)


def _lines(file: Path) -> Iterator[dict]:
    with file.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def with_births(rows: Iterable[Row], births: bool) -> list[Row]:
    return [replace(row, births=()) if row.births and not births else row for row in rows]
