"""The worked example of docs/methods.md gives the numbers that the page prints."""

import csv
import re

import pytest

from stanch.app.build_ledger import LedgerRequest, build_ledger
from stanch.app.trace import TraceCommand, run_trace
from tests.docs.fences import ROOT, blocks

PAGE = ROOT / "docs" / "methods.md"
DESK, EXCHANGE, THIEF = (f"0x{name:0>40}" for name in ("d1", "e1", "b2"))
SIXTH = f"2024-01-01T15:00:00Z,{DESK},0x{'c1':0>40},111.00\n"
CELL = r" *\| *([^|]*?) *"
ROWS = re.compile(r"^\| `(\S+@1)`" + 3 * CELL + r"\|", re.MULTILINE)


def printed(heading: str) -> dict[str, tuple[str, ...]]:
    """First three cells by method, from the table below a heading."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return {row[0]: row[1:] for row in ROWS.findall(section)}


def endpoints(folder, rows, method):
    """Lines of endpoints.csv by the bare address."""
    (folder / "transfers.csv").write_text(rows)
    request = LedgerRequest(
        "csv", (folder / "transfers.csv",), folder / "ledger", "eip155:1", "USD", 2
    )
    build_ledger(request, lambda *_: None)
    (folder / "labels.csv").write_text(f"address,name,categories\n{EXCHANGE},Exchange,exchange\n")
    labels = (folder / "labels.csv",)
    run_trace(TraceCommand(folder / "ledger", labels, (THIEF,), method, folder / "trace"))
    with (folder / "trace" / "endpoints.csv").open(newline="") as stream:
        return {row["account"].rpartition(":")[2]: row for row in csv.DictReader(stream)}


@pytest.fixture
def example():
    (block,) = (block for block in blocks(PAGE) if block.file == "transfers.csv")
    return block.text


FIVE = printed("The same five transfers by each rule")
SIX = printed("Money that the ledger does not show coming")


def test_the_page_speaks_of_every_method():
    assert list(FIVE) == ["poison@1", "haircut@1", "fifo@1", "lifo@1", "affinity@1"]
    assert set(SIX) == {"haircut@1", "fifo@1", "lifo@1"}


@pytest.mark.parametrize("method", FIVE)
def test_five_transfers(tmp_path, example, method):
    ends = endpoints(tmp_path, example, method)
    at_desk = ends[DESK]["amount"] if DESK in ends else "0"
    assert (ends[EXCHANGE]["amount"], at_desk) == FIVE[method][:2]


@pytest.mark.parametrize("method", SIX)
def test_unseen_money(tmp_path, example, method):
    end = endpoints(tmp_path, example + SIXTH, method)[EXCHANGE]
    assert (end["amount"], end["amount_low"], end["amount_high"]) == SIX[method]
