"""One endpoint's word on a span of blocks: headers, transfers, and what it cannot tell.

Receipts come by the block where the endpoint has `eth_getBlockReceipts`, else one by one. Calls
come from `trace_block`, else from `debug_traceBlockByNumber`; where an endpoint has neither,
what contracts move is missing, and `Told.traced` says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, TypeVar

import pyarrow as pa

from stanch.errors import NodeError
from stanch.sources.evm_node import calls, logs, transactions
from stanch.sources.evm_node.answers import Gone, NoMethod, Refusal
from stanch.sources.evm_node.endpoint import Call, Endpoint
from stanch.sources.evm_node.hexed import quantity
from stanch.sources.evm_node.moves import Header, Moves

HASH: Final = 66  # letters of a hash with its 0x

Answer = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """A span as one endpoint told it: `headers` in order, `transfers` under TRANSFERS, whether
    the calls of contracts are among them, `strange` logs that followed no standard, and the
    contracts whose tokens moved.
    """

    headers: tuple[Header, ...]
    transfers: pa.RecordBatch
    traced: bool
    strange: int
    tokens: frozenset[str] = field(default_factory=frozenset)


class Reader:
    """Reads blocks of `chain` (CAIP-2) from one endpoint."""

    def __init__(self, chain: str, endpoint: Endpoint) -> None:
        """Nothing is asked yet."""
        self.chain = chain
        self.endpoint = endpoint
        self._lacks: set[str] = set()

    def check(self) -> None:
        """Raises NodeError where the endpoint is one of another chain."""
        said = self._whole(lambda: self.endpoint.call("eth_chainId"))
        found = f"eip155:{self._read(lambda: quantity(said), 'eth_chainId')}"
        if found != self.chain:
            raise NodeError(self.endpoint.name, f"is a node of {found}, not of {self.chain}")

    def head(self, tag: str = "latest") -> int:
        """The number of the newest block, or of the newest `safe` or `finalized` one."""
        block = self._whole(lambda: self.endpoint.call("eth_getBlockByNumber", tag, False))
        return self._read(lambda: quantity(block["number"]), "eth_getBlockByNumber")

    def headers(self, first: int, last: int) -> tuple[Header | None, ...]:
        """The headers of blocks, None for each that the endpoint does not have."""
        asked = [("eth_getBlockByNumber", [hex(each), False]) for each in range(first, last + 1)]
        found = self._whole(lambda: self.endpoint.calls(asked))
        return self._read(
            lambda: tuple(None if each is None else _header(each) for each in found),
            "eth_getBlockByNumber",
        )

    def span(self, first: int, last: int) -> Told:
        """All that blocks `first` to `last` moved.

        Raises NodeError where the endpoint lacks one of them, has thrown away what is needed, or
        tells what does not fit together.
        """
        asked = [("eth_getBlockByNumber", [hex(each), True]) for each in range(first, last + 1)]
        blocks = self._whole(lambda: self.endpoint.calls(asked))
        for number, block in zip(range(first, last + 1), blocks, strict=True):
            if block is None:
                raise NodeError(self.endpoint.name, f"has no block {number:,}")
        receipts = self._whole(lambda: self._receipts(blocks))
        traces = self._whole(lambda: self._traces(blocks))
        return self._read(lambda: _told(self.chain, blocks, receipts, traces), "a block")

    def _receipts(self, blocks: Sequence[Answer]) -> list[list[Answer]]:
        method = "eth_getBlockReceipts"
        if method not in self._lacks:
            try:
                return self.endpoint.calls([(method, [each["number"]]) for each in blocks])
            except NoMethod:
                self._lacks.add(method)
        wanted: list[Call] = [
            ("eth_getTransactionReceipt", [tx["hash"]])
            for block in blocks
            for tx in block["transactions"]
        ]
        found = iter(self.endpoint.calls(wanted))
        return [[next(found) for _ in block["transactions"]] for block in blocks]

    def _traces(self, blocks: Sequence[Answer]) -> list[tuple[str, list[Answer]]] | None:
        """For each block the method and its answer; None where the endpoint traces nothing."""
        busy = [each for each in blocks if each["transactions"]]
        for method, more in (("trace_block", []), ("debug_traceBlockByNumber", [_TRACER])):
            if method in self._lacks:
                continue
            try:
                found = self.endpoint.calls([(method, [each["number"], *more]) for each in busy])
            except NoMethod:
                self._lacks.add(method)
            else:
                by_number = dict(zip((each["number"] for each in busy), found, strict=True))
                return [(method, by_number.get(each["number"], [])) for each in blocks]
        return None

    def _whole(self, ask: Callable[[], T]) -> T:
        """What `ask` finds, a refusal of the endpoint as a NodeError."""
        try:
            return ask()
        except Gone as error:
            reason = f"has thrown away what is needed ({error}); an archive node has it"
            raise NodeError(self.endpoint.name, reason) from None
        except Refusal as error:
            raise NodeError(self.endpoint.name, f"refuses: {error}") from None

    def _read(self, read: Callable[[], T], what: str) -> T:
        """What `read` makes of an answer; an answer of another shape as a NodeError."""
        try:
            return read()
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            shown = f"{type(error).__name__}: {error}"[:200]
            raise NodeError(
                self.endpoint.name, f"told {what} that does not fit ({shown})"
            ) from None


_TRACER: Final = {"tracer": "callTracer"}


def _header(block: Answer) -> Header:
    for name in ("hash", "parentHash"):
        if len(block[name]) != HASH:
            raise ValueError(f"{name} is no hash")
    time = quantity(block["timestamp"]) * transactions.SECOND
    return Header(quantity(block["number"]), block["hash"], block["parentHash"], time)


def _told(
    chain: str,
    blocks: Sequence[Answer],
    receipts: Sequence[list[Answer]],
    traces: Sequence[tuple[str, list[Answer]]] | None,
) -> Told:
    headers = tuple(_header(each) for each in blocks)
    for before, after in pairwise(headers):
        if after.parent != before.hash:
            raise ValueError(f"block {after.number} does not follow {before.number}")
    moves = Moves(chain, {each.number: each.time for each in headers})
    strange = 0
    for at, block in enumerate(blocks):
        stands = transactions.places(block)
        transactions.add(moves, block, receipts[at])
        strange += logs.add(moves, [log for each in receipts[at] for log in each["logs"]], stands)
        if traces is not None:
            method, found = traces[at]
            add = calls.add_flat if method == "trace_block" else calls.add_nested
            add(moves, found, stands)
    tokens = frozenset(row.asset.partition("/")[2] for row in moves.rows if "/erc20:" in row.asset)
    return Told(headers, moves.batch(), traces is not None, strange, tokens)
