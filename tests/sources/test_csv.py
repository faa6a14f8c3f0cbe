"""Any CSV of transfers."""

from decimal import Decimal

import pytest

from stanch.errors import InputError, UsageError
from stanch.model.chain import BITCOIN
from stanch.model.tables import REJECTED, TRANSFERS
from stanch.sources import SourceRequest, read

A, B, NULL = "0x" + "a" * 40, "0x" + "b" * 40, "0x" + "0" * 40
CENTS = {"asset": "USD", "decimals": 2}
HEADER = "tx,time,from,to,amount,block,order\n"


def test_standard_columns(write, load):
    path = write("x.csv", HEADER + f"t1,1685578821,{A},{B},12.34,7,3\n")
    result = load("csv", path, **CENTS)
    assert result.transfers == [
        {
            "chain": "eip155:1", "block": 7, "tx_index": 3, "log_index": None,
            "time": result.transfers[0]["time"], "tx": "t1",
            "from": f"eip155:1:{A}", "to": f"eip155:1:{B}",
            "asset": "stanch:fiat/USD", "amount": Decimal(1234), "amount_wide": None,
            "usd": None, "kind": "token", "outpoint": None,
        }
    ]  # fmt: skip
    assert result.transfers[0]["time"].isoformat() == "2023-06-01T00:20:21+00:00"
    assert result.reading.assets == {"stanch:fiat/USD": ("USD", 2)}
    assert "eip155:1 is assumed" in result.reading.notes[0]


def test_columns_by_other_names(write, load):
    path = write("x.csv.gz", f"when,who,whom,usd\n2023-06-01,{A},{B},1\n")
    mapped = {"time": "when", "from": "who", "to": "whom", "amount": "usd"}
    result = load("csv", path, columns=mapped, **CENTS)
    assert result.pick("tx", "amount", "block", "tx_index") == [("x.csv.gz#2", 100, None, None)]


def test_each_bad_row_is_rejected_with_its_reason_and_the_others_stay(write, load):
    good = f"t,1,{A},{B},1,,\n"
    bad = [
        f"t,1,{A},0x{'Ab' * 20},1,,\n",
        f"t,1,{A},{B},-1,,\n",
        f"t,,{A},{B},1,,\n",
        f"t,1,{A},{B},1.001,,\n",
        f",1,{A},{B},1,,\n",
        f"t,1,{A},{B},1e80,,\n",
        f"t,1,{A},{B},1,,9999999999\n",
        f"t,1,{A},{B},1,x,\n",
        f"t,1,{A},,1,,\n",
    ]
    path = write("x.csv", HEADER + "".join(good + each for each in bad))
    result = load("csv", path, **CENTS)
    reasons = ["checksum", "negative", "time is empty", "more than 2", "tx is empty",
               "above 2^256-1", "order", "block", "address is empty"]  # fmt: skip
    assert len(result.transfers) == len(bad)
    assert [row for row, _ in result.refused] == [2 * n + 3 for n in range(len(bad))]
    for (_, said), reason in zip(result.refused, reasons, strict=True):
        assert reason in said
    assert {row["file"] for row in result.rejected} == {"x.csv"}


def test_batches_have_the_declared_schemas(write):
    path = write("x.csv", HEADER + f"t,1,{A},{B},{2**256 - 1},,\nbad,row\n")
    request = SourceRequest((path,), asset="USD", decimals=0)
    (batch,) = list(read("csv", request))
    assert batch.transfers.schema.equals(TRANSFERS)
    assert batch.rejected.schema.equals(REJECTED)
    assert batch.transfers.column("amount_wide").to_pylist() == [b"\xff" * 32]
    assert batch.transfers.column("amount").to_pylist() == [None]


def test_a_coin_is_native_and_a_token_can_be_minted_and_burned(write, load):
    rows = HEADER + f"t,1,{NULL},{B},1,,\nt,1,{A},{NULL},1,,\nt,1,{A},{B},1,,\n"
    path = write("x.csv", rows)
    coin = load("csv", path, asset="ETH")
    assert coin.pick("asset", "kind", "amount")[0] == ("eip155:1/slip44:60", "native", 10**18)
    token = load("csv", path, asset=f"eip155:1/erc20:{A}", decimals=6)
    assert [kind for (kind,) in token.pick("kind")] == ["mint", "burn", "token"]


def test_bitcoin_by_its_asset(write, load):
    address = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    path = write("x.csv", HEADER + f"t,1,{address.upper()},{address},0.5,,\n")
    result = load("csv", path, asset="BTC")
    assert result.pick("from", "to", "amount") == [(f"{BITCOIN}:{address}",) * 2 + (50_000_000,)]


def test_several_files_in_order(write, load):
    one = write("1.csv", HEADER + f"t1,9,{A},{B},1,,\n")
    two = write("2.csv", HEADER + f"t2,1,{A},{B},1,,\n")
    assert load("csv", one, two, **CENTS).pick("tx") == [("t1",), ("t2",)]


def test_an_empty_file_is_told(write, load):
    result = load("csv", write("x.csv", HEADER), **CENTS)
    assert result.transfers == []
    assert "x.csv holds 0 rows" in result.reading.notes[0]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({}, "--asset is missing"),
        ({"asset": "USD"}, "--decimals is missing"),
        ({"asset": "U$D", "decimals": 2}, "not an asset"),
        ({"asset": "eip155:1/erc20:0xab", "decimals": 2}, "not an EVM address"),
        ({"asset": "ETH", "decimals": 6}, "has 18"),
        ({"asset": "eip155:56/slip44:714", "chain": "eip155:1"}, "is not on eip155:1"),
        ({"asset": "USD", "decimals": 99}, "from 0 to 77"),
        ({**CENTS, "chain": "ethereum"}, "not a chain"),
        ({**CENTS, "columns": {"colour": "x"}}, "colour is none of"),
    ],
)
def test_wrong_options(write, said, reason):
    path = write("x.csv", HEADER + f"t,1,{A},{B},1,,\n")
    with pytest.raises(UsageError, match=reason):
        read("csv", SourceRequest((path,), **said))


def test_wrong_files(write, tmp_path, load):
    with pytest.raises(UsageError, match="no file"):
        read("csv", SourceRequest((tmp_path / "nothing.csv",), **CENTS))
    with pytest.raises(UsageError, match="no source"):
        read("paper", SourceRequest((write("x.csv", HEADER),)))
    with pytest.raises(InputError, match=r"no column amount.*--map amount=COLUMN"):
        load("csv", write("x.csv", "time,from,to\n"), **CENTS)
    with pytest.raises(InputError, match="no column usd"):
        load("csv", write("x.csv", HEADER), columns={"amount": "usd"}, **CENTS)
    with pytest.raises(UsageError, match="--chain is missing"):
        load(
            "csv",
            write("x.csv", HEADER + "t,1,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,x,1,,\n"),
            **CENTS,
        )


def test_the_atomic_wallet_extract(data_dir, load):
    path = data_dir / "tracing" / "atomic" / "transfers.csv.gz"
    mapped = {"time": "timestamp", "amount": "usd", "order": "seq"}
    result = load("csv", path, columns=mapped, **CENTS)
    assert (len(result.transfers), result.rejected) == (245_552, [])
    assert result.pick("tx_index", "amount")[0] == (0, 72_671_177)
