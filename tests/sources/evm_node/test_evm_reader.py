"""What blocks of a real node move, found by the reader of nodes."""

from collections import Counter
from collections.abc import Iterator

import pytest
from tests.nodes.anvil import Anvil, anvil, encoded

from stanch.errors import NodeError
from stanch.sources.evm_node import tokens
from stanch.sources.evm_node.reader import STRANGE, UNTRACED, EvmReader
from stanch.sources.rpc.nodes import Nodes
from stanch.sources.rpc.told import Told

CHAIN = "eip155:1"
ETH = f"{CHAIN}/slip44:60"
NULL = f"{CHAIN}:0x{'0' * 40}"


@pytest.fixture(scope="module")
def node() -> Iterator[Anvil]:
    with anvil() as found:
        yield found


def told(node: Anvil, receipt: dict[str, str]) -> Told:
    """The block of a receipt."""
    number = int(receipt["blockNumber"], 16)
    return EvmReader(CHAIN, node.endpoint).span(number, number)


def rows(node: Anvil, receipt: dict[str, str]) -> list[tuple[str, str, str, str, int]]:
    """Kind, sender, recipient, asset and amount of all that a block moved, but for fees."""
    found = told(node, receipt).transfers.to_pylist()
    return [
        (row["kind"], row["from"], row["to"], row["asset"], int(row["amount"]))
        for row in found
        if row["kind"] != "fee"
    ]


def named(node: Anvil, number: int) -> str:
    return f"{CHAIN}:{node.accounts[number].lower()}"


def test_values_and_fees(node: Anvil) -> None:
    made = node.send(to=node.accounts[1], value=7)
    fee, value = told(node, made).transfers.to_pylist()
    assert int(fee["amount"]) == int(made["gasUsed"], 16) * int(made["effectiveGasPrice"], 16)
    assert (fee["kind"], fee["from"], fee["to"]) == ("fee", named(node, 0), f"{CHAIN}:fees")
    assert (value["to"], value["asset"], int(value["amount"])) == (named(node, 1), ETH, 7)
    assert (value["tx_index"], value["log_index"]) == (0, 1)
    assert value["time"].timestamp() == int(
        node.call("eth_getBlockByNumber", made["blockNumber"], False)["timestamp"], 16
    )


def test_a_created_contract_is_paid(node: Anvil) -> None:
    made = node.send(data="0x600160005360016000f3", value=5)  # init code that returns a byte
    assert rows(node, made)[0][2] == f"{CHAIN}:{made['contractAddress'].lower()}"


@pytest.mark.parametrize("lacks", [set(), {"trace_block"}])
def test_calls_of_contracts(node: Anvil, lacks: set[str]) -> None:
    """By both tracers; a call below one that failed is undone though it has no error itself."""
    passer, failer = node.deploy("Passer"), node.deploy("Failer")
    passed = node.invoke(passer, "pass(address)", node.accounts[2], value=9)
    undone = node.invoke(failer, "attempt(address,address)", passer, node.accounts[2], value=11)
    assert undone["status"] == "0x1"
    node.send(to=passer, value=4)
    ended = node.invoke(passer, "end(address)", node.accounts[3])
    for made, inner in (
        (passed, [(passer, node.accounts[2], 9)]),
        (undone, []),
        (ended, [(passer, node.accounts[3], 4)]),
    ):
        reader = EvmReader(CHAIN, node.endpoint)
        reader._lacks |= lacks
        number = int(made["blockNumber"], 16)
        found = reader.span(number, number)
        assert UNTRACED not in found.notes
        assert [
            (row["from"], row["to"], int(row["amount"]))
            for row in found.transfers.to_pylist()
            if row["kind"] == "internal"
        ] == [(f"{CHAIN}:{a.lower()}", f"{CHAIN}:{b.lower()}", value) for a, b, value in inner]


def test_a_node_that_traces_nothing_says_so(node: Anvil) -> None:
    reader = EvmReader(CHAIN, node.endpoint)
    reader._lacks |= {"trace_block", "debug_traceBlockByNumber"}
    number = int(node.send(to=node.accounts[1], value=1)["blockNumber"], 16)
    assert reader.span(number, number).notes == (UNTRACED,)


def test_a_failed_transaction_pays_its_fee_alone(node: Anvil) -> None:
    coin = node.deploy("Coin", encoded(64, 6) + encoded(3) + "55535400".ljust(64, "0"))
    made = node.invoke(coin, "transfer(address,uint256)", node.accounts[1], 5, value=0)
    assert made["status"] == "0x0"
    assert [row["kind"] for row in told(node, made).transfers.to_pylist()] == ["fee"]


