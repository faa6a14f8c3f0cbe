"""What blocks of real nodes move: Bitcoin Knots, and litecoind for answers of the older form."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.nodes.bitcoind import Bitcoind, bitcoind

from stanch.errors import NodeError
from stanch.model.chain import BITCOIN, BITCOIN_REGTEST, LITECOIN_REGTEST
from stanch.sources.bitcoin_node.coins import units
from stanch.sources.bitcoin_node.owners import memo
from stanch.sources.bitcoin_node.reader import BitcoinReader
from stanch.sources.rpc.told import Told

CHAINS = {"bitcoin-knots": BITCOIN_REGTEST, "litecoind": LITECOIN_REGTEST}
THOR = b"=:ETH.ETH:0x1a2b3c:0/1/0:t:30"


@pytest.fixture(scope="module", params=list(CHAINS))
def node(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Bitcoind, str]]:
    """A node whose chain has payments to every form of address, and its chain."""
    with bitcoind(tmp_path_factory.mktemp(request.param), request.param) as found:
        forms = ["legacy", "p2sh-segwit", "bech32"]
        forms += ["bech32m"] * (request.param == "bitcoin-knots")  # taproot
        for form in forms:
            for coins in ("0.00060000", "1.23456789", "7"):
                found.pay(found.address(form), coins)
        found.note(THOR)
        found.mine()
        for _ in range(3):
            found.pay(found.address(), "20")  # gathers many of them
        found.mine()
        yield found, CHAINS[request.param]


@pytest.fixture(scope="module")
def told(node: tuple[Bitcoind, str]) -> Told:
    """The whole chain."""
    reader = BitcoinReader(node[1], node[0].endpoint)
    reader.check()
    return reader.span(0, reader.head())


def test_headers_follow_each_other(node: tuple[Bitcoind, str], told: Told) -> None:
    count = node[0].call("getblockcount")
    assert [each.number for each in told.headers] == list(range(count + 1))
    assert told.headers[-1].hash == node[0].call("getbestblockhash")
    reader = BitcoinReader(node[1], node[0].endpoint)
    assert reader.headers(count - 1, count + 1) == (*told.headers[-2:], None)


def test_each_transaction_is_emptied(told: Told) -> None:
    """Inputs are outputs and a fee, in every transaction; a coinbase comes from the chain."""
    balance: Counter[str] = Counter()
    for row in told.transfers.to_pylist():
        balance[row["to"]] += int(row["amount"])
        balance[row["from"]] -= int(row["amount"])
    transactions = {row["from"] for row in told.transfers.to_pylist() if row["kind"] == "utxo_out"}
    assert len(transactions) > 100
    assert not any(balance[each] for each in transactions)


def test_what_is_unspent_is_what_the_node_says(node: tuple[Bitcoind, str], told: Told) -> None:
    unspent: dict[str, tuple[str, int]] = {}
    for row in told.transfers.to_pylist():
        if row["kind"] == "utxo_out" and row["block"]:  # the first block's cannot be spent
            unspent[row["outpoint"]] = (row["to"], int(row["amount"]))
        elif row["kind"] == "utxo_in":
            made = unspent.pop(row["outpoint"])
            assert made == (row["from"], int(row["amount"]))
    said = node[0].call("gettxoutsetinfo")
    assert sum(value for _, value in unspent.values()) == units(said["total_amount"])
    assert len(unspent) == said["txouts"]


def test_every_form_of_address(node: tuple[Bitcoind, str], told: Told) -> None:
    known = {row["to"].rpartition(":")[2] for row in told.transfers.to_pylist()}
    prefix = "bcrt1" if node[1] == BITCOIN_REGTEST else "rltc1"
    forms = {each[:6] for each in known if each.startswith(prefix)}
    assert f"{prefix}q" in forms
    assert (f"{prefix}p" in forms) == (node[1] == BITCOIN_REGTEST)
    assert any(each[0] in "mn" for each in known)  # of a key, in Base58
    assert any(each[0] in "2Q" for each in known)  # of a script


def test_memos(told: Told) -> None:
    assert THOR in [each.data for each in told.memos]


def test_another_chain_is_refused(node: tuple[Bitcoind, str]) -> None:
    with pytest.raises(NodeError, match=r"is a node of bip122:[0-9a-f]+, not of"):
        BitcoinReader(BITCOIN, node[0].endpoint).check()


def test_what_is_not_there_yet(node: tuple[Bitcoind, str]) -> None:
    with pytest.raises(NodeError, match="out of range"):
        BitcoinReader(node[1], node[0].endpoint).span(1000, 1001)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (0.1, 10_000_000),
        (20999999.9769, 2_099_999_997_690_000),
        (20999999.97690001, 2_099_999_997_690_001),
        (50, 5_000_000_000),
        (Decimal("123456789012.12345678"), 12_345_678_901_212_345_678),
    ],
)
def test_units(said: object, found: int) -> None:
    assert units(said) == found


def test_every_satoshi_of_twenty_one_million_is_told_apart() -> None:
    for start in (0, 10**8 - 1, 2**50, 21 * 10**14 - 2000):
        for value in range(start, start + 2000):
            assert units(float(f"{value // 10**8}.{value % 10**8:08d}")) == value


@pytest.mark.parametrize("said", [-1.0, 1e9, float("nan"), "1", None, True, Decimal("0.000000001")])
def test_no_amounts(said: object) -> None:
    with pytest.raises(ValueError, match="amount"):
        units(said)


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("6a", b""),
        ("6a0141", b"A"),
        ("6a01410142", b"AB"),
        ("6a4c0341424344", b"ABC"),
        ("6a4d030041424344", b"ABC"),
        ("6a5d01", b""),
        ("6a4e00000001", b""),
        ("6aff0141", b"A"),
    ],
)
def test_memo_of_any_script(script: str, found: bytes) -> None:
    assert memo({"type": "nulldata", "hex": script}) == found
