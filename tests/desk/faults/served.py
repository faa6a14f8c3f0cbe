"""A desk with everybody at it, served by a process of its own that a test may kill and start again.

The tests stand beside it: they open the same database, and ask the server as its members do.
"""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from stanch.app.desk import audit
from stanch.client import Desk as Client
from stanch.client import Pin
from stanch.formats.signed.jws import HEAD, sign
from stanch.formats.signed.keys import PrivateKey
from stanch.members import directory
from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.store import migrations
from stanch.store.desk.folder import Folder
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from tests import warm
from tests.desk_world import JP, KR, NORTH, SOUTH, World, world

SCOPES = ("read", "orders", "replies")


@dataclass
class Served:
    """The desk's folder and database, everybody at it, and the server's process where one runs."""

    folder: Path
    url: str | None  # of the database; SQLite in the folder without
    database: Database
    world: World
    key: PrivateKey
    pin: str
    port: int
    tokens: dict[str, str] = field(default_factory=dict)
    process: warm.Process | None = None

    @property
    def words(self) -> list[str]:
        """How a command is told which desk."""
        there = ["--database", self.url] if self.url else []
        return ["--desk", str(self.folder), *there]

    def start(self, *more: str) -> None:
        """Serve, with no worker unless other options are given, and wait until it answers."""
        words = ["--port", str(self.port), *(more or ("--no-worker",))]
        log = self.folder.parent / "serve.log"
        with log.open("ab") as lines, open(os.devnull, "rb") as nothing:
            files = nothing.fileno(), lines.fileno(), lines.fileno()
            self.process = warm.Process(["serve", *self.words, *words], files, os.environ)
        for _ in range(1500):
            if self.process.poll() is not None:
                break
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"http://127.0.0.1:{self.port}/v1/health").raise_for_status()
                return
            time.sleep(0.04)
        raise AssertionError(log.read_text()[-4000:])

    def kill(self) -> None:
        """End the server where it stands: SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def client(self, member: str) -> Client:
        """What a member's analyst uses, with a memory of its own."""
        pin = Pin(self.pin, self.key.public.text, member)
        state = self.folder.parent / f"{member}.state"
        return Client(f"http://127.0.0.1:{self.port}", self.tokens[member], pin, state)

    def ask(self, member: str, method: str, path: str, body: object = None) -> httpx.Response:
        """One request of a member, whatever the answer."""
        headers = {"Authorization": f"Bearer {self.tokens[member]}"}
        url = f"http://127.0.0.1:{self.port}{path}"
        return httpx.request(method, url, json=body, headers=headers, timeout=60)

    def faults(self) -> list[audit.Fault]:
        """What is wrong with the log and all that it speaks of."""
        return audit.verify(self.database, self.key.public)


@contextmanager
def served(path: Path, url: str | None = None) -> Iterator[Served]:
    """A new desk at `path`, or in the empty database at `url`; no server runs yet."""
    folder = Folder.create(path / "desk")
    key = PrivateKey.from_seed(folder.seed())
    engine = sql.connect(folder.path, url)
    migrations.upgrade(engine)
    database = Database(engine, sql.reading(engine), lambda: datetime.now(UTC),
                        lambda said: sign(key, HEAD, dict(said)))  # fmt: skip
    everybody = world(database, key)
    with database.read() as connection:
        known = directory.current(connection)
    assert known is not None
    made = Served(folder.path, url, database, everybody, key, known.hash, _port())
    for member in (KR, JP, NORTH, SOUTH):
        with database.write() as tx:
            new = NewKey("tests", SCOPES, 1)
            made.tokens[member] = api_keys.make(tx, everybody.analyst(member), new).token
    try:
        yield made
    finally:
        made.kill()
        engine.dispose()


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
