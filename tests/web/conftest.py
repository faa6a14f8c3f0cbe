"""A desk with a server over it, and clients of people in two members of it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from stanch.app.desk.desk import Desk
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.people import Caller
from stanch.store.desk.folder import Folder
from stanch.store.desk.transaction import Database
from stanch.web.config import Config, Rate
from stanch.web.server import create
from tests.members.house import KOREA, UPBEAT, House, founded

ORIGIN = "https://desk.example"
NO_HURRY = Rate(1e6, 10**6)
CONFIG = Config(origin=ORIGIN, rate=NO_HURRY, door=NO_HURRY)


class Client:
    """A client of the app, which speaks ASGI to it and keeps cookies as a browser does."""

    def __init__(self, app: Any, **more: Any) -> None:
        self.app, self.more = app, more
        self.cookies = httpx.Cookies()
        self.headers: dict[str, str] = {}

    def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._ask(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return self("POST", path, **({"json": body} if body is not None else {}), **more)

    def put(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return self("PUT", path, json=body, **more)

    def delete(self, path: str, **more: Any) -> httpx.Response:
        return self("DELETE", path, **more)

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, **self.more)
        headers = {**self.headers, **more.pop("headers", {})}
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, cookies=self.cookies
        ) as client:
            response = await client.request(method, path, headers=headers, **more)
            self.cookies = client.cookies
        return response

    def sign_in(self, link: str) -> "Client":
        """Come in by a link, as a browser that then sends what its forms must."""
        answer = self.post("/v1/sign-in/link", {"token": link})
        assert answer.status_code == 200, answer.text
        self.headers["x-csrf-token"] = answer.json()["csrf"]
        return self


@dataclass
class World:
    """The house, the desk over it, the app, and who comes."""

    house: House
    desk: Desk
    app: FastAPI

    def client(self, by: Caller, *roles: str) -> Client:
        """A new person of a member, who has signed in."""
        return Client(self.app).sign_in(self.house.link(by, self.house.person(by, *roles)))

    def nobody(self) -> Client:
        return Client(self.app)

    def program(self, person: Client, *scopes: str) -> Client:
        """A program with a key of that person."""
        made = person.post("/v1/keys", {"label": "program", "scopes": list(scopes)})
        assert made.status_code == 201, made.text
        client = Client(self.app)
        client.headers["authorization"] = f"Bearer {made.json()['token']}"
        return client


@pytest.fixture
def world(database: Database, desk_key: PrivateKey, tmp_path: Path) -> World:
    """A desk of Korea, who founded it, and Upbeat, an exchange; on each engine."""
    house = founded(database, desk_key)
    folder = Folder.create(tmp_path / "desk")
    desk = Desk(house.desk, "Joint desk", folder, desk_key, database)
    return World(house, desk, create(desk, CONFIG))


@pytest.fixture
def korea(world: World) -> Client:
    """An analyst who is administrator too."""
    return world.client(world.house.chief, "analyst", "administrator", "auditor")


@pytest.fixture
def upbeat(world: World) -> Client:
    """The exchange's analyst and administrator."""
    return world.client(world.house.exchange, "analyst", "administrator")


__all__ = ["KOREA", "UPBEAT"]
