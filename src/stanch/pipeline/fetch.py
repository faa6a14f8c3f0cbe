"""From a chain's nodes to a lake: block after block, without a gap, as the chain stands now.

Each span that is read must begin with the child of the last block in the lake. Where it does not,
the chain has been reorganised: blocks are compared backwards to the fork, what stood behind it is
forgotten, and reading goes on from there.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from stanch.errors import NodeError, UsageError
from stanch.model.transfers_file import About
from stanch.sources.rpc.nodes import Nodes
from stanch.sources.rpc.told import Told
from stanch.store.lake import Lake

AHEAD: Final = 4  # spans that are asked for while one is written
BACK: Final = 64  # blocks that are compared at once on the way back to a fork

Progress = Callable[[int, int], None]  # blocks read, blocks to read


@dataclass(frozen=True, slots=True)
class FetchJob:
    """Blocks `first` to `last` of the nodes' chain; None is where the lake ends, and the newest
    block that lies `behind` the head. `size` is how many blocks a span has at most.
    """

    first: int | None = None
    last: int | None = None
    behind: int = 0
    size: int = 50


@dataclass(slots=True)
class Fetched:
    """What was done: blocks and transfers read, blocks forgotten because the chain was
    reorganised, and sentences that the user should see.
    """

    blocks: int = 0
    rows: int = 0
    forgotten: int = 0
    notes: list[str] = field(default_factory=list)


def fetch(nodes: Nodes, lake: Lake, job: FetchJob, progress: Progress) -> Fetched:
    """Bring the lake to `job.last`. What was read stays, whatever ends the work.

    Raises NodeError where the nodes cannot tell a block, UsageError where the job does not fit
    the lake, OutputError where the disk is full.
    """
    work = _Work(nodes, lake, job, Fetched())
    with lake.writing(), ExitStack() as stack:
        pool = ThreadPoolExecutor(AHEAD)
        stack.callback(pool.shutdown, wait=False, cancel_futures=True)
        while not work.run(pool, progress):
            pass
        lake.tidy()
    work.done.notes += nodes.notes
    return work.done


class _Work:
    def __init__(self, nodes: Nodes, lake: Lake, job: FetchJob, done: Fetched) -> None:
        self.nodes, self.lake, self.job, self.done = nodes, lake, job, done
        self.known: dict[str, tuple[str | None, int | None]] = {}

    def run(self, pool: ThreadPoolExecutor, progress: Progress) -> bool:
        """Read until the end or a reorganisation; True where the end was reached."""
        self._back_to_fork()
        first, last = self._range()
        for count, told in enumerate(self._spans(pool, first, last)):
            if not self._follows(told):
                return False
            self._keep(told)
            progress(min((count + 1) * self.job.size, last - first + 1), last - first + 1)
        return True

    def _range(self) -> tuple[int, int]:
        end = self.lake.last
        first = self.job.first if end is None else end.last + 1
        if end is not None and self.job.first is not None and self.job.first > end.last + 1:
            raise UsageError(
                f"{self.lake.folder} ends at block {end.last:,}: beginning at {self.job.first:,} "
                "would leave a gap"
            )
        if (
            end is not None
            and self.job.first is not None
            and self.job.first < self.lake.spans[0].first
        ):
            raise UsageError(
                f"{self.lake.folder} begins at block {self.lake.spans[0].first:,}; name another "
                "lake for what is older"
            )
        head = self.nodes.head() - self.job.behind
        last = head if self.job.last is None else self.job.last
        if self.job.last is not None and self.job.last > head:
            self._note(f"The chain ends at block {head:,}; what lies behind it is not there yet.")
            last = head
        return (head if first is None else first), last

    def _spans(self, pool: ThreadPoolExecutor, first: int, last: int) -> Iterator[Told]:
        """The spans in order, a few of them asked for ahead."""
        starts = iter(range(first, last + 1, self.job.size))
        waiting: list[Future[Told]] = []
        while True:
            while len(waiting) < AHEAD and (start := next(starts, None)) is not None:
                end = min(start + self.job.size - 1, last)
                waiting.append(pool.submit(self.nodes.span, start, end))
            if not waiting:
                return
            yield waiting.pop(0).result()

    def _follows(self, told: Told) -> bool:
        end = self.lake.last
        return end is None or told.headers[0].parent == end.hash

    def _back_to_fork(self) -> None:
        """Forget what is no longer on the chain."""
        end = self.lake.last
        if end is None or self._stands(end.last, end.hash) or self._lags():
            return
        for span in reversed(self.lake.spans):
            for fork in self._common(self.lake.blocks(span)):
                self.done.forgotten += end.last - fork
                self._note(f"The chain was reorganised: blocks above {fork:,} were read again.")
                self.lake.cut(fork)
                return
        names = " and ".join(each.endpoint.name for each in self.nodes.readers)
        raise NodeError(names, f"has none of the blocks in {self.lake.folder}: another chain")

    def _lags(self) -> bool:
        """Whether the nodes have not come as far as the lake, on the same chain."""
        head = self.nodes.head()
        span = next((each for each in self.lake.spans if each.first <= head <= each.last), None)
        if span is None or head == self.lake.spans[-1].last:
            return False
        kept = self.lake.blocks(span)["hash"][head - span.first].as_py()
        return self._stands(head, kept)

    def _stands(self, number: int, told: str) -> bool:
        header = self.nodes.headers(number, number)[0]
        return header is not None and header.hash == told

    def _common(self, kept: pa.Table) -> Iterator[int]:
        """The newest block of a span that the nodes have as well, if any."""
        numbers, hashes = kept["number"].to_pylist(), kept["hash"].to_pylist()
        for end in range(len(numbers), 0, -BACK):
            start = max(0, end - BACK)
            told = self.nodes.headers(numbers[start], numbers[end - 1])
            for at in range(end - 1, start - 1, -1):
                header = told[at - start]
                if header is not None and header.hash == hashes[at]:
                    yield numbers[at]
                    return

    def _keep(self, told: Told) -> None:
        new = sorted(told.assets - self.known.keys())
        found, notes = self.nodes.readers[0].describe(new)
        self.known |= {each: found.get(each, (None, None)) for each in new}
        named = {each: self.known[each] for each in sorted(told.assets)}
        moved = pa.Table.from_batches([told.transfers])
        moved = moved.replace_schema_metadata(About(named).metadata())
        self.lake.append(told.blocks(), moved, told.said())
        self.done.blocks += len(told.headers)
        self.done.rows += len(moved)
        for each in (*told.notes, *notes):
            self._note(each)

    def _note(self, text: str) -> None:
        if text not in self.done.notes:
            self.done.notes.append(text)
