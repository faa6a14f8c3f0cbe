"""Payments: which are taken in, and where the refused ones stand."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stanch.app.personas import flows, folder
from stanch.app.personas.secret import Hashing
from stanch.errors import InputError

WALLET, OTHER = "0x" + "a8" * 20, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
HASHING = Hashing(bytes(32))


def test_refused_payments_have_their_row(tmp_path: Path):
    rows = f"from,to,amount\n{WALLET},{OTHER},5\n\n{WALLET},na,\n{WALLET},{OTHER},1.5\n"
    (tmp_path / "pay.csv").write_text(rows)
    count, refused = flows.write(tmp_path, tmp_path / "pay.csv", HASHING)
    assert count == 1
    assert [(each.row, each.reason) for each in refused] == [
        (4, "src or dst is neither a wallet nor an account"),
        (5, "amount is no whole number of the smallest unit"),
    ]


def test_parquet_with_times_is_the_same_as_csv(tmp_path: Path):
    when = pa.array([1_767_323_045_000_000], pa.timestamp("us", tz="UTC"))
    table = pa.table({"dst": [OTHER], "note": ["x"], "src": [WALLET], "time": when})
    pq.write_table(table, tmp_path / "pay.parquet")
    (tmp_path / "pay.csv").write_text(f"src,dst,time\n{WALLET},{OTHER},2026-01-02T03:04:05Z\n")
    made = []
    for name in ("pay.parquet", "pay.csv"):
        (tmp_path / name[4:]).mkdir()
        flows.write(tmp_path / name[4:], tmp_path / name, HASHING)
        made.append(pq.read_table(tmp_path / name[4:] / folder.PAID).to_pylist())
    assert made[0] == made[1]
    assert made[0][0]["time"].isoformat() == "2026-01-02T03:04:05+00:00"


def test_without_ends_a_file_is_refused(tmp_path: Path):
    (tmp_path / "pay.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no columns src and dst"):
        flows.write(tmp_path, tmp_path / "pay.csv", HASHING)
