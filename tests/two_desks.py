"""Two desks that poll each other over TAXII, in one process: each asks the other's real app.

At each, Korea keeps the link and owns the collection `joint`; Upbeat is who the other desk is here;
Third is somebody else who reads and writes there.
"""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from stanch.app.desk.desk import Desk
from stanch.app.taxii import partners, turns
from stanch.app.taxii.turns import Turn
from stanch.client.taxii.line import Settings
from stanch.formats.signed.jws import sign
from stanch.formats.signed.keys import PrivateKey
from stanch.members import organisations, people
from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.people import Caller
from stanch.sharing.collections import making
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.partners.words import Direction, NewLink
from stanch.store import migrations
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import quarantine, shared_object
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from stanch.web.config import Config, Rate
from stanch.web.server import create
from tests.desk_database import FakeClock
from tests.members.house import KOREA, UPBEAT, founded

THIRD = "mem-third"
HERE = ("127.0.0.0/8",)
ROOT = "http://127.0.0.1:9/taxii2/desk/"
_NO_HURRY = Rate(1e6, 10**6)


class KilledError(BaseException):
    """Stands for SIGKILL: nobody catches it, and nothing after it happens."""


@dataclass
class Wire(httpx.BaseTransport):
    """From one desk to the app of another. It can be cut, give small pages, and kill who asks."""

    app: Any
    cut: bool = False
    page: int | None = None
    kill_at: int | None = None  # the number of the request, from 1, whose answer is never read
    asked: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if self.cut:
            raise httpx.ConnectError("cut")
        if self.page is not None and "limit" in request.url.params:
            request.url = request.url.copy_set_param("limit", str(self.page))
        answer = asyncio.run(self._ask(request))
        if self.kill_at is not None:
            self.kill_at -= 1
            if self.kill_at == 0:
                self.kill_at = None
                raise KilledError
        return answer

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        asked = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.read()
        )
        answer = await transport.handle_async_request(asked)
        content = await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=content)


@dataclass
class Side:
    """One desk. `key` is what Upbeat, the other desk, was given here."""

    desk: Desk
    clock: FakeClock
    korea: Caller
    third: Caller
    collection: str
    key: str
    link: str = ""

    @cached_property
    def app(self) -> Any:
        """The app over it, as it is served."""
        return create(self.desk, Config(rate=_NO_HURRY, door=_NO_HURRY))

    @property
    def database(self) -> Database:
        return self.desk.database

    def join(self, other: "Side", **more: Any) -> str:
        """Link to the other desk, whose collection it polls."""
        new = NewLink(
            "Other desk", ROOT, other.collection, self.collection, UPBEAT,
            more.pop("direction", Direction.PULL), **more,
        )  # fmt: skip
        self.link = partners.add(self.desk, self.korea, new, f"desk:{other.key}", HERE)
        return self.link

    def turn(self, wire: httpx.BaseTransport, lease: int = 60) -> Turn | None:
        """One turn of the link, due or not; None where another holds it."""
        link = turns.take(self.desk, lease, self.link)
        if link is None:
            return None
        return turns.turn(self.desk, link, Settings(transport=wire, sleep=lambda _: None))

    def rows(self) -> list[Any]:
        """All that lies in the collection, whoever may see it."""
        with self.database.read() as connection:
            query = select(shared_object).where(shared_object.c.collection == self.collection)
            return list(connection.execute(query.order_by(shared_object.c.added)))

    def aside(self) -> list[Any]:
        """What was laid aside."""
        with self.database.read() as connection:
            return list(connection.execute(select(quarantine).order_by(quarantine.c.created)))


def side(database: Database, key: PrivateKey, folder: Path, clock: FakeClock) -> Side:
    """A desk in an empty database."""
    house = founded(database, key)
    with database.write() as tx:
        organisations.add(tx, house.chief, NewMember("Third", "government", "JP", False, THIRD))
        link = people.add_first(tx, house.chief, THIRD, NewPerson("Sato", []))
    third = house.caller(house.of_token(house.come_in(link)), "analyst")
    korea = house.caller(house.chief, "analyst", "administrator")
    other = house.caller(house.exchange, "analyst")
    with database.write() as tx:
        collection = making.make(tx, korea, NewCollection("Joint", alias="joint"))
        for each in (UPBEAT, THIRD):
            making.grant(tx, korea, collection, each, (True, True))
        made = api_keys.make(tx, other, NewKey("desk", ["share", "read"], 365))
    desk = Desk(house.desk, "Joint desk", Folder(folder), key, database)
    return Side(desk, clock, korea, third, collection, made.token)


@dataclass
class Mould:
    """A desk on SQLite, to be copied: to make one takes a second, to copy one a moment."""

    folder: Path
    key: PrivateKey
    side: Side

    @contextmanager
    def cast(self, to: Path) -> Iterator[Side]:
        """A copy of it."""
        shutil.copytree(self.folder, to)
        clock = FakeClock(self.side.clock.at)
        database = _database(to, self.key, clock)
        made = self.side
        desk = Desk(made.desk.id, made.desk.name, Folder(to), self.key, database)
        yield Side(desk, clock, made.korea, made.third, made.collection, made.key, made.link)
        database.writer.dispose()


def mould(folder: Path) -> Mould:
    """A desk on SQLite in a new folder."""
    made = Folder.create(folder)
    key, clock = PrivateKey.from_seed(made.seed()), FakeClock()
    database = _database(folder, key, clock)
    migrations.upgrade(database.writer)
    built = side(database, key, folder, clock)
    database.writer.dispose()
    return Mould(folder, key, built)


def _database(folder: Path, key: PrivateKey, clock: FakeClock) -> Database:
    engine = sql.connect(folder)
    return Database(
        engine, sql.reading(engine), clock, lambda said: sign(key, "stanch-head@1", dict(said))
    )


__all__ = ["KOREA", "THIRD", "UPBEAT", "KilledError", "Mould", "Side", "Wire", "mould", "side"]
