"""A chain of our own, from npm, on 127.0.0.1: started and stopped by the tests."""

import json
import os
import platform
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from eth_hash.auto import keccak

from stanch.errors import NodeError
from stanch.sources.rpc.endpoint import Endpoint

ROOT = Path(__file__).resolve().parents[2]
WORD = 32


@cache
def installed() -> Path:
    """The folder with the npm packages; the test is skipped where they cannot be had."""
    made = subprocess.run([str(ROOT / ".ci/anvil")], capture_output=True, text=True, check=False)
    if made.returncode == 2:
        pytest.skip(made.stderr.strip().splitlines()[-1])
    assert made.returncode == 0, made.stderr
    return Path(made.stdout.strip())


@cache
def contracts() -> Mapping[str, Mapping[str, Any]]:
    """Every contract of tests/nodes/contracts, compiled, by name."""
    env = os.environ | {"NODE_PATH": str(installed() / "node_modules")}
    command = ["node", str(ROOT / "tests/nodes/compile.js")]
    made = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    return json.loads(made.stdout)


def encoded(*values: int | str | list[int]) -> str:
    """Arguments as the ABI has them: numbers, addresses, lists of numbers."""
    head, tail = "", ""
    for value in values:
        if isinstance(value, list):
            head += _word(len(values) * WORD + len(tail) // 2)
            tail += _word(len(value)) + "".join(map(_word, value))
        else:
            head += _word(int(value, 16) if isinstance(value, str) else value)
    return head + tail


def _word(value: int) -> str:
    return f"{value:064x}"


@dataclass(frozen=True, slots=True)
class Anvil:
    """A running node. Accounts are unlocked and rich."""

    url: str
    endpoint: Endpoint
    accounts: tuple[str, ...]
    process: subprocess.Popen[bytes]

    def call(self, method: str, *params: Any) -> Any:
        """One call's result."""
        return self.endpoint.call(method, *params)

    def send(self, **tx: Any) -> dict[str, Any]:
        """Have a transaction mined; its receipt."""
        sender = tx.pop("sender", self.accounts[0])
        said = {name: hex(each) if isinstance(each, int) else each for name, each in tx.items()}
        said = {"from": sender, "gas": hex(8_000_000)} | said
        sent = self.call("eth_sendTransaction", said)
        for _ in range(200):
            if made := self.call("eth_getTransactionReceipt", sent):
                return dict(made)
            time.sleep(0.01)
        raise AssertionError(f"{sent} was not mined")

    def deploy(self, name: str, data: str = "") -> str:
        """The address of a new contract; `data` are its encoded arguments."""
        made = self.send(data=contracts()[name]["bytecode"] + data)
        assert made["status"] == "0x1", made
        return str(made["contractAddress"])

    def invoke(self, to: str, said: str, *values: Any, **tx: Any) -> dict[str, Any]:
        """Call a contract's function, such as `transfer(address,uint256)`."""
        return self.send(
            to=to, data="0x" + keccak(said.encode())[:4].hex() + encoded(*values), **tx
        )

    def head(self) -> int:
        """The number of the newest block."""
        return int(self.call("eth_blockNumber"), 16)


@contextmanager
def anvil(*options: str, chain: int = 1, born: int = 1_700_000_000) -> Iterator[Anvil]:
    """A node that is ready, and is gone when the block ends; its chain was `born` then (Unix)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = installed() / "node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"
    if not program.exists():
        pytest.skip(f"the tests of live chains need x86-64, not {platform.machine()}")
    command = [str(program), "--silent", "--port", str(port), "--chain-id", str(chain)]
    process = subprocess.Popen([*command, "--timestamp", str(born), *options])
    endpoint = Endpoint(f"http://127.0.0.1:{port}", patience=30, pause=lambda _: time.sleep(0.05))
    try:
        accounts = _accounts(endpoint)
        yield Anvil(endpoint.url, endpoint, accounts, process)
    finally:
        endpoint.close()
        process.terminate()
        process.wait(10)


def _accounts(endpoint: Endpoint) -> tuple[str, ...]:
    for _ in range(20):
        try:
            return tuple(endpoint.call("eth_accounts"))
        except NodeError:
            time.sleep(0.1)
    raise AssertionError("anvil did not start")
