"""A bitcoind or litecoind of our own, in regtest on 127.0.0.1: started and stopped by the tests."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stanch.errors import NodeError
from stanch.sources.rpc.answers import Refusal
from stanch.sources.rpc.endpoint import Endpoint

ROOT = Path(__file__).resolve().parents[2]


@cache
def command(name: str) -> tuple[str, ...]:
    """How a node is started; the test is skipped where its packages cannot be had."""
    made = subprocess.run(
        [str(ROOT / ".ci/bitcoind"), name], capture_output=True, text=True, check=False
    )
    if made.returncode == 2:
        pytest.skip(made.stderr.strip().splitlines()[-1])
    assert made.returncode == 0, made.stderr
    return tuple(made.stdout.split())


@dataclass(frozen=True, slots=True)
class Bitcoind:
    """A running node with a wallet."""

    url: str
    endpoint: Endpoint

    def call(self, method: str, *params: Any) -> Any:
        """One call's result."""
        return self.endpoint.call(method, *params)

    def address(self, form: str = "bech32") -> str:
        """A new address of the wallet."""
        return str(self.call("getnewaddress", "", form))

    def mine(self, blocks: int = 1) -> None:
        """Let blocks be found."""
        self.call("generatetoaddress", blocks, self.address())

    def pay(self, to: str, coins: str) -> str:
        """The transaction that pays somebody."""
        return str(self.call("sendtoaddress", to, coins))

    def note(self, data: bytes) -> str:
        """The transaction that carries a memo."""
        raw = self.call("createrawtransaction", [], [{"data": data.hex()}])
        funded = self.call("fundrawtransaction", raw)["hex"]
        signed = self.call("signrawtransactionwithwallet", funded)["hex"]
        return str(self.call("sendrawtransaction", signed))


@contextmanager
def bitcoind(folder: Path, name: str = "bitcoin-knots") -> Iterator[Bitcoind]:
    """A node that is ready, with coins to spend, and is gone when the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-regtest", "-server", "-txindex", "-listen=0", "-fallbackfee=0.0002", "-rpcuser=u",
               "-rpcpassword=p", f"-rpcport={port}", "-rpcbind=127.0.0.1", "-rpcallowip=127.0.0.1",
               f"-datadir={folder}", "-printtoconsole=0", "-dnsseed=0", "-rpcworkqueue=64",
               "-maxtxfee=10", "-acceptnonstdtxn=1"]  # fmt: skip
    process = subprocess.Popen([*command(name), *options])
    endpoint = Endpoint(f"http://u:p@127.0.0.1:{port}", patience=60, pause=lambda _: _wait())
    try:
        node = Bitcoind(endpoint.url, endpoint)
        _ready(node)
        node.call("createwallet", "tests")
        node.mine(101)
        yield node
    finally:
        endpoint.close()
        process.terminate()
        process.wait(60)


def _wait() -> None:
    time.sleep(0.05)


def _ready(node: Bitcoind) -> None:
    for _ in range(100):
        try:
            node.call("getblockcount")
        except (NodeError, Refusal):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the node did not start")
