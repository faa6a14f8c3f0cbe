"""`stanch work`: time passes over orders, and webhooks are sent, until it is stopped.

Beside a server on the same machine, or on another; several may run at once.
"""

import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from stanch.app.desk import rounds
from stanch.app.desk.desk import Desk
from stanch.workers.outbound.backoff import next_try
from stanch.workers.outbound.policy import Policy
from stanch.workers.outbound.sender import Message, send

PAUSE: Final = 0.5  # seconds between two looks, where nothing was to do
_SENDERS: Final = 8  # one slow receiver holds up nobody else


@dataclass(slots=True)
class Worker:
    """Works for one open desk."""

    desk: Desk
    policy: Policy
    lease: int = rounds.LEASE
    stopped: threading.Event = field(default_factory=threading.Event)
    chance: random.Random = field(default_factory=random.SystemRandom)

    def run(self, alive: Callable[[], bool] = lambda: True) -> None:
        """Work until stopped, or until `alive` says that nobody needs it any more."""
        with ThreadPoolExecutor(_SENDERS) as senders:
            while alive() and not self.stopped.is_set():
                try:
                    busy = self.once(senders)
                except Exception as error:  # a database that is gone comes back
                    _say(error)
                    busy = False
                if not busy:
                    self.stopped.wait(PAUSE)

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
    line = {
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "worker": os.getpid(),
        "error": type(error).__name__,
    }
    print(json.dumps(line), file=sys.stderr, flush=True)
    time.sleep(PAUSE)
