"""The files that `stanch personas link` writes, read as clusters: who was tied to whom, and why.

`clusters.csv` says of each record its operator and its farm, `links.csv` what ties two of them,
`people.csv` who is to be looked at first. A record alone is counted, and stays where it is. In the
files a cluster is called by one of its records, who may be erased; here it has a number.
"""

import csv
import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, TypeVar

from stanch.formats.persona_result.accounts import as_account
from stanch.formats.persona_result.cluster import (
    FARM,
    LEVELS,
    MOST_LINKS,
    MOST_RECORDS,
    MOST_WALLETS,
    OPERATOR,
    Cluster,
    checked,
    microbits,
)
from stanch.formats.persona_result.document import MOST, Result, held_to
from stanch.model.personas.tables import CLUSTERS_OUT, LINKS_OUT, PEOPLE_OUT

CLUSTERS: Final = "clusters.csv"
LINKS: Final = "links.csv"
PEOPLE: Final = "people.csv"
MANIFEST: Final = "manifest.json"
WALLETS: Final = "wallets.csv"  # who was paid where, if pay was looked at
NEEDED: Final = (CLUSTERS, LINKS, PEOPLE, MANIFEST)
FILES: Final = (*NEEDED, WALLETS)
WALLET_COLUMNS: Final = ("record_id", "account", "role", "via")

csv.field_size_limit(1 << 20)
_Read = TypeVar("_Read")
_Key = tuple[str, str]  # level and name


