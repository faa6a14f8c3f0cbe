"""Two desks as they run: real servers and workers, killed and cut off from each other."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from stanch.app.desk.desk import Desk, opened
from stanch.app.taxii import partners
from stanch.model.desk.marking import Marking
from stanch.sharing.collections.objects import Batch, put
from stanch.sharing.collections.words import Offer
from stanch.sharing.partners.words import NewLink
from stanch.store.desk.tables import shared_object
from tests.app.taxii.cut import Cut, line_to
from tests.app.taxii.federation import raw, stix
from tests.live_desk import COMMAND
from tests.taxii_peers import free_port
from tests.two_desks import HERE, KOREA, THIRD, UPBEAT, Mould, mould

MANY = 2500  # three pages
pytestmark = pytest.mark.slow


@dataclass
class Running:
    """A desk in processes of its own, beside which the test writes in its database."""

    made: Mould
    desk: Desk
    port: int
    link: str = ""
    server: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    wrote: dict[bytes, bool] = field(default_factory=dict)  # whether it may pass

    def serve(self) -> None:
        words = ("serve", "--desk", str(self.made.folder), "--port", str(self.port), "--no-worker")
        self.server = self._started(*words, "--reach", HERE[0])
        for _ in range(300):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"http://127.0.0.1:{self.port}/v1/health").raise_for_status()
                return
            time.sleep(0.1)
        raise AssertionError("the desk did not start")

    def work(self) -> None:
        words = ("work", "--desk", str(self.made.folder), "--allow", HERE[0], "--lease", "1")
        self.worker = self._started(*words)

    def kill(self, which: subprocess.Popen[bytes] | None) -> None:
        assert which is not None
        which.send_signal(signal.SIGKILL)
        which.wait(20)

    def write(self, first: int, count: int, marking: Marking | None = None, to: str = "") -> None:
        """Korea writes objects from a number on; `to` is a release list of one."""
        said = [stix((n, 1), f"n{n}", marking) for n in range(first, first + count)]
        offers = [Offer(each, raw(each, 2), KOREA, marking, frozenset([to] if to else ()))
                  for each in said]  # fmt: skip
        passes = marking != Marking.RED and to in ("", UPBEAT)
        self.wrote |= {each.raw: passes for each in offers}
        with self.desk.database.write() as tx:
            put(tx, self.made.side.korea, Batch(self.made.side.collection, offers))

    def ask(self) -> None:
        partners.ask_now(self.desk, self.made.side.korea, self.link)

    def holds(self) -> list[bytes]:
        of = shared_object.c.collection == self.made.side.collection
        with self.desk.database.read() as connection:
            return list(connection.execute(select(shared_object.c.bytes).where(of)).scalars())

    def _started(self, *words: str) -> subprocess.Popen[bytes]:
        with (self.made.folder.parent / f"{self.made.folder.name}.log").open("ab") as log:
            return subprocess.Popen([*COMMAND, *words], stdout=log, stderr=log, env={**os.environ})


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Running]:
    made = mould(folder)
    with opened(folder) as desk:
        here = Running(made, desk, free_port())
        try:
            yield here
        finally:
            for each in (here.server, here.worker):
                if each is not None and each.poll() is None:
                    each.kill()
                    each.wait(20)


def linked(one: Running, other: Running, line: Cut) -> None:
    root = f"http://127.0.0.1:{line.port}/taxii2/desk/"
    new = NewLink("Other", root, other.made.side.collection, one.made.side.collection, UPBEAT)
    secret = f"desk:{other.made.side.key}"
    one.link = partners.add(one.desk, one.made.side.korea, new, secret, HERE)


def test_two_desks_come_to_hold_the_same_through_kills_and_a_cut_line(tmp_path: Path) -> None:
    with (
        running(tmp_path / "a") as a, running(tmp_path / "b") as b,
        line_to(a.port) as to_a, line_to(b.port) as to_b,
    ):  # fmt: skip
        for each in (a, b):
            each.serve()
        linked(a, b, to_b)
        linked(b, a, to_a)
        b.write(0, MANY)
        for each in (a, b):
            each.work()
        _until(lambda: len(a.holds()) > 0, a, b)
        a.kill(a.worker)  # within its turn, or close by
        a.write(10_000, 500, Marking.AMBER, UPBEAT)
        a.write(20_000, 50, Marking.AMBER, THIRD)
        b.write(30_000, 50, Marking.STRICT, UPBEAT)
        to_a.sever()
        to_b.sever()
        a.work()
        b.write(40_000, 700, Marking.GREEN)
        time.sleep(1)
        b.kill(b.server)
        b.kill(b.worker)
        to_a.mend()
        to_b.mend()
        b.serve()
        b.work()
        ours = {each for each, passes in a.wrote.items() if passes}
        theirs = {each for each, passes in b.wrote.items() if passes}
        _until(lambda: theirs <= set(a.holds()) and ours <= set(b.holds()), a, b)
        assert sorted(a.holds()) == sorted([*a.wrote, *theirs])
        assert sorted(b.holds()) == sorted([*b.wrote, *ours])
        for each in (a, b):
            told = partners.one(each.desk, each.made.side.korea, each.link)
            assert told["told"]["aside"] == 0


def _until(done: object, *desks: Running) -> None:
    """Ask for polls until it is so."""
    assert callable(done)
    for _ in range(240):
        if done():
            return
        for each in desks:
            each.ask()
        time.sleep(0.5)
    raise AssertionError("the desks did not come to hold the same")
