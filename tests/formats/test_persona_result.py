"""What linking writes, read for a desk: sums are held to, and nobody's values come along."""

import json

import pytest
from tests.persona_result import COLLECTOR, FACILITATOR, OWN, WALLET, WAY, content, files

from stanch.formats.persona_result import document
from stanch.formats.persona_result.cluster import checked, microbits, without
from stanch.formats.persona_result.folder import read


def test_the_folder_is_read_as_questions_the_first_by_priority() -> None:
    found = read(files())
    named = [(each["level"], each["name"]) for each in found.clusters]
    assert named == [("operator", "op-1"), ("farm", "farm-1"), ("operator", "op-2")]
    assert (found.records, found.left_out) == (7, 0)
    operator, farm, _ = found.clusters
    assert [each["record"] for each in operator["records"]] == ["A-17", "B-4", "C-9"]
    assert [each["microbits"] for each in operator["links"]] == [35_750_000, 31_000_001]
    assert operator["links"][1]["evidence"] == [
        {"evidence": "payee@1", "microbits": 31_000_001, "detail": {"holders": 2, "share": "0.5"}}
    ]
    assert [(each["a"], each["b"], each["level"]) for each in farm["links"]][2:] == [
        ("D-1", "D-2", "operator"), ("C-9", "D-1", "farm"),
    ]  # fmt: skip
    assert {(each["account"], each["role"]) for each in operator["wallets"]} == {
        (WALLET, "payee"), (OWN, "payee"), (COLLECTOR, "collector"), (WAY, "way"),
        (FACILITATOR, "exposed"),
    }  # fmt: skip


def test_who_is_tied_to_nobody_is_counted_and_not_named_and_no_text_comes_along() -> None:
    said = content().decode()
    assert "E-1" not in said
    assert "F-1" not in said
    assert "not to be kept" not in said
    assert document.parse(content()) == read(files())


def test_a_large_result_says_how_many_it_leaves_out() -> None:
    found = read(files(), most=1)
    assert [each["name"] for each in found.clusters] == ["op-1"]
    assert found.left_out == 2


def test_bits_are_integers_of_millionths() -> None:
    assert microbits("12.3456789") == 12_345_679
    assert microbits("-0.5") == -500_000
    for none in ("", "nan", "1e99", True, None):
        with pytest.raises(ValueError, match="bits"):
            microbits(none)


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("links.csv", '""bits"": 18', '""bits"": 17', "does not add up"),
        ("links.csv", "device@1", "Not one", "no name of an indicator"),
        ("links.csv", "[{", "{", "evidence: is no"),
        ("clusters.csv", "B-4,op:A-17", "A-17,op:A-17", "more than once"),
        ("clusters.csv", "operator_id", "operators", "has no columns"),
        ("people.csv", "B-4,9,", "B-4,high,", "line 4: priority"),
        ("wallets.csv", "exposed", "guilty", "role"),
        ("manifest.json", "{", "[", "no manifest"),
        ("links.csv", "record_a", "\udcff", "links.csv"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(file: str, old: str, new: str, why: str) -> None:
    told = files()
    text = told[file].decode()
    assert old in text
    told[file] = text.replace(old, new, 1).encode("utf-8", "surrogateescape")
    with pytest.raises(ValueError, match=why):
        read(told)


def test_a_missing_file_is_named() -> None:
    told = files()
    del told["links.csv"]
    with pytest.raises(ValueError, match=r"links\.csv: is missing"):
        read(told)


def test_a_document_is_held_to_its_form() -> None:
    whole = json.loads(content())
    for change in (
        {"type": "other@1"}, {"manifest": "none"}, {"methods": "device"}, {"records": -1},
        {"left_out": True}, {"clusters": whole["clusters"][:1] * 2}, {"clusters": [[]]},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"\w"):
            document.parse(json.dumps({**whole, **change}).encode())
    with pytest.raises(ValueError, match="is no JSON"):
        document.parse(b"[" * 100_000)


def test_a_record_goes_with_all_that_tied_it() -> None:
    cluster = read(files()).clusters[0]
    left = without(cluster, "A-17")
    assert [each["record"] for each in left["records"]] == ["B-4", "C-9"]
    assert len(left["links"]) == 1
    assert "A-17" not in str(left)  # in what is said of another, and in names, neither
    assert checked(left) == left
