"""One endpoint's word on a span of blocks: headers, transfers, and what it cannot tell.

Receipts come by the block where the endpoint has `eth_getBlockReceipts`, else one by one. Calls
come from `trace_block`, else from `debug_traceBlockByNumber`; where an endpoint has neither,
what contracts move is missing, and a note says so.

Tokens alone (`tokens_only`) are read from `eth_getLogs`, many times as fast; an endpoint that
gives no more than so many logs at once is asked for fewer blocks at a time.
"""

from collections.abc import Sequence
from typing import Any, Final

from stanch.errors import NodeError
from stanch.model import asset as assets
from stanch.sources.evm_node import calls, logs, tokens, transactions
from stanch.sources.evm_node.hexed import quantity
from stanch.sources.evm_node.moves import Moves, Place
from stanch.sources.rpc.answers import NoMethod, Smaller
from stanch.sources.rpc.endpoint import Call, Endpoint
from stanch.sources.rpc.told import Header, Named, Told, answered, linked, understood

HASH: Final = 66  # letters of a hash with its 0x
UNTRACED: Final = "The node traces nothing: coins that contracts move are missing."
STRANGE: Final = "Some logs bear the name of a transfer and follow no standard; left out."

Answer = dict[str, Any]
_TRACER: Final = {"tracer": "callTracer"}


class EvmReader:
    """Reads blocks of `chain` (CAIP-2) from one endpoint."""

    def __init__(self, chain: str, endpoint: Endpoint, *, tokens_only: bool = False) -> None:
        """Nothing is asked yet."""
        self.chain = chain
        self.tokens_only = tokens_only
        self.endpoint = endpoint
        self._lacks: set[str] = set()

    def check(self) -> None:
        """Raises NodeError where the endpoint is one of another chain."""
        said = answered(self.endpoint, lambda: self.endpoint.call("eth_chainId"))
        found = f"eip155:{understood(self.endpoint, lambda: quantity(said))}"
        if found != self.chain:
            raise NodeError(self.endpoint.name, f"is a node of {found}, not of {self.chain}")

    def head(self, tag: str = "latest") -> int:
        """The number of the newest block, or of the newest `safe` or `finalized` one."""
        block = answered(
            self.endpoint, lambda: self.endpoint.call("eth_getBlockByNumber", tag, False)
        )
        return understood(self.endpoint, lambda: quantity(block["number"]))

    def headers(self, first: int, last: int) -> tuple[Header | None, ...]:
        """The headers of blocks, None for each that the endpoint does not have."""
        asked = [("eth_getBlockByNumber", [hex(each), False]) for each in range(first, last + 1)]
        found = answered(self.endpoint, lambda: self.endpoint.calls(asked))
        return understood(
            self.endpoint, lambda: tuple(None if each is None else _header(each) for each in found)
        )

    def span(self, first: int, last: int) -> Told:
        """All that blocks `first` to `last` moved.

        Raises NodeError where the endpoint lacks one of them, has thrown away what is needed, or
        tells what does not fit together.
        """
        whole = not self.tokens_only
        asked = [("eth_getBlockByNumber", [hex(each), whole]) for each in range(first, last + 1)]
        blocks = answered(self.endpoint, lambda: self.endpoint.calls(asked))
        for number, block in zip(range(first, last + 1), blocks, strict=True):
            if block is None:
                raise NodeError(self.endpoint.name, f"has no block {number:,}")
        if self.tokens_only:
            found = answered(self.endpoint, lambda: self._logs(first, last))
            return understood(self.endpoint, lambda: _tokens(self.chain, blocks, found))
        receipts = answered(self.endpoint, lambda: self._receipts(blocks))
        traces = answered(self.endpoint, lambda: self._traces(blocks))
        return understood(self.endpoint, lambda: _told(self.chain, blocks, receipts, traces))

    def describe(self, named: Sequence[str]) -> tuple[Named, list[str]]:
        """What tokens call themselves; notes name those that bear the name of another."""
        found: Named = {}
        notes = []
        prefix = f"{self.chain}/erc20:"
        contracts = [each.removeprefix(prefix) for each in named if each.startswith(prefix)]
        for contract, said in tokens.ask(self.endpoint, contracts).items():
            known = assets.TOKENS.get(f"{prefix}{contract}", (said.symbol, said.decimals))
            found[f"{prefix}{contract}"] = known
            if doubt := tokens.pretender(self.chain, contract, said.symbol):
                notes.append(doubt)
        return found, notes

    def _logs(self, first: int, last: int) -> list[Answer]:
        """The logs of transfers, by ever smaller ranges where the endpoint has a limit."""
        asked = {"fromBlock": hex(first), "toBlock": hex(last), "topics": [list(logs.TOPICS)]}
        try:
            found: list[Answer] = self.endpoint.call("eth_getLogs", asked)
        except Smaller:
            if first == last:
                raise
            middle = (first + last) // 2
            return self._logs(first, middle) + self._logs(middle + 1, last)
        return found

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
    headers = linked([_header(each) for each in blocks])
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
    notes = [UNTRACED] * (traces is None and bool(moves.rows)) + [STRANGE] * bool(strange)
    moved = frozenset(row.asset for row in moves.rows)
    return Told(headers, moves.batch(), assets=moved, notes=tuple(notes))


def _tokens(chain: str, blocks: Sequence[Answer], found: Sequence[Answer]) -> Told:
    """Transfers of tokens alone, from logs; each must be of a block that was told."""
    headers = linked([_header(each) for each in blocks])
    times = {each.hash: each for each in headers}
    stands = {}
    for log in found:
        if log["transactionHash"] not in stands:
            header = times[log["blockHash"]]
            index = quantity(log["transactionIndex"])
            place = Place(header.number, header.time, index, log["transactionHash"])
            stands[log["transactionHash"]] = place
    moves = Moves(chain)
    notes = (STRANGE,) if logs.add(moves, found, stands) else ()
    return Told(
        headers, moves.batch(), assets=frozenset(row.asset for row in moves.rows), notes=notes
    )