def test_tokens(node: Anvil) -> None:
    coin = node.deploy("Coin", encoded(64, 6) + encoded(3) + "55535400".ljust(64, "0"))
    asset = f"{CHAIN}/erc20:{coin.lower()}"
    minted = node.invoke(coin, "mint(address,uint256)", node.accounts[0], 100)
    assert rows(node, minted) == [("mint", NULL, named(node, 0), asset, 100)]
    moved = node.invoke(coin, "transfer(address,uint256)", node.accounts[1], 60)
    assert rows(node, moved) == [("token", named(node, 0), named(node, 1), asset, 60)]
    burned = node.invoke(coin, "transfer(address,uint256)", "0x0", 40)
    assert rows(node, burned) == [("burn", named(node, 0), NULL, asset, 40)]
    wide = node.invoke(coin, "mint(address,uint256)", node.accounts[4], 2**256 - 1 - 60)
    (row,) = [each for each in told(node, wide).transfers.to_pylist() if each["kind"] == "mint"]
    assert row["amount"] is None
    assert int.from_bytes(row["amount_wide"]) == 2**256 - 1 - 60
    assert tokens.ask(node.endpoint, [coin]) == {coin: tokens.Token("UST", 6)}


def test_tokens_of_their_own(node: Anvil) -> None:
    picture, shelf = node.deploy("Picture"), node.deploy("Shelf")
    ends = named(node, 0), named(node, 1)
    given = node.invoke(picture, "give(address,uint256)", node.accounts[1], 7)
    assert rows(node, given) == [("token", *ends, f"{CHAIN}/erc721:{picture.lower()}/7", 1)]
    one = node.invoke(shelf, "give(address,uint256,uint256)", node.accounts[1], 3, 5)
    assert rows(node, one) == [("token", *ends, f"{CHAIN}/erc1155:{shelf.lower()}/3", 5)]
    called = "giveAll(address,uint256[],uint256[])"
    some = node.invoke(shelf, called, node.accounts[1], [1, 2], [10, 20])
    assert rows(node, some) == [
        ("token", *ends, f"{CHAIN}/erc1155:{shelf.lower()}/1", 10),
        ("token", *ends, f"{CHAIN}/erc1155:{shelf.lower()}/2", 20),
    ]
    uneven = node.invoke(shelf, called, node.accounts[1], [1, 2], [10])
    assert (rows(node, uneven), told(node, uneven).notes) == ([], (STRANGE,))


def test_a_liar_is_kept_short(node: Anvil) -> None:
    liar = node.deploy("Liar")
    shouted = node.invoke(liar, "shout(address)", node.accounts[1])
    found = told(node, shouted)
    assert (rows(node, shouted), found.notes) == ([], (STRANGE,))
    said = tokens.ask(node.endpoint, [liar])[liar]
    assert said.decimals is None
    assert said.symbol is not None
    assert len(said.symbol) <= tokens.LONGEST
    assert said.symbol.isprintable()


def test_a_pretender_is_named() -> None:
    other = "0x" + "ab" * 20
    assert "is not" in str(tokens.pretender(CHAIN, other, " usdt"))
    real = "0xdac17f958d2ee523a2206206994597c13d831ec7"
    assert tokens.pretender(CHAIN, real, "USDT") is None
    assert tokens.pretender(CHAIN, other, "DOG") is None


def test_another_chain_is_refused(node: Anvil) -> None:
    with pytest.raises(NodeError, match="is a node of eip155:1, not of eip155:56"):
        Nodes.of([EvmReader("eip155:56", node.endpoint)])


def test_what_is_not_there_yet(node: Anvil) -> None:
    with pytest.raises(NodeError, match="has no block 100,000"):
        EvmReader(CHAIN, node.endpoint).span(100_000, 100_000)


def test_nothing_is_lost_between_blocks(node: Anvil) -> None:
    """Every fee and value of the whole chain, against balances that the node itself gives."""
    head = node.head()
    found = Nodes.of([EvmReader(CHAIN, node.endpoint)]).span(0, head).transfers.to_pylist()
    balance: Counter[str] = Counter()
    for row in found:
        if row["asset"] == ETH:
            balance[row["from"]] -= int(row["amount"])
            balance[row["to"]] += int(row["amount"])
    start = 10_000 * 10**18
    for number in range(5):
        held = int(node.call("eth_getBalance", node.accounts[number], hex(head)), 16)
        assert held == start + balance[named(node, number)]
