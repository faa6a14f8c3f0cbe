"""From real nodes to a lake: nothing lost, nothing doubled, whatever happens on the way."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stanch.app.build_ledger import LedgerRequest, build_ledger
from stanch.errors import NodeError, OutputError, UsageError
from stanch.pipeline.fetch import Fetched, FetchJob, fetch
from stanch.sources.evm_node.reader import EvmReader
from stanch.sources.rpc.endpoint import Endpoint
from stanch.sources.rpc.nodes import Nodes
from stanch.store import lake as lakes
from stanch.store.lake import Lake
from tests.nodes.anvil import Anvil, anvil, encoded
from tests.nodes.proxy import Reply, Spoil, spoiled

CHAIN = "eip155:1"
SYMBOL = encoded(64, 6) + encoded(3) + "41424300".ljust(64, "0")  # ABC


@pytest.fixture(scope="module")
def node() -> Iterator[Anvil]:
    """A chain of some 70 blocks, most of which move something."""
    with anvil() as found:
        coin = found.deploy("Coin", SYMBOL)
        found.invoke(coin, "mint(address,uint256)", found.accounts[0], 10**9)
        for number in range(30):
            found.send(to=found.accounts[1], value=number + 1)
            found.invoke(coin, "transfer(address,uint256)", found.accounts[2], number + 1)
        yield found


def quietly(done: int, total: int) -> None:
    """Nobody watches."""


def read(lake: Path, job: FetchJob, *urls: str) -> Fetched:
    """Fetch from nodes that are not waited for."""
    endpoints = [Endpoint(url, name=f"node{n}", pause=lambda _: None, patience=5.0)
                 for n, url in enumerate(urls)]  # fmt: skip
    nodes = Nodes.of([EvmReader(CHAIN, each) for each in endpoints])
    nodes.pause = lambda _: None
    return fetch(nodes, Lake(lake, CHAIN), job, quietly)


def rows(lake: Path) -> list[dict[str, object]]:
    """All transfers of a lake."""
    files = Lake(lake, CHAIN).transfers()
    return pa.concat_tables([pq.read_table(each) for each in files]).to_pylist()


@pytest.fixture(scope="module")
def whole(node: Anvil, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """What an undisturbed reading finds."""
    folder = tmp_path_factory.mktemp("whole")
    read(folder, FetchJob(0), node.url)
    return rows(folder)


def test_blocks_follow_each_other(node: Anvil, tmp_path: Path) -> None:
    done = read(tmp_path, FetchJob(0, size=7), node.url)
    lake = Lake(tmp_path, CHAIN)
    kept = pa.concat_tables([lake.blocks(each) for each in lake.spans]).to_pylist()
    assert [each["number"] for each in kept] == list(range(node.head() + 1))
    assert all(b["parent"] == a["hash"] for a, b in pairwise(kept))
    assert (done.blocks, done.rows) == (len(kept), lake.rows)


def test_a_ledger_is_built_of_it(node: Anvil, tmp_path: Path) -> None:
    read(tmp_path / "lake", FetchJob(0), node.url)
    files = tuple(Lake(tmp_path / "lake", CHAIN).transfers())
    info = build_ledger(LedgerRequest("parquet", files, tmp_path / "ledger"), lambda *_: None)
    assert (info["rejected"], info["assets"]) == (0, 2)
    assert info["rows"] == Lake(tmp_path / "lake", CHAIN).rows
    kept = pq.read_table(tmp_path / "ledger/assets.parquet").to_pylist()
    assert ("ABC", 6) in {(each["symbol"], each["decimals"]) for each in kept}


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_the_size_of_spans_changes_nothing(
    node: Anvil, whole: list[dict[str, object]], tmp_path: Path, size: int
) -> None:
    read(tmp_path, FetchJob(0, last=40, size=size), node.url)
    assert rows(tmp_path) == [each for each in whole if each["block"] <= 40]


def test_it_goes_on_where_it_was(
    node: Anvil, whole: list[dict[str, object]], tmp_path: Path
) -> None:
    assert read(tmp_path, FetchJob(0, last=30), node.url).blocks == 31
    assert read(tmp_path, FetchJob(), node.url).blocks == node.head() - 30
    assert read(tmp_path, FetchJob(), node.url).blocks == 0
    assert rows(tmp_path) == whole


def test_an_interrupted_reading_goes_on(
    node: Anvil, whole: list[dict[str, object]], tmp_path: Path
) -> None:
    def stop(done: int, _: int) -> None:
        if done >= 30:
            raise KeyboardInterrupt

    nodes = Nodes.of([EvmReader(CHAIN, node.endpoint)])
    with pytest.raises(KeyboardInterrupt):
        fetch(nodes, Lake(tmp_path, CHAIN), FetchJob(0, size=10), stop)
    assert 0 < Lake(tmp_path, CHAIN).rows < len(whole)
    read(tmp_path, FetchJob(), node.url)
    assert rows(tmp_path) == whole


def test_no_gaps(node: Anvil, tmp_path: Path) -> None:
    read(tmp_path, FetchJob(10, last=20), node.url)
    with pytest.raises(UsageError, match="would leave a gap"):
        read(tmp_path, FetchJob(30), node.url)
    with pytest.raises(UsageError, match="begins at block 10"):
        read(tmp_path, FetchJob(5), node.url)


def test_small_spans_are_put_together(
    node: Anvil, whole: list[dict[str, object]], tmp_path: Path
) -> None:
    read(tmp_path, FetchJob(0, size=1), node.url)
    assert len(Lake(tmp_path, CHAIN).spans) == 1 + lakes.FRESH
    assert len(list((tmp_path / "eip155_1/transfers").iterdir())) == 1 + lakes.FRESH
    assert rows(tmp_path) == whole


def test_files_that_do_not_count_are_removed(node: Anvil, tmp_path: Path) -> None:
    read(tmp_path, FetchJob(0, last=9), node.url)
    stray = tmp_path / "eip155_1/transfers/000000000010-000000000019-abc.parquet"
    stray.write_bytes(b"half a file")
    read(tmp_path, FetchJob(last=12), node.url)
    assert not stray.exists()


def test_a_full_disk(node: Anvil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The span that did not fit is not there; what was there stays, and it goes on later."""
    read(tmp_path, FetchJob(0, last=9), node.url)
    kept = rows(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(lakes, "write", full)
        with pytest.raises(OutputError, match="no space left"):
            read(tmp_path, FetchJob(), node.url)
    assert rows(tmp_path) == kept
    read(tmp_path, FetchJob(last=12), node.url)
    assert Lake(tmp_path, CHAIN).spans[-1].last == 12


def test_a_long_reorganisation(tmp_path: Path) -> None:
    """Sixty blocks are replaced by others; the lake comes to hold what the chain holds."""
    with anvil() as node:
        for number in range(80):
            node.send(to=node.accounts[1], value=number + 1)
        read(tmp_path / "a", FetchJob(0, size=9), node.url)
        moved = {"from": node.accounts[0], "to": node.accounts[3], "value": hex(77)}
        node.call("anvil_reorg", 60, [[moved, 0]])
        node.send(to=node.accounts[2], value=5)
        done = read(tmp_path / "a", FetchJob(), node.url)
        read(tmp_path / "b", FetchJob(0), node.url)
    assert done.forgotten == 60
    assert "blocks above 20 were read again" in " ".join(done.notes)
    assert rows(tmp_path / "a") == rows(tmp_path / "b")


def test_another_chain_is_not_mixed_in(tmp_path: Path) -> None:
    with anvil() as node:
        node.send(to=node.accounts[1], value=1)
        read(tmp_path, FetchJob(0), node.url)
    with anvil(born=1_600_000_000) as other:
        other.send(to=other.accounts[1], value=1)
        with pytest.raises(NodeError, match="another chain"):
            read(tmp_path, FetchJob(), other.url)


def busy(times: int) -> Spoil:
    """Too many requests, for so many requests."""
    left = iter(range(times))

    def spoil(*_: object) -> Reply | None:
        return None if next(left, None) is None else Reply(429, headers={"Retry-After": "3"})

    return spoil


def half(times: int) -> Spoil:
    """Every third answer stops half-way."""
    count = iter(range(10**9))

    def spoil(_: object, answers: object) -> Reply | None:
        at = next(count)
        return Reply(body=orjson.dumps(answers), cut=True) if at % 3 == 1 and at < times else None

    return spoil


def capped(most: int) -> Spoil:
    """Batches of more than `most` calls are refused as a whole."""

    def spoil(calls: list[dict[str, object]], _: object) -> Reply | None:
        if len(calls) <= most:
            return None
        said = b'{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch too large"}}'
        return Reply(body=said)

    return spoil


@pytest.mark.parametrize("spoil", [busy(12), half(40), capped(3), capped(1)])
def test_a_node_that_falters(
    node: Anvil, whole: list[dict[str, object]], tmp_path: Path, spoil: Spoil
) -> None:
    with spoiled(node.url, spoil) as url:
        endpoint = Endpoint(url, pause=lambda _: None)
        fetch(Nodes.of([EvmReader(CHAIN, endpoint)]), Lake(tmp_path, CHAIN), FetchJob(0), quietly)
    assert rows(tmp_path) == whole


def test_a_node_that_is_busy_for_good(node: Anvil) -> None:
    waits: list[float] = []
    with (
        spoiled(node.url, busy(10**9)) as url,
        pytest.raises(NodeError, match=r"HTTP 429.*gave up after"),
    ):
        Nodes.of([EvmReader(CHAIN, Endpoint(url, pause=waits.append, patience=60))])
    assert sum(waits) >= 60
    assert min(waits) >= 3  # as it asked


@pytest.mark.parametrize(
    ("message", "shown"),
    [("missing trie node 1234", "thrown away"), ("history has been pruned", "thrown away")],
)
def test_pruned_history(node: Anvil, tmp_path: Path, message: str, shown: str) -> None:
    def spoil(calls: list[dict[str, object]], answers: list[dict[str, object]]) -> None:
        for call, answer in zip(calls, answers, strict=True):
            if call["method"] == "trace_block":
                answer.pop("result", None)
                answer["error"] = {"code": -32000, "message": message}

    with spoiled(node.url, spoil) as url, pytest.raises(NodeError, match=shown):
        read(tmp_path, FetchJob(0), url)
    assert not Lake(tmp_path, CHAIN).spans


def lying(block: int) -> Spoil:
    """Tells another hash of one block, and sticks to it."""

    def spoil(calls: list[dict[str, object]], answers: list[dict[str, object]]) -> None:
        for call, answer in zip(calls, answers, strict=True):
            result = answer.get("result")
            if call["method"] == "eth_getBlockReceipts":
                for each in result if int(call["params"][0], 16) == block else ():
                    each["blockHash"] = "0x" + "ab" * 32
            if call["method"] == "eth_getBlockByNumber" and isinstance(result, dict):
                if int(result["number"], 16) == block:
                    result["hash"] = "0x" + "ab" * 32
                if int(result["number"], 16) == block + 1:
                    result["parentHash"] = "0x" + "ab" * 32

    return spoil


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_liar_among_three(
    node: Anvil, whole: list[dict[str, object]], tmp_path: Path, place: int
) -> None:
    with spoiled(node.url, lying(33)) as liar:
        urls = [node.url] * 3
        urls[place] = liar
        done = read(tmp_path, FetchJob(0), *urls)
    assert rows(tmp_path) == whole
    if place == 0:
        assert any("node0 tells blocks that no other node has" in each for each in done.notes)


def test_two_that_do_not_agree(node: Anvil, tmp_path: Path) -> None:
    with (
        spoiled(node.url, lying(33)) as liar,
        pytest.raises(NodeError, match="do not agree"),
    ):
        read(tmp_path, FetchJob(0), node.url, liar)


def test_one_node_falls_away(node: Anvil, whole: list[dict[str, object]], tmp_path: Path) -> None:
    """Of three nodes one stops answering: the others go on."""
    count = iter(range(10**9))
    with spoiled(node.url, lambda *_: Reply(503) if next(count) > 1 else None) as url:
        read(tmp_path, FetchJob(0), node.url, url, node.url)
    assert rows(tmp_path) == whole


@pytest.mark.parametrize("most", [1, 7, 10**6])
def test_tokens_alone(
    node: Anvil, whole: list[dict[str, object]], tmp_path: Path, most: int
) -> None:
    """From logs, also where the node gives no more than so many blocks at once."""

    def spoil(calls: list[dict[str, Any]], answers: list[dict[str, object]]) -> None:
        for call, answer in zip(calls, answers, strict=True):
            if call["method"] == "eth_getLogs":
                asked = call["params"][0]
                if int(asked["toBlock"], 16) - int(asked["fromBlock"], 16) >= most:
                    answer.pop("result")
                    answer["error"] = {"code": -32000, "message": "block range is too wide"}

    with spoiled(node.url, spoil) as url:
        reader = EvmReader(CHAIN, Endpoint(url), tokens_only=True)
        fetch(Nodes.of([reader]), Lake(tmp_path, CHAIN), FetchJob(0), quietly)
    assert rows(tmp_path) == [each for each in whole if "/erc20:" in str(each["asset"])]


def test_a_lake_is_of_one_kind(node: Anvil, tmp_path: Path) -> None:
    read(tmp_path, FetchJob(0, last=3), node.url)
    with pytest.raises(UsageError, match="holds all, and this would be tokens alone"):
        Lake(tmp_path, CHAIN, lakes.TOKENS)


def test_one_writer(node: Anvil, tmp_path: Path) -> None:
    with Lake(tmp_path, CHAIN).writing(), pytest.raises(UsageError, match="another process"):
        read(tmp_path, FetchJob(0), node.url)
