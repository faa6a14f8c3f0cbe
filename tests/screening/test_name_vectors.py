"""Frozen answers of name@1: pairs of names of all kinds, with what one says of the other.

A pair is [schema, name asked for, listed name, points]; null where it is no match at all. The list
is the listed names of all pairs, so that words are as common as they are there. What a released
method gives never changes. Before its release, write the points anew with

    STANCH_REWRITE_VECTORS=1 .venv/bin/python -m pytest tests/screening/test_name_vectors.py

and read the difference. Hidden characters stand in the file as escapes.
"""

import json
import os

import pytest

from stanch.model.hits import Subject
from stanch.model.listed import PRIMARY, Entry, ListedName
from stanch.screening.index import Index
from tests.conftest import ROOT

FILE = ROOT / "tests" / "vectors" / "name@1.json"
REWRITE = "STANCH_REWRITE_VECTORS"
EVERYTHING = 1000  # hits: each entry that matches at all


def vectors() -> list[tuple[str, str, str, float | None]]:
    return [tuple(row) for row in json.loads(FILE.read_text("utf-8"))]


def answers() -> list[float | None]:
    pairs = vectors()
    entries = [
        ("list", "1", Entry(str(at), schema, (ListedName(listed, PRIMARY),)))
        for at, (schema, _, listed, _) in enumerate(pairs)
    ]
    asked = [Subject(str(at), (name,), schema) for at, (schema, name, _, _) in enumerate(pairs)]
    found = Index.of(entries).search(asked, EVERYTHING, 0.0)
    return [
        next((hit.points for hit in hits if hit.entry == str(at)), None)
        for at, hits in enumerate(found)
    ]


def escaped(text: str) -> str:
    """Visible letters as they are, all else as JSON escapes."""
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)


def written() -> str:
    rows = (
        json.dumps([*pair[:3], points], ensure_ascii=False)
        for pair, points in zip(vectors(), answers(), strict=True)
    )
    return "[\n" + ",\n".join(map(escaped, rows)) + "\n]\n"


def test_points_are_those_of_the_release():
    if os.environ.get(REWRITE):
        FILE.write_text(written(), "utf-8")
        pytest.skip("the points were written anew: read the difference")
    for pair, points in zip(vectors(), answers(), strict=True):
        assert points == pytest.approx(pair[3], abs=0.01), pair


def test_all_kinds_of_names_are_among_them():
    pairs = vectors()
    assert len(pairs) == len({pair[:3] for pair in pairs}) >= 150
    assert {pair[0] for pair in pairs} == {"Person", "Organization", "Vessel", "LegalEntity"}
    found = [pair for pair in pairs if pair[3] is not None and pair[3] >= 0.0]
    assert len(pairs) / 3 < len(found) < 0.9 * len(pairs)
