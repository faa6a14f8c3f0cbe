"""The desk's e-mail is sent, one after another, in a thread of its own: a mail server that is away
holds up neither the webhooks nor the time that passes over orders.
"""

import random
import time
from dataclasses import dataclass, field
from threading import Event
from typing import Final

from stanch.app.desk import notices, rounds
from stanch.app.desk.desk import Desk
from stanch.workers.mail.sender import send
from stanch.workers.mail.server import MailServer
from stanch.workers.mail.text import From, written
from stanch.workers.outbound.backoff import next_try
from stanch.workers.said import say

PAUSE: Final = 0.5  # seconds between two looks, where nothing was to do


@dataclass(slots=True)
class Post:
    """Sends the e-mail of one open desk. `origin` is where people reach it."""

    desk: Desk
    server: MailServer
    origin: str
    quiet: int = notices.QUIET
    lease: int = rounds.LEASE
    chance: random.Random = field(default_factory=random.SystemRandom)

    def run(self, stopped: Event) -> None:
        """Send until stopped."""
        while not stopped.is_set():
            try:
                busy = self.once()
            except Exception as error:  # a database that is gone comes back
                say(error=type(error).__name__)
                time.sleep(PAUSE)
                busy = False
            if not busy:
                stopped.wait(PAUSE)

    def once(self) -> bool:
        """Send one e-mail that is due; whether there was one."""
        mail = notices.take(self.desk, self.quiet, self.lease)
        if mail is None:
            return False
        by = From(self.desk.name, self.origin, self.server.sender)
        problem = send(written(mail, by, self.desk.database.clock()), self.server)
        if problem is None:
            notices.sent(self.desk, mail)
            return True
        now = self.desk.database.clock()
        again = next_try(notices.first_try(mail), now, mail.tries, self.chance)
        notices.failed(self.desk, mail, problem, again)
        say(mail=problem)
        return True
