"""The histories of addresses from an explorer: whole, polite, and no row twice in the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from stanch.app.build_ledger import LedgerRequest, build_ledger
from stanch.errors import InputError, NodeError
from stanch.pipeline.fetch_history import Histories, fetch_histories
from stanch.sources.etherscan import api
from stanch.sources.etherscan.api import Explorer
from tests.nodes.explorer import Answering, explorer

THIEF, OTHER = "0x" + "aa" * 20, "0x" + "bb" * 20


def transactions(count: int, *, a_block: int = 3) -> list[dict[str, str]]:
    """Payments of the thief, some in each block, as `txlist` has them."""
    return [
        {
            "blockNumber": str(100 + number // a_block), "timeStamp": str(1_700_000_000 + number),
            "hash": f"0x{number:064x}", "transactionIndex": str(number % a_block),
            "from": THIEF, "to": OTHER, "value": str(number + 1), "gasUsed": "21000",
            "gasPrice": "7", "isError": "0", "txreceipt_status": "1", "contractAddress": "",
        }
        for number in range(count)
    ]  # fmt: skip


def tokens(count: int) -> list[dict[str, str]]:
    """Tokens that the thief received, as `tokentx` has them."""
    return [
        {
            "blockNumber": str(500 + number), "timeStamp": str(1_700_100_000 + number),
            "hash": f"0x{number + 10**9:064x}", "transactionIndex": "0", "from": OTHER,
            "to": THIEF, "value": "5", "contractAddress": "0x" + "cc" * 20, "tokenSymbol": "ABC",
            "tokenDecimal": "6", "tokenName": "Abc",
        }
        for number in range(count)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def held() -> Iterator[Answering]:
    with explorer({"txlist": transactions(4_321), "tokentx": tokens(7)}) as found:
        yield found


def read(held: Answering, out: Path, *addresses: str) -> Histories:
    """Ask without waiting."""
    asker = Explorer(held.url, 1, held.key, rate=1e9, pause=lambda _: None)
    return fetch_histories(asker, addresses or (THIEF,), out, lambda *_: None)


def built(found: Histories, out: Path) -> list[dict[str, object]]:
    """The ledger that the answers give."""
    info = build_ledger(LedgerRequest("etherscan", found.files, out, chain="eip155:1"),
                        lambda *_: None)  # fmt: skip
    assert info["rejected"] == 0
    assert not any("cut short" in each for each in info["notes"])
    return pq.read_table(out / "transfers.parquet").to_pylist()


def test_all_of_it_once(held: Answering, tmp_path: Path) -> None:
    """Pages overlap at their ends; the ledger has each payment and its fee once."""
    found = read(held, tmp_path / "answers", THIEF, OTHER)
    rows = built(found, tmp_path / "ledger")
    paid = sorted(int(each["amount"]) for each in rows if each["kind"] == "native")
    assert paid == list(range(1, 4_322))
    assert sum(each["kind"] == "fee" for each in rows) == 4_321
    assert sum(each["kind"] == "token" for each in rows) == 7


def test_only_what_is_new_is_asked_for(tmp_path: Path) -> None:
    with explorer({"txlist": transactions(4_321)}) as held:
        before = read(held, tmp_path)
        kept = {each: each.read_bytes() for each in before.files[:-1]}
        held.asked.clear()
        held.rows["txlist"] = transactions(6_500)
        after = read(held, tmp_path)
        assert min(int(each["startblock"]) for each in held.asked
                   if each["action"] == "txlist") > 1_000  # fmt: skip
        assert all(each.read_bytes() == data for each, data in kept.items())
        paid = {int(each["amount"]) for each in built(after, tmp_path / "ledger")
                if each["kind"] == "native"}  # fmt: skip
    assert paid == set(range(1, 6_501))


def test_a_block_with_more_than_a_page(tmp_path: Path) -> None:
    with explorer({"txlist": transactions(5_001, a_block=4_500)}) as held:
        rows = built(read(held, tmp_path / "answers"), tmp_path / "ledger")
    assert sum(each["kind"] == "native" for each in rows) == 5_001


def test_a_block_with_more_than_the_explorer_gives(tmp_path: Path) -> None:
    with (
        explorer({"txlist": transactions(10_500, a_block=10_500)}) as held,
        pytest.raises(NodeError, match="no more than 10,000 rows of block 100"),
    ):
        read(held, tmp_path)


def test_it_waits_when_it_is_told_to(held: Answering, tmp_path: Path) -> None:
    waits: list[float] = []
    held.busy = 3
    asker = Explorer(held.url, 1, held.key, rate=1e9, pause=waits.append)
    found = fetch_histories(asker, (THIEF,), tmp_path, lambda *_: None)
    assert waits[:3] == [1.0, 2.0, 4.0]
    assert found.rows >= 4_328


def test_it_asks_no_oftener_than_it_may(held: Answering) -> None:
    now, waits = [0.0], []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    asker = Explorer(held.url, 1, held.key, rate=4.0, pause=pause, clock=lambda: now[0])
    assert len(list(asker.pages(THIEF, "txlist"))) == 3
    assert waits == pytest.approx([0.25, 0.25])


def test_a_wrong_key(held: Answering, tmp_path: Path) -> None:
    asker = Explorer(held.url, 1, "wrong", rate=1e9)
    with pytest.raises(NodeError, match="Invalid API Key") as caught:
        fetch_histories(asker, (THIEF,), tmp_path, lambda *_: None)
    assert "wrong" not in str(caught.value)


def test_refused_for_good(held: Answering, tmp_path: Path) -> None:
    waits: list[float] = []
    held.busy = 10**6
    asker = Explorer(held.url, 1, held.key, rate=1e9, pause=waits.append)
    with pytest.raises(NodeError, match=r"rate limit reached.*gave up"):
        fetch_histories(asker, (THIEF,), tmp_path, lambda *_: None)
    held.busy = 0
    assert sum(waits) >= api.PATIENCE


def test_a_file_of_somebody_else(held: Answering, tmp_path: Path) -> None:
    (tmp_path / f"{THIEF}-txlist-000001.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="is no answer of an explorer"):
        read(held, tmp_path)
