"""Subjects in batches, screened here or by worker processes; answers come in their order."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from stanch.app.screen import Screen
from stanch.errors import StanchError
from stanch.model.hits import Hit, Subject

BATCH: Final = 256  # subjects that a worker gets at once
_AHEAD: Final = 3  # batches under way for each worker

Answer = tuple[Subject, list[Hit]]

_opened: list[tuple[Screen, "Ask"]] = []  # in a worker process: what it works with


@dataclass(frozen=True, slots=True)
class Ask:
    """Where to search, and for what. `opener` opens the home; each worker calls it once."""

    home: Path
    top: int
    threshold: float
    opener: Callable[[Path], Screen] = Screen.open
    show_all: bool = False  # hits that are settled as somebody else, too


def answers(subjects: Iterable[Subject], ask: Ask, workers: int) -> Iterator[list[Answer]]:
    """The hits of all subjects, batch by batch. Raises what opening and searching raise."""
    rest = iter(subjects)
    batches = iter(lambda: list(islice(rest, BATCH)), [])
    if workers > 1:
        yield from _shared(batches, ask, workers)
        return
    screen = ask.opener(ask.home)
    for batch in batches:
        yield _answered(screen, ask, batch)


def _answered(screen: Screen, ask: Ask, batch: list[Subject]) -> list[Answer]:
    hits = screen.names(batch, ask.top, ask.threshold, show_all=ask.show_all)
    return list(zip(batch, hits, strict=True))


def _shared(batches: Iterator[list[Subject]], ask: Ask, workers: int) -> Iterator[list[Answer]]:
    """By processes that map the same files. Batches are read only as far ahead as is needed."""
    ask.opener(ask.home)  # builds an index that is missing, once, and tells early what is wrong
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (ask,))
    waiting: deque[Future[list[Answer]]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise StanchError("a worker process died; what was done is kept, run it again") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(ask: Ask) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started hears Ctrl-C
    _opened.append((ask.opener(ask.home), ask))


def _work(batch: list[Subject]) -> list[Answer]:
    screen, ask = _opened[-1]
    return _answered(screen, ask, batch)
