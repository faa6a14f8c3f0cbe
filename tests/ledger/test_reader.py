"""Reading a ledger folder."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from stanch.errors import InputError, UsageError
from stanch.ledger import layout
from stanch.ledger.reader import Ledger
from tests.ledger.tiny import CHAIN, ledger_of, row


@pytest.fixture
def ledger(tmp_path):
    rows = [
        row(1, "a", "b", 10, block=1),
        row(2, "b", "c", 4, block=2),
        row(2, "b", "b", 1, block=2),
        row(3, "c", "a", 2, block=3, chain="eip155:10"),
        row(4, "c", "a", 2),
    ]
    return ledger_of(tmp_path / "out", rows)


def test_rows_come_in_the_order_asked_for(ledger):
    found = ledger.transfers_rows(np.array([3, 0, 3]), ["amount", "block"])
    assert found.schema.names == ["amount", "block"]
    assert found["block"].to_pylist() == [3, 1, 3]
    assert ledger.transfers_rows(np.array([], np.int64), ["tx"]).num_rows == 0
    with pytest.raises(IndexError):
        ledger.transfers_rows(np.array([5]), ["tx"])


def test_history_has_each_transfer_of_an_account_once(ledger):
    found = ledger.history(f"{CHAIN}:b")
    assert found["row"].to_pylist() == [0, 1, 2]
    assert found["amount"].to_pylist() == [10, 4, 1]
    assert ledger.history(f"{CHAIN}:nobody").num_rows == 0


def test_blocks_with_both_ends(ledger):
    assert ledger.blocks(2, 3)["block"].to_pylist() == [2, 2, 3]
    assert ledger.blocks(1, 3, "eip155:10")["block"].to_pylist() == [3]
    assert ledger.blocks(8, 9).num_rows == 0


def test_first_row_by_time(ledger):
    assert ledger.first_row_at(datetime.fromtimestamp(2, UTC)) == 1
    assert ledger.first_row_after(datetime.fromtimestamp(2, UTC)) == 3
    assert ledger.first_row_at(datetime.fromtimestamp(0, UTC)) == 0
    assert ledger.first_row_at(datetime.fromtimestamp(5, UTC)) == ledger.rows == 5


def test_moves_in_batches_of_columns(ledger):
    batches = list(ledger.moves(["src", "amount_lo"], batch_rows=2))
    assert [batch.num_rows for batch in batches] == [2, 2, 1]
    assert batches[0].schema.names == ["src", "amount_lo"]


def test_chains(ledger):
    assert ledger.chains() == [CHAIN, "eip155:10"]


def test_what_is_no_ledger_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no such ledger folder"):
        Ledger.open(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="is no ledger"):
        Ledger.open(tmp_path)
    (tmp_path / layout.INFO).write_text("[]")
    with pytest.raises(UsageError, match="is no ledger"):
        Ledger.open(tmp_path)


@pytest.mark.parametrize(
    ("change", "why"),
    [({"format": "stanch-ledger@2"}, "reads stanch-ledger@1"), ({"rows": 0}, "no transfers")],
)
def test_a_ledger_that_cannot_be_used_says_why(ledger, change, why):
    file = ledger.folder / layout.INFO
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(InputError, match=why):
        Ledger.open(ledger.folder)


def test_a_ledger_that_lacks_a_file_says_which(ledger):
    (ledger.folder / layout.BY_TO).unlink()
    with pytest.raises(InputError, match=r"lacks by_to\.parquet"):
        Ledger.open(ledger.folder)
