"""A desk's app over an open database, asked as programs ask it: by ASGI, with an API key."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.sharing.collections import making
from stanch.sharing.collections.making import NewCollection
from tests.desk_world import KR, World
from tests.taxii.objects import indicator
from tests.web.conftest import Client

ROOT = "/taxii2/desk/"
MEDIA = "application/taxii+json;version=2.1"
SENT = {"Content-Type": MEDIA}


@dataclass
class Place:
    """Everybody, and the app; each member's program has a key."""

    world: World
    app: FastAPI
    keys: dict[tuple[str, str], str] = field(default_factory=dict)

    def key(self, member: str, *scopes: str) -> str:
        """A key of the member's analyst, to share unless other scopes are named."""
        of = (member, " ".join(scopes or ("share",)))
        if of not in self.keys:
            with self.world.database.write() as tx:
                new = NewKey("program", of[1].split())
                self.keys[of] = api_keys.make(tx, self.world.analyst(member), new).token
        return self.keys[of]

    def ask(
        self, member: str, method: str, path: str, headers: Any = None, **more: Any
    ) -> httpx.Response:
        """Ask as a member's program; a path under the API root, or one that begins with a slash."""
        client = Client(self.app)
        said = {"Accept": MEDIA, "Authorization": f"Bearer {self.key(member)}", **(headers or {})}
        said = {name: value for name, value in said.items() if value is not None}
        return client(method, path if path[0] == "/" else ROOT + path, headers=said, **more)

    def get(self, member: str, path: str, **more: Any) -> httpx.Response:
        return self.ask(member, "GET", path, **more)

    def post(self, member: str, id: str, *objects: Any) -> dict[str, Any]:
        """Post objects, all of which are judged; the status."""
        content = json.dumps({"objects": objects}).encode()
        answer = self.send(member, id, content)
        assert answer.status_code == 202, answer.text
        status: dict[str, Any] = answer.json()
        return status

    def send(self, member: str, id: str, content: Any, **more: Any) -> httpx.Response:
        """Post any body."""
        path = f"collections/{id}/objects/"
        headers = {**SENT, **more.pop("headers", {})}
        return self.ask(member, "POST", path, headers=headers, content=content, **more)

    def collection(self, *readers: str, writers: tuple[str, ...] = (), **more: Any) -> str:
        """A new collection of Korea's with members that read it, or write into it."""
        kr = self.world.analyst(KR)
        with self.world.database.write() as tx:
            id = making.make(tx, kr, NewCollection("Thefts", **more))
            for member in {*readers, *writers}:
                making.grant(tx, kr, id, member, (member in readers, member in writers))
        return id

    def filled(self, number: int, *readers: str) -> str:
        """A new collection with so many indicators in it."""
        id = self.collection(*readers)
        self.post(KR, id, *(indicator(each) for each in range(number)))
        return id
