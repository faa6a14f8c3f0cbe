"""A desk that runs, with people who share: the house, an exchange, and one who is let into nothing.

`taxii` speaks as the official client does; `ask` sends what a test says, header by header.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from taxii2client import v21

from tests.live_desk import LiveDesk, live_desk
from tests.live_world import Browser, Person

ROOT = "/taxii2/desk/"
MEDIA = "application/taxii+json;version=2.1"
NAMES = ("upbeat", "coinwon", "stranger")


@dataclass
class House:
    """People by a name, each of a member of their own: kr founded the desk."""

    desk: LiveDesk
    people: dict[str, Person] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)

    def collection(self, *readers: str, writers: tuple[str, ...] = (), **more: Any) -> str:
        """A new collection of kr; whoever is named reads it, or writes into it."""
        browser = self.browsers["kr"]
        made: str = browser.ask("POST", "/v1/collections", {"title": "Thefts", **more})["id"]
        for name in {*readers, *writers}:
            may = {"reads": name in readers, "writes": name in writers}
            member = self.people[name].member
            browser.ask("PUT", f"/v1/collections/{made}/grants/{member}", may)
        return made

    def taxii(self, who: str, collection: str) -> v21.Collection:
        """A collection as the official client has it, by HTTP Basic."""
        person = self.people[who]
        return v21.Collection(
            f"{self.desk.url}{ROOT}collections/{collection}/",
            user=person.member, password=person.api_key,
        )  # fmt: skip

    def server(self, who: str) -> v21.Server:
        person = self.people[who]
        return v21.Server(f"{self.desk.url}/taxii2/", user=person.member, password=person.api_key)

    def ask(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask as somebody: a path under the API root, or one that begins with a slash."""
        headers = {"Accept": MEDIA, "Accept-Encoding": "identity", **more.pop("headers", {})}
        auth = (self.people[who].member, self.people[who].api_key)
        url = self.desk.url + (path if path.startswith("/") else ROOT + path)
        return httpx.request(method, url, headers=headers, auth=auth, timeout=60, **more)

    def post(self, who: str, collection: str, *objects: Any) -> dict[str, Any]:
        """Post objects, all of which are judged; the status."""
        path = f"collections/{collection}/objects/"
        media = {"Content-Type": MEDIA}
        answer = self.ask(who, "POST", path, json={"objects": objects}, headers=media)
        assert answer.status_code == 202, answer.text
        status: dict[str, Any] = answer.json()
        return status


@contextmanager
def live_house(folder: Path, *more: str) -> Iterator[House]:
    """Serve it from a new folder."""
    with live_desk(folder / "desk", *more) as desk:
        house = House(desk)
        house.browsers["kr"] = korea = Browser(desk.url, desk.link)
        house.people["kr"] = korea.person("analyst")
        for name in NAMES:
            said = {"name": name, "kind": "exchange", "country": "KR", "id": f"mem-{name}"}
            korea.ask("POST", "/v1/members", said)
            link = korea.ask("POST", f"/v1/members/mem-{name}/first", {"name": "Chief"})["link"]
            house.browsers[name] = Browser(desk.url, link)
            house.people[name] = house.browsers[name].person("analyst")
        yield house
