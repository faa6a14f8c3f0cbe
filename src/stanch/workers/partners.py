"""Partners' servers are polled in threads of their own: one that is slow holds up neither webhooks
nor the time that passes over orders.
"""

import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

from stanch.app.desk.desk import Desk
from stanch.app.taxii import turns
from stanch.client.taxii.line import Settings
from stanch.workers.outbound.policy import Policy
from stanch.workers.outbound.polling import Guarded
from stanch.workers.said import say

PAUSE: Final = 1.0  # seconds between two looks, where nothing was due
_THREADS: Final = 2
_LAST: Final = 5  # seconds for the page that is being read when the worker is stopped


@dataclass(slots=True)
class Polls:
    """Polls the partners of one open desk."""

    desk: Desk
    policy: Policy
    lease: int = turns.LEASE

    def start(self, stopped: Event) -> list[Thread]:
        """Start the threads; they end when stopped."""
        threads = [
            Thread(target=self.run, args=(stopped,), name="polls", daemon=True)
            for _ in range(_THREADS)
        ]
        for each in threads:
            each.start()
        return threads

    def run(self, stopped: Event) -> None:
        """Poll until stopped."""
        while not stopped.is_set():
            try:
                busy = self.once(stopped)
            except Exception as error:  # a database that is gone comes back
                say(error=type(error).__name__)
                time.sleep(PAUSE)
                busy = False
            if not busy:
                stopped.wait(PAUSE)

    def once(self, stopped: Event) -> bool:
        """One turn of one link that is due; whether there was one."""
        link = turns.take(self.desk, self.lease)
        if link is None:
            return False
        settings = Settings(transport=Guarded(self.policy), sleep=lambda s: _wait(stopped, s))
        done = turns.turn(self.desk, link, settings, lambda: not stopped.is_set())
        if done.failure:
            say(link=link.id, problem="a partner could not be polled")
        return True


def joined(threads: list[Thread]) -> None:
    """Wait a little for threads that were stopped; what they leave is gone on with later."""
    until = time.monotonic() + _LAST
    for each in threads:
        each.join(max(until - time.monotonic(), 0))


def _wait(stopped: Event, seconds: float) -> None:
    stopped.wait(seconds)
