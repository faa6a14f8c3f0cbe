"""What is written as FollowTheMoney is read back by the list's own parser, and screens alike."""

import io
import json

import pytest
from tests.app.designation.sample import ETH, XBT, written

from stanch.app.designation.check import Request, check
from stanch.app.designation.crosscheck import _asked
from stanch.app.screen import Screen
from stanch.formats.designation.ftm import write
from stanch.formats.lists import ftm
from stanch.formats.lists.listfile import ListFile
from stanch.model.listed import Entry, UnknownField

SHIP = """[[vessel]]
id = "ship"
names = ["EXAMPLE STAR", { text = "OLD STAR", kind = "former" }]
flag = "PA"
identifiers = [{ kind = "imo", value = "9990014" }, { kind = "mmsi", value = "351999001" }]
[[statement]]
text = "The ship."
about = ["ship"]
evidence = [{ source = "report" }]
"""


def copied(folder):
    return check(Request(written(folder, more=SHIP))).copy


def read(copy):
    parsed = list(ftm.parse([ListFile("out.jsonl", io.BytesIO(write(copy)))]))
    assert [each for each in parsed if not isinstance(each, Entry | UnknownField)] == []
    entries = {each.id: each for each in parsed if isinstance(each, Entry)}
    return entries, [each.name for each in parsed if isinstance(each, UnknownField)]


def test_everything_comes_back(tmp_path):
    copy = copied(tmp_path)
    entries, unknown = read(copy)
    assert unknown == []
    assert set(entries) == {f"sim-1-{id}" for id in ("han", "trading", "ship", "w1", "w2")}
    for subject in copy.subjects:
        ours, theirs = copy.entry(subject), entries[f"sim-1-{subject.entry.id}"]
        assert {(each.text, each.kind) for each in theirs.names} == {
            (each.text, each.kind) for each in ours.names
        }
        assert theirs.births == ours.births
        assert {each.code for each in theirs.countries} == {each.code for each in ours.countries}
        numbers = {(each.kind, each.value, each.asset) for each in ours.identifiers}
        assert {(each.kind, each.value, each.asset) for each in theirs.identifiers} == numbers
        assert theirs.schema == ours.schema
    assert entries["sim-1-han"].identifiers[1].issuer or entries["sim-1-han"].identifiers[0].issuer


def test_it_screens_to_the_same(tmp_path):
    copy = copied(tmp_path)
    entries, _ = read(copy)
    ours = [("l", "1", copy.entry(each)) for each in copy.subjects]
    theirs = [("l", "1", entries[f"sim-1-{each.entry.id}"]) for each in copy.subjects]
    asked = [_asked(copy.entry(each)) for each in copy.subjects]
    before, after = (Screen.of(each).names(asked) for each in (ours, theirs))
    assert [len(each) for each in before] == [1, 1, 1]
    for old, new in zip(before, after, strict=True):
        assert [(f"sim-1-{hit.entry}", hit.score, hit.points) for hit in old] == [
            (hit.entry, hit.score, hit.points) for hit in new
        ]
    both = Screen.of([("l", "1", entry) for entry in entries.values()]).addresses([ETH, XBT])
    assert [{hit.entry for hit in hits} for hits in both] == [
        {"sim-1-han", "sim-1-w1"},
        {"sim-1-w2"},
    ]


@pytest.mark.parametrize("id", ["han-sanction", "han-document-1"])
def test_no_subject_has_the_id_of_anothers_sanction_or_document(tmp_path, id):
    copy = check(Request(written(tmp_path, more=SHIP.replace('"ship"', f'"{id}"')))).copy
    ids = [json.loads(line)["id"] for line in write(copy).splitlines()]
    assert len(ids) == len(set(ids))


def test_a_proposal_is_no_sanction_and_has_its_reasons(tmp_path):
    lines = [json.loads(line) for line in write(copied(tmp_path)).splitlines()]
    assert [each["id"] for each in lines] == sorted(each["id"] for each in lines)
    sanctions = {each["id"]: each["properties"] for each in lines if each["schema"] == "Sanction"}
    assert {"sim-1-han_sanction", "sim-1-w2_sanction"} <= set(sanctions)
    assert all(each["status"] == ["proposed"] for each in sanctions.values())
    assert not any("startDate" in each or "listingDate" in each for each in sanctions.values())
    han = sanctions["sim-1-han_sanction"]
    assert han["reason"][0] == "(1) HAN Sim Il sold stolen coins. [TLP:GREEN]"
    assert han["sourceUrl"] == ["https://bureau.example/reports/7"]
    assert "(1) incident ronin-2022" in han["summary"]
