"""`stanch case file`, `get` and `item`: evidence goes in and comes out byte for byte."""

import hashlib

import pytest

from stanch.app.desk.words import LARGEST_FILE
from stanch.cli.case_items import LARGEST
from tests.cli.at_desk import AtDesk

EVIDENCE = bytes(range(256)) * 5000 + b"\r\n\n"


@pytest.fixture
def case(desk: AtDesk) -> str:
    return desk.say("kr", "case", "open", "Theft", "--marking", "TLP:GREEN")


@pytest.fixture
def receipt(desk: AtDesk):
    file = desk.folder / "영수증 1.pdf"
    file.write_bytes(EVIDENCE)
    return file


def test_a_file_comes_back_byte_for_byte(desk: AtDesk, case, receipt):
    id = desk.say("kr", "case", "file", case, receipt, "--release", "mem-upbeat")
    named = desk.data("kr", "case", "file", case, receipt, "--name", "other.pdf")["id"]
    assert {each["body"]["name"] for each in desk.data("kr", "case", "show", case)["items"]} == {
        "영수증 1.pdf", "other.pdf",
    }  # fmt: skip
    digest = hashlib.sha256(EVIDENCE).hexdigest()
    out = desk.folder / "out.pdf"
    told = desk.say("upbeat", "case", "get", id, "--out", out)
    assert told == f"1,280,003 bytes, sha256:{digest}, written to {out}"
    assert out.read_bytes() == EVIDENCE
    assert out.stat().st_mode & 0o777 == 0o600
    said = desk.data("kr", "case", "get", named, "--out", desk.folder / "second")
    assert said == {
        "name": "other.pdf", "sha256": digest, "size": len(EVIDENCE),
        "out": str(desk.folder / "second"),
    }  # fmt: skip


def test_what_a_screening_met_lies_in_a_case_once(desk: AtDesk, case):
    hits = desk.folder / "hits.csv"
    address = "0x" + "ab" * 20
    shouted, other = "0x" + "AB" * 20, "0x" + "cd" * 20
    rows = (
        "row,address,kind,reference,chain,hop,asset,amount", f"1,{address},listing,ofac NK-2,,0,,",
        f"4,{shouted},listing,un 7,,0,,", f"4,{address},order,ord-0123456789abcdef,,0,,",
        f"9,{other},listing,un 8,eip155:56,0,,",
    )  # fmt: skip
    hits.write_text("\n".join(rows))
    words = ("case", "saw", case, hits, "--seen", "2026-11-01T00:00:00Z/2026-11-02T10:20:30Z")
    assert "say it by --chain" in desk.refused("kr", *words)
    said = desk.data("kr", *words, "--chain", "eip155:1", "--release", "mem-upbeat")
    assert said["left_out"] == {"of block orders: answer the order instead": 1}
    assert desk.data("kr", *words, "--chain", "eip155:1")["ids"] == said["ids"]
    first, second = (desk.data("upbeat", "case", "item", id) for id in said["ids"])
    assert first["body"] == {
        "account": f"eip155:1:{address}", "count": 2, "listed": "ofac NK-2, un 7",
        "first": "2026-11-01T00:00:00.000000Z", "last": "2026-11-02T10:20:30.000000Z",
    }  # fmt: skip
    assert second["account"] == f"eip155:56:{other}"
    again = desk.data("kr", *words[:-1], "2026-11-05T00:00:00Z", "--chain", "eip155:1")["ids"]
    assert not {*again} & {*said["ids"]}


def test_nothing_is_replaced(desk: AtDesk, case, receipt):
    id = desk.say("kr", "case", "file", case, receipt)
    mine = desk.folder / "mine"
    mine.write_text("my own")
    said = desk.refused("kr", "case", "get", id, "--out", mine)
    assert said == f"{mine}: stands there already, and is not replaced"
    assert mine.read_text() == "my own"


def test_what_is_not_ones_own_is_not_there_and_leaves_no_file(desk: AtDesk, case, receipt):
    id = desk.say("kr", "case", "file", case, receipt)
    note = desk.say("kr", "case", "add", case, "--kind", "note", "--text", "x")
    out = desk.folder / "out"
    assert desk.refused("upbeat", "case", "get", id, "--out", out) == f"no file {id}"
    assert desk.refused("kr", "case", "get", note, "--out", out) == f"no file {note}"
    assert desk.refused("upbeat", "case", "item", id) == f"no item {id}"
    assert "cannot be written" in desk.refused("kr", "case", "get", id, "--out", out / "no" / "x")
    assert not out.exists()


def test_what_is_no_evidence_is_not_sent(desk: AtDesk, case):
    assert LARGEST == LARGEST_FILE
    for name, size in (("empty", 0), ("large", LARGEST + 1)):
        file = desk.folder / name
        with file.open("wb") as stream:
            stream.truncate(size)
        assert "from 1 byte to 25 MiB" in desk.refused("kr", "case", "file", case, file)
    assert "cannot be read" in desk.refused("kr", "case", "file", case, desk.folder / "none")
    (desk.folder / "a").write_text("a")
    path = ("--name", "../../etc/passwd")
    assert "is a path" in desk.refused("kr", "case", "file", case, desk.folder / "a", *path)
    assert desk.data("kr", "case", "show", case)["items"] == []


def test_one_thing_in_a_case_is_shown(desk: AtDesk, case):
    id = desk.say("kr", "case", "add", case, "--kind", "note", "--text", "Seen\nat 12:00.")
    found = desk.data("kr", "case", "item", id)
    assert (found["id"], found["body"]) == (id, {"text": "Seen\nat 12:00."})
    assert f"case: {case}\n" in desk.say("kr", "case", "item", id)
    assert 'body: {"text": "Seen\\nat 12:00."}' in desk.say("kr", "case", "item", id)