@dataclass
class _Groups:
    """Records by cluster, and of each record its operator and farm."""

    of: dict[str, tuple[str, str]] = field(default_factory=dict)
    records: dict[_Key, list[str]] = field(default_factory=lambda: defaultdict(list))

    def of_both(self, a: str, b: str) -> list[_Key]:
        """The clusters in which a link lies: the operator of both, and the farm of both."""
        left, right = self.of.get(a, ("", "")), self.of.get(b, ("", ""))
        pairs = zip(LEVELS, left, right, strict=True)
        return [(level, one) for level, one, other in pairs if one and one == other]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What clusters are called; what is said of records, by their ids; of clusters what ties them,
    and their wallets.
    """

    called: Mapping[_Key, str]
    people: Mapping[str, Any]
    links: Mapping[_Key, list[Any]]
    wallets: Mapping[_Key, list[dict[str, str]]]

    def person(self, record: str) -> dict[str, Any]:
        """What is said of a record."""
        unseen = {"priority": 0, "microbits": 0, "reasons": []}
        return {**self.people.get(record, unseen), "record": record}


def read(files: Mapping[str, bytes], most: int = MOST) -> Result:
    """The result that the files hold, its `most` first clusters by priority.

    Raises ValueError with the file, the row and a short reason.
    """
    for name in NEEDED:
        if name not in files:
            raise ValueError(f"{name}: is missing")
    methods = _methods(files[MANIFEST])
    groups = _groups(files[CLUSTERS])
    people = {row["record_id"]: row for row in _rows(files, PEOPLE, PEOPLE_OUT, _person)}
    wanted = {key: ids for key, ids in groups.records.items() if _is_one(groups, key, ids)}
    order = sorted(wanted, key=lambda key: _rank(key, wanted[key], people))
    called = _numbered(order)
    chosen = set(order[:most])
    beside = _Beside(called, people, _links(files, groups, chosen), _wallets(files, groups))
    clusters = [_cluster(key, groups, beside) for key in order[:most]]
    manifest = f"sha256:{hashlib.sha256(files[MANIFEST]).hexdigest()}"
    said = {
        "manifest": manifest, "methods": methods, "records": len(groups.of),
        "left_out": len(order) - len(clusters),
    }  # fmt: skip
    return held_to(said, tuple(clusters))


def _methods(manifest: bytes) -> tuple[str, ...]:
    try:
        said: Any = json.loads(manifest)
        found = said.get("methods", said.get("evidence", ())) if isinstance(said, dict) else None
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, Mapping):
        found = sorted(found)
    if not isinstance(found, Sequence) or not all(isinstance(each, str) for each in found):
        raise ValueError(f"{MANIFEST}: is no manifest with its methods")
    return tuple(found)


def _groups(data: bytes) -> _Groups:
    groups = _Groups()
    for row in _rows({CLUSTERS: data}, CLUSTERS, CLUSTERS_OUT, dict):
        record, operator, farm = (row[name] for name in CLUSTERS_OUT)
        if record in groups.of:
            raise ValueError(f"{CLUSTERS}: {record[:80]!r} is there more than once")
        groups.of[record] = operator, farm
        for key in ((OPERATOR, operator), (FARM, farm)):
            if key[1]:
                groups.records[key].append(record)
    return groups


def _is_one(groups: _Groups, key: _Key, ids: Sequence[str]) -> bool:
    """Whether it is a question: an operator of two or more, a farm of more than one operator."""
    if key[0] == OPERATOR:
        return len(ids) > 1
    return len(ids) > 1 and len({groups.of[each][0] or each for each in ids}) > 1


def _rank(key: _Key, ids: Sequence[str], people: Mapping[str, Any]) -> tuple[Any, ...]:
    """First the highest priority, then the most bits; an operator before its farm."""
    known = [people[each] for each in ids if each in people]
    priority = max((each["priority"] for each in known), default=0)
    bits = max((each["microbits"] for each in known), default=0)
    return -priority, -bits, key[0] == FARM, key[1]


def _numbered(order: Sequence[_Key]) -> dict[_Key, str]:
    """What each is called: by its level, and its place among those of the level."""
    short, counts = {OPERATOR: "op", FARM: "farm"}, dict.fromkeys(LEVELS, 0)
    found = {}
    for key in order:
        counts[key[0]] += 1
        found[key] = f"{short[key[0]]}-{counts[key[0]]}"
    return found


def _links(files: Mapping[str, bytes], groups: _Groups, chosen: set[_Key]) -> dict[_Key, list[Any]]:
    found: dict[_Key, list[Any]] = defaultdict(list)
    for row in _rows(files, LINKS, LINKS_OUT, _link):
        for key in groups.of_both(row["a"], row["b"]):
            if key in chosen:
                found[key].append(row)
    return found


def _wallets(files: Mapping[str, bytes], groups: _Groups) -> dict[_Key, list[dict[str, str]]]:
    found: dict[_Key, list[dict[str, str]]] = defaultdict(list)
    if WALLETS not in files:
        return found
    for row in _rows(files, WALLETS, WALLET_COLUMNS, dict):
        operator, farm = groups.of.get(row["record_id"], ("", ""))
        account, via = as_account(row["account"]), as_account(row["via"])
        said = {**row, "record": row["record_id"], "account": account, "via": via}
        for key in ((OPERATOR, operator), (FARM, farm)):
            found[key].append(said)
    return found


def _cluster(key: _Key, groups: _Groups, beside: _Beside) -> Cluster:
    records = sorted(map(beside.person, groups.records[key]), key=_first)[:MOST_RECORDS]
    ids = {each["record"] for each in records}
    tied = [each for each in beside.links.get(key, ()) if ids >= {each["a"], each["b"]}]
    tied.sort(key=lambda each: (-each["microbits"], each["a"], each["b"]))
    wallets = [each for each in beside.wallets.get(key, ()) if each["record"] in ids]
    try:
        return checked(
            {
                "level": key[0],
                "name": beside.called[key],
                "farm": beside.called.get((FARM, groups.of[records[0]["record"]][1]), ""),
                "records": records,
                "unnamed": len(groups.records[key]) - len(records),
                "links": tied[:MOST_LINKS],
                "left_out": len(tied[MOST_LINKS:]),
                "wallets": wallets[:MOST_WALLETS],
            }
        )
    except ValueError as error:
        raise ValueError(f"{key[0]}, {beside.called[key]} by priority: {error}") from None


def _first(record: Mapping[str, Any]) -> tuple[int, int, str]:
    """Sorts records as they are looked at."""
    return -record["priority"], -record["microbits"], record["record"]


def _person(row: Mapping[str, str]) -> dict[str, Any]:
    reasons = [each for each in row["reasons"].split("\n") if each.strip()]
    priority = row["priority"]
    if not (priority.isascii() and priority.isdigit() and len(priority) < 10):
        raise ValueError(f"priority: {priority[:40]!r} is no number from 0 on")
    said = {"record_id": row["record_id"], "farm_id": row["farm_id"], "priority": int(priority)}
    return {**said, "microbits": microbits(row["bits"]), "reasons": reasons}


def _link(row: Mapping[str, str]) -> dict[str, Any]:
    try:
        pieces: Any = json.loads(row["evidence"], parse_float=Decimal)
    except (ValueError, RecursionError):
        raise ValueError("evidence: is no JSON") from None
    if not isinstance(pieces, list) or not all(isinstance(each, dict) for each in pieces):
        raise ValueError("evidence: is no list of objects")
    return {
        "a": row["record_a"], "b": row["record_b"], "level": row["level"],
        "microbits": microbits(row["bits"]), "evidence": [_piece(each) for each in pieces],
    }  # fmt: skip


def _piece(said: Mapping[str, Any]) -> dict[str, Any]:
    """With the numbers that stand beside it, and nothing else: texts might be somebody's."""
    beside = {**said, **said["detail"]} if isinstance(said.get("detail"), dict) else said
    numbers = {
        key: str(value) if isinstance(value, Decimal) else value
        for key, value in beside.items()
        if key not in ("evidence", "bits") and _is_number(value)
    }
    bits = microbits(said.get("bits"))
    return {"evidence": said.get("evidence"), "microbits": bits, "detail": numbers}


def _is_number(value: object) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53


def _rows(
    files: Mapping[str, bytes], name: str, columns: Sequence[str],
    of: Callable[[Mapping[str, str]], _Read],
) -> Iterator[_Read]:  # fmt: skip
    try:
        stream = io.TextIOWrapper(io.BytesIO(files[name]), "utf-8-sig", newline="")
        reader = csv.DictReader(stream, strict=True)
        if not set(columns) <= set(reader.fieldnames or ()):
            raise ValueError(f"has no columns {', '.join(columns)}")
        for row in reader:
            try:
                yield of({each: row[each] or "" for each in columns})
            except ValueError as error:
                raise ValueError(f"line {reader.line_num}: {error}") from None
    except (ValueError, csv.Error) as error:  # UnicodeDecodeError is a ValueError
        raise ValueError(f"{name}: {error}") from None
