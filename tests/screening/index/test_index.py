"""What an answer says is what was counted, and the same however the index came to be."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.model.hits import Hit, Subject
from stanch.model.listed import PRIMARY, WEAK, Entry, ListedDate, ListedName
from stanch.screening.identifiers.hits import probability
from stanch.screening.index import Index
from stanch.screening.index.build import build
from stanch.screening.index.evidence import name_evidence
from stanch.screening.index.search import Asked, NameSearch
from stanch.screening.names.analysis import family
from stanch.store.arrays import map_arrays, write_arrays
from tests.conftest import ROOT
from tests.screening.index.lists import KOREAN, NAMES, ORGANISATIONS, OTHERS, SCHEMAS, entries

ALL = (*KOREAN, *OTHERS, *ORGANISATIONS)
BORN = ListedDate("1984", "1984-01-01", "1984-12-31")


def listed(found: list[Entry]) -> list[tuple[str, str, Entry]]:
    return [("list", "1", entry) for entry in found]


def everybody() -> list[tuple[str, str, Entry]]:
    """One entry for each name, of each schema."""
    return listed([
        Entry(f"{schema}-{place}", schema, (ListedName(name, WEAK if place % 5 else PRIMARY),))
        for schema in ("Person", "Organization")
        for place, name in enumerate(ALL)
    ])  # fmt: skip


def subjects() -> list[Subject]:
    return [
        Subject(f"{schema}/{name}", (name,), schema, births=(BORN,) if place % 2 else ())
        for place, name in enumerate(ALL)
        for schema in ("Person", "Organization", "")
    ]


def digest(hits: list[tuple[Hit, ...]]) -> str:
    return hashlib.sha256(repr(hits).encode()).hexdigest()


@settings(max_examples=150)
@given(entries(), NAMES, st.sampled_from(SCHEMAS))
def test_the_evidence_is_what_was_counted(found, text, schema):
    search = NameSearch(build(found))
    (matches,) = search.search([Asked(text, family(schema), -1000.0)])
    for match in matches:
        name = found[match.entry].names[search.arrays["name_place"][match.name]]
        said = name_evidence(search, match, name)
        assert sum(each.points for each in said) == pytest.approx(match.points, abs=0.01)


@settings(max_examples=100)
@given(entries(), NAMES, st.sampled_from(SCHEMAS), st.sampled_from((0.0, 0.1, 0.5, 0.9)))
def test_points_and_ranks_of_hits(found, text, schema, threshold):
    (hits,) = Index.of(listed(found)).search([Subject("s", (text,), schema)], 3, threshold)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.entry for hit in hits}) == len(hits) <= 3
    assert [hit.points for hit in hits] == sorted((hit.points for hit in hits), reverse=True)
    for hit in hits:
        assert sum(each.points for each in hit.evidence) == pytest.approx(hit.points, abs=0.01)
        assert hit.score == probability(hit.points) >= threshold
        assert hit.name in {name.text for entry in found for name in entry.names}
        assert (hit.subject, hit.list, hit.version, hit.method) == ("s", "list", "1", "name@1")


def test_two_builds_are_the_same_bytes():
    one, two = Index.arrays_of(everybody()), Index.arrays_of(everybody())
    assert one.keys() == two.keys()
    for name, array in one.items():
        assert array.dtype == two[name].dtype, name
        assert array.tobytes() == two[name].tobytes(), name


def test_hits_are_the_same_from_disk_and_in_another_process(tmp_path: Path):
    arrays = Index.arrays_of(everybody())
    here = Index(arrays).search(subjects(), 5, 0.01)
    assert any(here)
    write_arrays(tmp_path, arrays)
    assert Index(map_arrays(tmp_path)).search(subjects(), 5, 0.01) == here
    program = (
        "import sys; from pathlib import Path; from tests.screening.index import test_index as t;"
        "print(t.digest(t.Index(t.map_arrays(Path(sys.argv[1]))).search(t.subjects(), 5, 0.01)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == digest(here)


def test_hits_hang_on_no_other_subject():
    """Asked one by one, in another order, or again, everybody gets the same answer."""
    index, asked = Index.of(everybody()), subjects()
    together = index.search(asked, 5, 0.1)
    assert index.search(asked[::-1], 5, 0.1)[::-1] == together
    assert [index.search([each], 5, 0.1)[0] for each in asked[::7]] == together[::7]


def test_top_only_cuts():
    index, asked = Index.of(everybody()), subjects()
    many = index.search(asked, 10, 0.1)
    assert [hits[:2] for hits in many] == index.search(asked, 2, 0.1)


def test_the_default_threshold_only_cuts():
    index, asked = Index.of(everybody()), subjects()
    low, high = (index.search(asked, 200, threshold) for threshold in (0.1, 0.5))
    assert [tuple(hit for hit in hits if hit.score >= 0.5) for hits in low] == high


def test_several_names_of_a_subject_find_what_each_finds():
    index = Index.of(everybody())
    both = index.search([Subject("s", ("김정은", "Igor Sechin"), "Person")], 50)[0]
    each = index.search([Subject("s", (name,), "Person") for name in ("김정은", "Igor Sechin")], 50)
    assert {hit.entry for hit in both} == {hit.entry for hits in each for hit in hits}


def test_a_weak_alias_says_less():
    strong, weak = (
        Index.of(listed([Entry("e", "Person", (ListedName("Igor Sechin", kind),))]))
        for kind in (PRIMARY, WEAK)
    )
    (one,), (two,) = (
        index.search([Subject("s", ("Igor Sechin",), "Person")])[0] for index in (strong, weak)
    )
    assert one.points - two.points == pytest.approx(2.0)
    assert "name.weak_alias" in {each.code for each in two.evidence}


@pytest.mark.slow
def test_evidence_of_real_names(data_dir):
    rows = [
        json.loads(line)
        for line in (data_dir / "screening/bench/index.jsonl").read_text("utf-8").splitlines()
    ][::4]
    found = [Entry(r["id"], r["schema"], tuple(map(ListedName, r["names"]))) for r in rows]
    search, index = NameSearch(build(found)), Index.of(listed(found))
    lines = (data_dir / "screening/bench/dev/queries.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    names = [Asked(each["query"], family(each["schema"]), 0.0) for each in asked]
    for matches in search.search(names):
        for match in matches:
            name = found[match.entry].names[search.arrays["name_place"][match.name]]
            said = name_evidence(search, match, name)
            assert sum(each.points for each in said) == pytest.approx(match.points, abs=0.01)
    for hits in index.search([Subject(q["qid"], (q["query"],), q["schema"]) for q in asked]):
        for hit in hits:
            assert sum(each.points for each in hit.evidence) == pytest.approx(hit.points, abs=0.01)
            assert hit.score == probability(hit.points)
