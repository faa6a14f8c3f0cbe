"""Several endpoints of one chain, none of them trusted alone.

One endpoint tells a span; all others are asked for the hashes of its blocks. Where they differ the
greater part is believed, and who stands against it is set aside with a note. Where no part is
greater, a reorganisation may be on its way: they are asked again, and then it is an error that
names both.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeVar

from stanch.errors import NodeError, UsageError
from stanch.sources.rpc.told import ChainReader, Header, Told

AGAIN: Final = 3  # times that a disagreement is asked about again
SETTLING: Final = 2.0  # seconds between

T = TypeVar("T")


@dataclass(slots=True)
class Nodes:
    """Endpoints of `chain` (CAIP-2) in the order of preference. `notes` are sentences that the
    user should see.
    """

    chain: str
    readers: list[ChainReader]
    pause: Callable[[float], None] = time.sleep
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, readers: Sequence[ChainReader]) -> "Nodes":
        """Raises UsageError for none, NodeError where one is silent or of another chain."""
        if not readers:
            raise UsageError("no node: name one with --rpc")
        nodes = cls(readers[0].chain, list(readers))
        for reader in nodes.readers:
            reader.check()
        return nodes

    def head(self) -> int:
        """The newest block that most endpoints have."""
        heads = sorted(self._each(lambda reader: reader.head()))
        return heads[(len(heads) - 1) // 2]

    def headers(self, first: int, last: int) -> tuple[Header | None, ...]:
        """Headers of blocks as the greater part of the endpoints tells them."""
        for _ in range(AGAIN):
            told = self._each(lambda reader: reader.headers(first, last))
            agreed = [_agreed(each) for each in zip(*told, strict=True)]
            if not any(each is _SPLIT for each in agreed):
                return tuple(each for each in agreed if not isinstance(each, str))
            self.pause(SETTLING)
        names = " and ".join(each.endpoint.name for each in self.readers)
        raise NodeError(names, f"do not agree on the blocks from {first:,} to {last:,}")

    def span(self, first: int, last: int) -> Told:
        """All that blocks `first` to `last` moved, on the chain that most endpoints follow.

        Raises NodeError where that cannot be had from any of them; the last one's reason.
        """
        failed: NodeError | None = None
        for reader in list(self.readers):
            try:
                told = reader.span(first, last)
            except NodeError as error:
                failed = error
                continue
            if len(self.readers) == 1 or self._confirmed(reader, told):
                return told
        raise failed or NodeError(self._names(), f"do not agree on block {last:,}")

    def _confirmed(self, reader: ChainReader, told: Told) -> bool:
        """Whether the greater part has the same hashes; who has others is set aside."""
        first, last = told.headers[0].number, told.headers[-1].number
        agreed = self.headers(first, last)
        if agreed == told.headers:
            return True
        if len(self.readers) > 2:
            self.readers.remove(reader)
            self.note(
                f"{reader.endpoint.name} tells blocks that no other node has; it is set aside."
            )
        return False

    def _each(self, ask: Callable[[ChainReader], T]) -> list[T]:
        """What each endpoint answers, at once; who fails is left out while others answer."""
        if len(self.readers) == 1:
            return [ask(self.readers[0])]
        found: list[T] = []
        failed: NodeError | None = None
        with ThreadPoolExecutor(len(self.readers)) as pool:
            for each in [pool.submit(ask, reader) for reader in self.readers]:
                try:
                    found.append(each.result())
                except NodeError as error:
                    failed = error
        if not found and failed:
            raise failed
        return found

    def _names(self) -> str:
        return " and ".join(each.endpoint.name for each in self.readers)

    def note(self, text: str) -> None:
        """Keep a sentence for the user, once."""
        if text not in self.notes:
            self.notes.append(text)


_SPLIT: Final = "split"


def _agreed(told: Sequence[Header | None]) -> Header | str | None:
    """The header that more than half of those who have the block tell."""
    counted = Counter(each for each in told if each is not None)
    if not counted:
        return None
    header, times = counted.most_common(1)[0]
    return header if times * 2 > counted.total() else _SPLIT
