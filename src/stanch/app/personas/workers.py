"""Batches prepared here or by worker processes, in the order in which they were read."""

import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context
from typing import Final

from stanch.app.personas.prepare import Part, Preparing
from stanch.errors import StanchError
from stanch.sources.personas.batch import SIZE, Batch

LEAST: Final = SIZE  # rows
_AHEAD: Final = 2  # batches under way for each worker

_working: list[Preparing] = []  # in a worker process: what it works with


@dataclass(frozen=True, slots=True)
class Ask:
    """With which keys, and for which country's phone numbers."""

    hash_key: bytes = field(repr=False)
    seal_key: bytes = field(repr=False)
    country: str | None = None

    def preparing(self) -> Preparing:
        """What a worker works with."""
        return Preparing(self.hash_key, self.seal_key, self.country)


def parts(batches: Iterator[Batch], ask: Ask, workers: int) -> Iterator[tuple[int, Part]]:
    """Of each batch how many records came before it, and what became of it.

    Fewer rows than one batch may have are not worth a process.
    """
    first, count = [], 0
    for batch in batches:
        first.append(batch)
        count += len(batch.ids)
        if count > LEAST:
            break
    rest = chain(first, batches)
    if workers > 1 and count > LEAST:
        yield from _shared(rest, ask, workers)
        return
    begun = 0
    with closing(ask.preparing()) as preparing:
        for batch in rest:
            yield begun, preparing(batch)
            begun += len(batch.ids)


def _shared(batches: Iterator[Batch], ask: Ask, workers: int) -> Iterator[tuple[int, Part]]:
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (ask,))
    waiting: deque[tuple[int, Future[Part]]] = deque()
    begun = 0
    try:
        for batch in batches:
            waiting.append((begun, pool.submit(_work, batch)))
            begun += len(batch.ids)
            if len(waiting) >= workers * _AHEAD:
                yield _done(waiting)
        while waiting:
            yield _done(waiting)
    except BrokenProcessPool:
        raise StanchError("a worker process died; nothing was written, run it again") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _done(waiting: deque[tuple[int, Future[Part]]]) -> tuple[int, Part]:
    begun, future = waiting.popleft()
    return begun, future.result()


def _begin(ask: Ask) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started hears Ctrl-C
    _working.append(ask.preparing())


def _work(batch: Batch) -> Part:
    return _working[-1](batch)
