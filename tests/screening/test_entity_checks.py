"""Labelled checks of one subject against one entry, among the entries of the real lists.

How much a name is worth hangs on how rare its words are, so the candidates of the checks stand in
an index with all others. A check passes where the score stands on the right side of one half.
"""

import json
from pathlib import Path

import pytest
import yaml

from stanch.model.hits import Subject
from stanch.model.listed import PRIMARY, Entry, ListedName
from stanch.screening.index import Index

# As measured; to be raised with each rule that the matcher learns. At its best threshold it is 208.
PASSED = 192

_PARTS = {
    "firstName": "given",
    "middleName": "middle",
    "fatherName": "patronymic",
    "lastName": "family",
}


@pytest.fixture(scope="module")
def screening(data_dir: Path) -> Path:
    folder = data_dir / "screening"
    if not folder.is_dir():
        pytest.skip(f"no screening data at {folder}")
    return folder


def _whole(side: dict[str, str]) -> str:
    return side.get("name") or " ".join(side[part] for part in _PARTS if part in side)


def _candidate(number: int, schema: str, side: dict[str, str]) -> Entry:
    parts = tuple((role, side[part]) for part, role in _PARTS.items() if part in side)
    return Entry(str(number), schema, (ListedName(_whole(side), PRIMARY, parts),))


def _others(screening: Path) -> list[Entry]:
    lines = (screening / "bench" / "index.jsonl").read_text("utf-8").splitlines()
    rows = map(json.loads, lines)
    return [Entry(row["id"], row["schema"], tuple(map(ListedName, row["names"]))) for row in rows]


@pytest.mark.slow
def test_entity_checks(screening: Path) -> None:
    text = (screening / "pairs" / "entity_checks.yml").read_text("utf-8")
    checks = yaml.safe_load(text)["checks"]
    assert len(checks) == 228
    listed = [
        ("checks", "1", _candidate(number, check["schema"], check["candidate"]))
        for number, check in enumerate(checks)
    ]
    index = Index.of([*listed, *(("lists", "1", entry) for entry in _others(screening))])
    subjects = [
        Subject(str(number), (_whole(check["query"]),), check["schema"])
        for number, check in enumerate(checks)
    ]
    found = index.search(subjects, top=500, threshold=0.5)
    wrong = [
        (subject.id, subject.names[0], _whole(check["candidate"]))
        for subject, check, hits in zip(subjects, checks, found, strict=True)
        if check["match"] != any(hit.entry == subject.id for hit in hits)
    ]
    assert len(checks) - len(wrong) >= PASSED, wrong
