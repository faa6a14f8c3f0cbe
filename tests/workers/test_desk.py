"""What is to be sent is sent, once for whoever keeps ids, whatever kills the sender."""

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path

import pytest
from sqlalchemy import select

from stanch.app.desk.desk import Desk
from stanch.formats.outbound.address import Reach
from stanch.formats.signed.jws import HEAD, sign
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.webhook import Trust, receive
from stanch.model.desk.orders import Addressees
from stanch.model.desk.people import Role
from stanch.response import webhooks
from stanch.store import migrations
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import delivery, feed
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from stanch.workers.desk import Worker
from stanch.workers.outbound.policy import Policy
from tests.desk_world import NORTH, World, world
from tests.members.house import House

HERE = Reach((ip_network("127.0.0.0/8"),))


@dataclass
class Receiver:
    """An exchange's end of the line: it keeps what it took, and may answer badly first."""

    key: PrivateKey
    url: str = ""
    ids: Counter[str] = field(default_factory=Counter)
    bad: int = 0

    def take(self, headers, body: bytes) -> int:
        if self.bad:
            self.bad -= 1
            return 503
        got = receive(headers, body, Trust((self.key.public.raw,)), datetime.now(UTC))
        assert json.loads(body)["member"] == NORTH
        self.ids[got.id] += 1
        return 204


@contextmanager
def receiving(key: PrivateKey) -> Iterator[Receiver]:
    there = Receiver(key)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(there.take(dict(self.headers.items()), body))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there.url = f"http://127.0.0.1:{server.server_port}/orders"
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Place:
    """A desk in a folder, everybody at it, and the receiver of one exchange."""

    folder: Path
    desk: Desk
    world: World
    there: Receiver

    def unsent(self) -> list[int]:
        query = select(feed.c.n).where(feed.c.member == NORTH, feed.c.sent.is_(None))
        with self.desk.database.read() as connection:
            return list(connection.execute(query).scalars())

    def worker(self) -> Worker:
        return Worker(self.desk, Policy(sign=self.desk.key.sign, reach=HERE))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    folder = Folder.create(tmp_path / "desk")
    key = PrivateKey.from_seed(folder.seed())
    engine = sql.connect(folder.path)
    migrations.upgrade(engine)
    database = Database(engine, sql.reading(engine), lambda: datetime.now(UTC),
                        lambda said: sign(key, HEAD, dict(said)))  # fmt: skip
    everybody = world(database, key)
    desk = Desk(everybody.desk, "Joint desk", folder, key, database)
    with receiving(key) as there:
        settle(everybody, there.url)
        yield Place(folder.path, desk, everybody, there)
    engine.dispose()


def settle(everybody: World, url: str) -> None:
    """Two administrators of the exchange say where it is told."""
    first = everybody.people[NORTH, Role.ADMINISTRATOR]
    house = House(everybody.database, everybody.desk, first, first)
    second = house.caller(first, "administrator")
    with everybody.database.write() as tx:
        id = webhooks.propose(tx, first, url, HERE)
    with everybody.database.write() as tx:
        webhooks.agree(tx, second, id, settled=0)


def test_an_order_in_force_is_sent_and_has_arrived(place):
    place.world.in_force(to=Addressees((NORTH,)))
    place.there.bad = 1
    with ThreadPoolExecutor(2) as senders:
        assert place.worker().once(senders)
        assert place.unsent() == [1]  # refused by its receiver: to be tried again
        with place.desk.database.write() as tx:
            tx.connection.execute(feed.update().values(next_try=tx.at))
        assert place.worker().once(senders)
        assert not place.worker().once(senders)
    assert place.unsent() == []
    assert list(place.there.ids.values()) == [1]
    assert numbered(place) == {f"{NORTH}-1"}
    with place.desk.database.read() as connection:
        assert connection.execute(select(delivery.c.state)).scalar() == "delivered"


def numbered(place: Place) -> set[str]:
    """The ids that arrived, without the time behind."""
    return {id.rpartition("-")[0] for id in place.there.ids}


def killed(place: Place, rounds: int) -> None:
    """Orders come into force while the worker is killed again and again; then it works in peace."""
    chance = random.Random(rounds)
    command = [sys.executable, "-m", "stanch.workers", "--desk", str(place.folder),
               "--allow", "127.0.0.0/8", "--lease", "1"]  # fmt: skip
    made = 0
    for _ in range(rounds):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        if chance.random() < 0.7:
            place.world.in_force(to=Addressees((NORTH,)))
            made += 1
        time.sleep(chance.uniform(0.3, 1.6))
        process.kill()
        process.wait()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(200):
        if not place.unsent():
            break
        time.sleep(0.1)
    process.terminate()
    process.wait(20)
    assert not place.unsent()
    assert len(place.there.ids) == made
    assert numbered(place) == {f"{NORTH}-{n}" for n in range(1, made + 1)}


def test_nothing_is_lost_when_the_worker_is_killed(place):
    killed(place, 4)


@pytest.mark.slow
def test_nothing_is_lost_in_two_hundred_rounds(place):
    killed(place, 200)
