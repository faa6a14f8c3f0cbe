"""`stanch work`: time passes over orders, webhooks and e-mail are sent, partners asked, until it
is stopped.

Beside a server on the same machine, or on another; several may run at once.
"""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from stanch.app.desk import rounds
from stanch.app.desk.desk import Desk
from stanch.workers.mail.post import Post
from stanch.workers.outbound.backoff import next_try
from stanch.workers.outbound.policy import Policy
from stanch.workers.outbound.sender import Message, send
from stanch.workers.partners import Polls, joined
from stanch.workers.said import say

PAUSE: Final = 0.5  # seconds between two looks, where nothing was to do
_SENDERS: Final = 8  # one slow receiver holds up nobody else
_LAST: Final = 15  # seconds for the e-mail that is being sent when the worker is stopped


@dataclass(slots=True)
class Worker:
    """Works for one open desk. Without `post` no e-mail is sent, without `polls` nobody polled."""

    desk: Desk
    policy: Policy
    lease: int = rounds.LEASE
    post: Post | None = None
    polls: Polls | None = None
    stopped: threading.Event = field(default_factory=threading.Event)
    chance: random.Random = field(default_factory=random.SystemRandom)

    def run(self, alive: Callable[[], bool] = lambda: True) -> None:
        """Work until stopped, or until `alive` says that nobody needs it any more."""
        with self._posting(), self._polling(), ThreadPoolExecutor(_SENDERS) as senders:
            while alive() and not self.stopped.is_set():
                try:
                    busy = self.once(senders)
                except Exception as error:  # a database that is gone comes back
                    _say(error)
                    busy = False
                if not busy:
                    self.stopped.wait(PAUSE)

    @contextmanager
    def _posting(self) -> Iterator[None]:
        """E-mail in a thread beside the rounds. What it does not settle in the end comes back."""
        if self.post is None:
            yield
            return
        beside = threading.Thread(target=self.post.run, args=(self.stopped,), daemon=True)
        beside.start()
        try:
            yield
        finally:
            self.stopped.set()
            beside.join(_LAST)

    @contextmanager
    def _polling(self) -> Iterator[None]:
        """Partners in threads beside the rounds. What these leave is gone on with later."""
        threads = [] if self.polls is None else self.polls.start(self.stopped)
        try:
            yield
        finally:
            self.stopped.set()
            joined(threads)

    def once(self, senders: ThreadPoolExecutor) -> bool:
        """One round; whether there was anything to do."""
        changed = rounds.pass_time(self.desk)
        due = rounds.take(self.desk, self.lease)
        for each in senders.map(self._attempt, due):
            if each is not None:
                _say(each)
        return bool(changed or due)

    def _attempt(self, due: rounds.Due) -> Exception | None:
        try:
            self._send(due)
        except Exception as error:  # one message that cannot be settled must not stop the others
            return error
        return None

    def _send(self, due: rounds.Due) -> None:
        now = datetime.now(UTC)
        outcome = send(Message(due.id, due.body), due.url, self.policy, now)
        if outcome.problem is None:
            rounds.arrived(self.desk, due, outcome.status)
            return
        again = next_try(due.first, now, due.tries, self.chance, outcome.retry_after)
        failure = rounds.Failure(outcome.status, outcome.problem, again)
        rounds.failed(self.desk, due, failure)


def same_parent(first: int) -> Callable[[], bool]:
    """Whether the process that started this one is still there: a worker outlives no server."""
    return lambda: os.getppid() == first


def _say(error: Exception) -> None:
    say(error=type(error).__name__)
    time.sleep(PAUSE)
