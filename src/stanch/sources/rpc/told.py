"""What a node tells of a chain: headers, and what a span of blocks moved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

import pyarrow as pa

from stanch.errors import NodeError
from stanch.model.tables import BLOCKS, MEMOS, TIME
from stanch.sources.rpc.answers import Gone, Refusal
from stanch.sources.rpc.endpoint import Endpoint

T = TypeVar("T")
Named = dict[str, tuple[str | None, int | None]]  # asset (CAIP-19) to symbol and decimals


class Header(NamedTuple):
    """What links a block to the one before; `time` in microseconds since 1970."""

    number: int
    hash: str
    parent: str
    time: int


class Memo(NamedTuple):
    """A text that a transaction carries for whoever reads it: see MEMOS."""

    block: int
    tx_index: int
    tx: str
    place: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """A span as one endpoint told it: `headers` in order, `transfers` under TRANSFERS, `memos`,
    `assets` that moved, and `notes`, sentences that the user should see.
    """

    headers: tuple[Header, ...]
    transfers: pa.RecordBatch
    memos: tuple[Memo, ...] = ()
    assets: frozenset[str] = field(default_factory=frozenset)
    notes: tuple[str, ...] = ()

    def blocks(self) -> pa.Table:
        """The headers as BLOCKS."""
        number, hashes, parents, times = zip(*self.headers, strict=True)
        moments = pa.array(times, pa.int64()).cast(TIME)
        return pa.table([number, hashes, parents, moments], schema=BLOCKS)

    def said(self) -> pa.Table:
        """The memos as MEMOS."""
        return pa.Table.from_pylist([each._asdict() for each in self.memos], schema=MEMOS)


class ChainReader(Protocol):
    """Reads blocks of one chain from one endpoint."""

    chain: str
    endpoint: Endpoint

    def check(self) -> None:
        """Raises NodeError where the endpoint is one of another chain."""

    def head(self) -> int:
        """The number of the newest block."""

    def headers(self, first: int, last: int) -> tuple[Header | None, ...]:
        """The headers of blocks, None for each that the endpoint does not have."""

    def span(self, first: int, last: int) -> Told:
        """All that blocks `first` to `last` moved. Raises NodeError where it cannot be told."""

    def describe(self, assets: Sequence[str]) -> tuple[Named, list[str]]:
        """What assets call themselves, and what the user should know of that."""


def linked(headers: Sequence[Header]) -> tuple[Header, ...]:
    """The headers. Raises ValueError where one is not the child of the one before."""
    for before, after in pairwise(headers):
        if after.parent != before.hash:
            raise ValueError(f"block {after.number} does not follow {before.number}")
    return tuple(headers)


def answered(endpoint: Endpoint, ask: Callable[[], T]) -> T:
    """What `ask` finds, a refusal of the endpoint as a NodeError."""
    try:
        return ask()
    except Gone as error:
        reason = f"has thrown away what is needed ({error}); an archive node has it"
        raise NodeError(endpoint.name, reason) from None
    except Refusal as error:
        raise NodeError(endpoint.name, f"refuses: {error}") from None


def understood(endpoint: Endpoint, read: Callable[[], T]) -> T:
    """What `read` makes of an answer; an answer that has another shape as a NodeError."""
    try:
        return read()
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError) as error:
        shown = f"{type(error).__name__}: {error}"[:200]
        raise NodeError(endpoint.name, f"told what does not fit together ({shown})") from None
