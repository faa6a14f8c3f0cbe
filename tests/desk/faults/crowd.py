"""Members at work while the desk's server dies: what each was told had happened, they remember."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from stanch.client import Answer, Desk, Reply
from stanch.errors import TooManyError, UnreachableError
from stanch.model.desk.orders import Said
from tests.desk.faults.served import Served
from tests.desk_world import ACCOUNT, JP, KR, NORTH, SOUTH, USDT

REPLY = Reply(Answer.HELD, ACCOUNT, USDT, 5)


@dataclass
class Crowd:
    """Korea proposes, Japan concurs, two exchanges pull, acknowledge and answer."""

    desk: Served
    orders: list[str] = field(default_factory=list)
    texts: dict[tuple[str, Said], str] = field(default_factory=dict)  # signed, once each
    taken: set[tuple[str, Said]] = field(default_factory=set)  # the desk said so
    told: dict[str, list[str]] = field(default_factory=dict)  # by exchange: messages it dealt with
    replies: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # ids that it was given

    def draft(self) -> None:
        """One more order to work on; what will be said about it is signed already."""
        everybody = self.desk.world
        id = everybody.draft()
        for member, said in ((KR, Said.PROPOSE), (JP, Said.CONCUR)):
            self.texts[id, said] = everybody.signed(id, said, everybody.signers[member][0])
        self.orders.append(id)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let all of them work while the block runs. Raises what is no silence of the desk."""
        stop = threading.Event()
        jobs = (self.propose, self.concur, lambda: self.pull(NORTH), lambda: self.pull(SOUTH))
        with ThreadPoolExecutor(len(jobs)) as threads:
            running = [threads.submit(_until, stop, job) for job in jobs]
            try:
                yield
            finally:
                stop.set()
        for each in running:
            each.result()

    def propose(self) -> None:
        self._hand_in(KR, Said.PROPOSE, list(self.orders))

    def concur(self) -> None:
        self._hand_in(
            JP, Said.CONCUR, [id for id in self.orders if (id, Said.PROPOSE) in self.taken]
        )

    def pull(self, member: str) -> None:
        """As an exchange does that was stopped anywhere: from where its memory ends."""
        with self.desk.client(member) as client:
            client.directory()
            for one in client.feed().waiting():
                if one.kind == "order.in_force":
                    self._obey(client, member, one.subject)
                self.told.setdefault(member, []).append(one.id)

    def finish(self) -> None:
        """Wait until all of it came to its end, within bounds."""
        for _ in range(1200):
            if self.done():
                return
            time.sleep(0.1)

    def done(self) -> bool:
        """Whether all of it came to its end."""
        answered = all(
            (member, id) in self.replies for id in self.orders for member in (NORTH, SOUTH)
        )
        return answered and len(self.taken) == 2 * len(self.orders)

    def _obey(self, client: Desk, member: str, id: str) -> None:
        assert client.order(id).held() == (ACCOUNT,)
        client.acknowledge(id)
        self.replies.setdefault((member, id), set()).add(client.reply(id, REPLY))

    def _hand_in(self, member: str, said: Said, ids: list[str]) -> None:
        waiting = [id for id in ids if (id, said) not in self.taken]
        if not waiting:
            return
        with self.desk.client(member) as client:
            for id in waiting:
                client.hand_in(id, self.texts[id, said])
                self.taken.add((id, said))


def _until(stop: threading.Event, job: Callable[[], None]) -> None:
    """Again and again; a desk that is silent, or asks to wait, is asked again."""
    while not stop.is_set():
        with suppress(UnreachableError, TooManyError):
            job()
        stop.wait(0.03)
