"""The files of a ledger folder."""

import csv
import json
import random

import pyarrow.parquet as pq
import pytest

from stanch.errors import InputError, InvariantError
from stanch.ledger import layout
from stanch.model.tables import ACCOUNTS, ASSETS, MOVES, PURSES, TRANSFERS
from stanch.model.transfers_file import About, read_about
from tests.ledger.tiny import ETH, USDC, Rows, build_at, ledger_of, row, told


def busy(count=3000, seed=1):
    """Rows with ties, swaps, several assets and gaps in what is known of their place."""
    rng = random.Random(seed)
    rows = []
    for number in range(count):
        known = rng.random() < 0.7
        rows.append(
            row(
                rng.randrange(count // 10),
                f"n{rng.randrange(60)}",
                f"n{rng.randrange(60)}",
                rng.choice([rng.randrange(100), rng.randrange(1 << 90), 2**255 + number]),
                asset=rng.choice([ETH, USDC, "stanch:fiat/USD"]),
                tx=f"t{rng.randrange(count // 2)}",
                block=number // 50 if known else None,
                tx_index=rng.randrange(9) if known and rng.random() < 0.8 else None,
            )
        )
    return rows


def contents(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_building_twice_gives_the_same_bytes(tmp_path):
    rows = busy()
    build_at(tmp_path / "one", Rows(rows))
    build_at(tmp_path / "two", Rows(rows, size=17))
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert set(one) == set(layout.FILES)
    assert one == two


def test_files_have_the_columns_they_promise(tmp_path):
    build_at(tmp_path / "out", Rows(busy(200)))
    promised = {
        layout.TRANSFERS_FILE: TRANSFERS,
        layout.BY_FROM: layout.COPIES,
        layout.BY_TO: layout.COPIES,
        layout.MOVES_FILE: MOVES,
        layout.PURSES_FILE: PURSES,
        layout.ACCOUNTS_FILE: ACCOUNTS,
        layout.ASSETS_FILE: ASSETS,
    }
    for name, schema in promised.items():
        file = pq.ParquetFile(tmp_path / "out" / name)
        assert file.schema_arrow.equals(schema), name
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_nothing_is_lost_and_copies_agree(tmp_path):
    rows = busy(500)
    ledger = ledger_of(tmp_path / "out", rows)
    whole = pq.read_table(tmp_path / "out" / layout.TRANSFERS_FILE)
    keys = ("time", "tx", "from", "to", "asset")
    given = sorted(tuple(each[key] for key in keys) for each in rows)
    found = whole.set_column(4, "time", whole["time"].cast("int64")).select(keys).to_pylist()
    assert sorted(tuple(each.values()) for each in found) == given
    for name, end in ((layout.BY_FROM, "from"), (layout.BY_TO, "to")):
        copy = pq.read_table(tmp_path / "out" / name)
        pairs = list(zip(copy[end].to_pylist(), copy["row"].to_pylist(), strict=True))
        assert pairs == sorted(pairs)
        assert copy.drop(["row"]).equals(whole.take(copy["row"]))
    assert ledger.rows == 500


def test_moves_say_the_same_as_transfers(tmp_path):
    ledger = ledger_of(tmp_path / "out", busy(500))
    names, assets = ledger.accounts()["account"].to_pylist(), ledger.assets()["asset"].to_pylist()
    purses = ledger.purses().to_pylist()
    whole = pq.read_table(tmp_path / "out" / layout.TRANSFERS_FILE).to_pylist()
    moves = [each for batch in ledger.moves(batch_rows=64) for each in batch.to_pylist()]
    last = None
    for move, transfer in zip(moves, whole, strict=True):
        src, dst = purses[move["src"]], purses[move["dst"]]
        assert names[src["account"]] == transfer["from"]
        assert names[dst["account"]] == transfer["to"]
        assert assets[src["asset"]] == assets[dst["asset"]] == transfer["asset"]
        assert move["amount_wide"] == transfer["amount_wide"]
        narrow = move["amount_lo"] | move["amount_hi"] << 64
        assert narrow == int(transfer["amount"] or 0)
        this = (transfer["chain"], transfer["tx"], transfer["time"])
        assert last is None or (move["tx"] - last[0]) == (this != last[1])
        last = (move["tx"], this)


def test_rejected_rows_are_listed(tmp_path):
    rejected = [("x.csv", 3, 'amount "1,5" is no number'), ("x.csv", 9, "no time")]
    info = build_at(tmp_path / "out", Rows([row(1, "a", "b", 1)], rejected))
    with (tmp_path / "out" / layout.REJECTED_FILE).open(newline="") as stream:
        found = list(csv.reader(stream))
    assert found[0] == ["file", "row", "reason"]
    assert [tuple(each) for each in found[1:]] == [(f, str(n), why) for f, n, why in rejected]
    assert info["rejected"] == 2


def test_without_rejected_rows_the_header_stands_alone(tmp_path):
    build_at(tmp_path / "out", Rows([row(1, "a", "b", 1)]))
    assert (tmp_path / "out" / layout.REJECTED_FILE).read_bytes() == b"file,row,reason\n"


def test_ledger_json_tells_what_is_inside(tmp_path):
    rows = [row(1.5, "a", "b", 1), row(86400, "b", "c", 1, chain="eip155:10")]
    known = {ETH: ("ETH", 18)}
    build_at(tmp_path / "out", Rows(rows, assets=known, notes=["a note"]))
    info = json.loads((tmp_path / "out" / layout.INFO).read_text())
    expected = {
        "format": "stanch-ledger@1",
        "rows": 2,
        "rejected": 0,
        "accounts": 4,
        "assets": 1,
        "purses": 4,
        "chains": ["eip155:1", "eip155:10"],
        "first_time": "1970-01-01T00:00:01.500000Z",
        "last_time": "1970-01-02T00:00:00Z",
        "notes": ["a note"],
    }
    assert {key: info[key] for key in expected} == expected
    (asset,) = pq.read_table(tmp_path / "out" / layout.ASSETS_FILE).to_pylist()
    assert (asset["symbol"], asset["decimals"], asset["wide"]) == ("ETH", 18, False)


def test_a_simulation_stays_one(tmp_path):
    build_at(
        tmp_path / "out", Rows([row(1, "a", "b", 1)], assets={ETH: ("SIM", 9)}, simulation=True)
    )
    assert json.loads((tmp_path / "out" / layout.INFO).read_text())["simulation"] is True
    about = read_about(pq.read_schema(tmp_path / "out" / layout.TRANSFERS_FILE).metadata)
    assert about == About({ETH: ("SIM", 9)}, simulation=True)


def test_no_transfers_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"holds no transfers$"):
        build_at(tmp_path / "out", Rows([]))
    with pytest.raises(InputError, match=r"no transfers \(1 rejected, the first: x, row 2: bad\)"):
        build_at(tmp_path / "out", Rows([], [("x", 2, "bad")]))
    assert list(tmp_path.iterdir()) == []


def test_strict_refuses_the_whole(tmp_path):
    source = Rows([row(1, "a", "b", 1)], [("x", 2, "bad"), ("x", 5, "worse")])
    with pytest.raises(InputError, match="--strict: 2 rejected, the first: x, row 2: bad"):
        build_at(tmp_path / "out", source, strict=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"time": None}, "without a known time"),
        ({"kind": "gift"}, "without a known kind"),
        ({"amount": None}, "without an amount"),
        ({"amount_wide": bytes(32)}, "or with two"),
        ({"amount": -1}, "negative"),
    ],
)
def test_a_source_that_breaks_its_promise_is_found_out(tmp_path, broken, why):
    with pytest.raises(InvariantError, match=why):
        build_at(tmp_path / "out", Rows([row(1, "a", "b", 1) | broken]))


def test_row_groups_have_the_size_they_should(tmp_path):
    rows = [row(second, "a", "b", 1) for second in range(130_000)]
    ledger = ledger_of(tmp_path / "out", rows, size=65_536)
    footer = pq.ParquetFile(tmp_path / "out" / layout.MOVES_FILE).metadata
    assert [footer.row_group(i).num_rows for i in range(2)] == [122_880, 7_120]
    assert told(ledger, "time") == sorted(told(ledger, "time"))
    assert ledger.transfers_rows([129_999, 0], ["time"])["time"].cast("int64").to_pylist() == [
        129_999_000_000,
        0,
    ]
