"""Bitcoin from its node to a lake and a ledger, across a reorganisation."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stanch.app.build_ledger import LedgerRequest, build_ledger
from stanch.model.chain import BITCOIN_REGTEST
from stanch.pipeline.fetch import FetchJob, fetch
from stanch.sources.bitcoin_node.reader import BitcoinReader
from stanch.sources.rpc.nodes import Nodes
from stanch.store.lake import Lake
from tests.nodes.bitcoind import Bitcoind, bitcoind


def read(node: Bitcoind, folder: Path) -> Lake:
    """The lake as it is when the newest block has been read."""
    lake = Lake(folder, BITCOIN_REGTEST)
    nodes = Nodes.of([BitcoinReader(BITCOIN_REGTEST, node.endpoint)])
    fetch(nodes, lake, FetchJob(None if lake.spans else 0), lambda *_: None)
    return lake


def test_reorganised(tmp_path: Path) -> None:
    folder = tmp_path / "node"
    folder.mkdir()
    with bitcoind(folder) as node:
        node.pay(node.address(), "3")
        node.mine(3)
        first = read(node, tmp_path / "a")
        node.call("invalidateblock", node.call("getblockhash", 102))
        node.mine(5)
        read(node, tmp_path / "a")
        whole = read(node, tmp_path / "b")
    lake = Lake(tmp_path / "a", BITCOIN_REGTEST)
    assert first.spans[-1].hash != lake.spans[-1].hash == whole.spans[-1].hash
    kept = pa.concat_tables([pq.read_table(each) for each in lake.transfers()])
    anew = pa.concat_tables([pq.read_table(each) for each in whole.transfers()])
    assert kept.equals(anew)
    request = LedgerRequest("parquet", tuple(lake.transfers()), tmp_path / "ledger")
    info = build_ledger(request, lambda *_: None)
    assert (info["rejected"], info["rows"]) == (0, lake.rows)
