"""One endpoint's word on a span of blocks of Bitcoin or its kin.

Blocks come with the outputs that their inputs spend (`getblock` verbosity 3) where the node knows
that, else (litecoind 0.21 and others that are as old) those are looked up transaction by
transaction, for which the node needs `-txindex`.
"""

from collections.abc import Sequence
from typing import Any, Final

from stanch.errors import NodeError
from stanch.model.chain import BITCOIN_CASH
from stanch.sources.bitcoin_node.ends import Ends
from stanch.sources.rpc.answers import Refusal
from stanch.sources.rpc.endpoint import Endpoint
from stanch.sources.rpc.told import Header, Named, Told, answered, linked, understood

SECOND: Final = 1_000_000
NONE: Final = "0" * 64  # the parent of the first block
REFERENCE: Final = 32  # hex digits of a block's hash that name a chain (CAIP-2, bip122)

# The first block that is a chain's alone, where that is not the first of all.
BEGINS: Final = {BITCOIN_CASH: 478_559}

Answer = dict[str, Any]


class BitcoinReader:
    """Reads blocks of `chain` (CAIP-2) from one endpoint; its URL holds user and password."""

    def __init__(self, chain: str, endpoint: Endpoint) -> None:
        """Nothing is asked yet."""
        self.chain = chain
        self.endpoint = endpoint
        self._verbosity = 3

    def check(self) -> None:
        """Raises NodeError where the endpoint is one of another chain."""
        height = BEGINS.get(self.chain, 0)
        said = answered(self.endpoint, lambda: self.endpoint.call("getblockhash", height))
        if not isinstance(said, str) or said[:REFERENCE] != self.chain.partition(":")[2]:
            found = f"bip122:{str(said)[:REFERENCE]}"
            raise NodeError(self.endpoint.name, f"is a node of {found}, not of {self.chain}")

    def head(self) -> int:
        """The number of the newest block."""
        said = answered(self.endpoint, lambda: self.endpoint.call("getblockcount"))
        return understood(self.endpoint, lambda: int(said))

    def headers(self, first: int, last: int) -> tuple[Header | None, ...]:
        """The headers of blocks, None for each that the endpoint does not have."""
        end = min(last, self.head())
        hashes = self._hashes(first, end)
        asked = [("getblockheader", [each, True]) for each in hashes]
        said = answered(self.endpoint, lambda: self.endpoint.calls(asked))
        found = understood(self.endpoint, lambda: [_header(each) for each in said])
        return (*found, *[None] * (last - first + 1 - len(found)))

    def span(self, first: int, last: int) -> Told:
        """All that blocks `first` to `last` moved. Raises NodeError where it cannot be told."""
        hashes = self._hashes(first, last)
        blocks = answered(self.endpoint, lambda: self._blocks(hashes))
        outputs = answered(self.endpoint, lambda: self._outputs(blocks))
        return understood(self.endpoint, lambda: _told(self.chain, blocks, outputs))

    def describe(self, named: Sequence[str]) -> tuple[Named, list[str]]:
        """Nothing: these chains have their own coin alone, which is known."""
        return {}, []

    def _hashes(self, first: int, last: int) -> list[str]:
        asked = [("getblockhash", [each]) for each in range(first, last + 1)]
        return answered(self.endpoint, lambda: self.endpoint.calls(asked))

    def _blocks(self, hashes: Sequence[str]) -> list[Answer]:
        return self.endpoint.calls([("getblock", [each, self._verbosity]) for each in hashes])

    def _outputs(self, blocks: Sequence[Answer]) -> dict[tuple[str, int], Answer]:
        """The outputs that inputs spend, by outpoint, where the blocks do not tell them."""
        inputs = [
            given
            for block in blocks
            for tx in block["tx"]
            for given in tx["vin"]
            if "coinbase" not in given and "prevout" not in given
        ]
        if not inputs:
            return {}
        known = {tx["txid"]: tx for block in blocks for tx in block["tx"]}
        wanted = sorted({each["txid"] for each in inputs} - known.keys())
        try:
            found = self.endpoint.calls([("getrawtransaction", [each, True]) for each in wanted])
        except Refusal as error:
            raise Refusal(error.code, f"{error.said}; the node needs -txindex=1") from None
        known |= dict(zip(wanted, found, strict=True))
        return {
            (each["txid"], each["vout"]): known[each["txid"]]["vout"][each["vout"]]
            for each in inputs
        }


def _header(block: Answer) -> Header:
    parent = block.get("previousblockhash", NONE)
    if len(block["hash"]) != len(NONE) or len(parent) != len(NONE):
        raise ValueError("a hash is no hash")
    return Header(int(block["height"]), block["hash"], parent, int(block["time"]) * SECOND)


def _told(chain: str, blocks: Sequence[Answer], outputs: dict[tuple[str, int], Answer]) -> Told:
    headers = linked([_header(each) for each in blocks])
    ends = Ends(chain)

    def spent(given: Answer) -> Answer:
        found: Answer = given.get("prevout") or outputs[given["txid"], given["vout"]]
        return found

    for header, block in zip(headers, blocks, strict=True):
        ends.add(header, block["tx"], spent)
    return Told(headers, ends.batch(), tuple(ends.memos))
