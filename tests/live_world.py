"""A whole desk that runs: two founding governments, exchanges, a signed directory, and their keys.

All of it is made as people would make it: over HTTP and by signatures made elsewhere.
"""

import atexit
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from stanch.client import Desk, Pin
from stanch.client.session import Session
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.directory import directory_document, directory_hash, sign_directory
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.directory import Approver, Certificate, Directory, MemberKey
from stanch.model.desk.people import MemberKind, Role
from tests.live_desk import LiveDesk, live_desk, serving

SCOPES = ("read", "cases", "orders", "replies", "screen", "share", "audit", "admin")
PATIENCE = 60  # seconds for an answer: the machine may have much else to do
_FRESH = 600  # seconds: after half an hour without a word their sessions would be over
EXCHANGES = ("upbeat", "coinwon", "latecoin")


@dataclass
class Person:
    """Somebody who has signed in and made a key; `key` signs for an approver."""

    id: str
    member: str
    api_key: str
    session: Session
    key: PrivateKey = field(default_factory=PrivateKey.generate)


@dataclass
class World:
    """`people` by a name: kr, kr2, jp are approvers of two governments, jp2 an analyst of
    the second; exchanges by their own."""

    desk: LiveDesk
    folder: Path
    people: dict[str, Person]
    directory: Directory
    offline: dict[str, PrivateKey]  # the two governments' keys, by their member's id

    @property
    def pin(self) -> str:
        return directory_hash(self.directory)

    def call(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """Ask the desk as somebody; what it refuses is an error here."""
        headers = {"Authorization": f"Bearer {self.people[who].api_key}"}
        answer = httpx.request(
            method, f"{self.desk.url}{path}", json=body, headers=headers, timeout=PATIENCE
        )
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def client(self, who: str) -> Desk:
        """The client of somebody's member, with a state of its own."""
        person = self.people[who]
        pin = Pin(self.pin, self.desk.key, person.member)
        return Desk(self.desk.url, person.api_key, pin, self.folder / f"{who}.state")


class Browser:
    """A person in a session, who may let others in."""

    def __init__(self, url: str, link: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=PATIENCE)
        opened = self.ask("POST", "/v1/sign-in/link", {"token": link})
        ((name, token),) = self.http.cookies.items()
        self.session = Session(url, name, token, opened["csrf"], opened["expires"])
        self.http.headers["X-CSRF-Token"] = opened["csrf"]
        self.me = self.ask("GET", "/v1/me")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def person(self, *roles: str) -> Person:
        """Take these roles beside one's own, and make a key."""
        id = self.me["person"]
        roles = tuple(sorted({*self.me["roles"], *roles}))
        self.ask("PUT", f"/v1/people/{id}/roles", {"roles": list(roles)})
        made = self.ask("POST", "/v1/keys", {"label": "tests", "scopes": list(SCOPES), "days": 1})
        return Person(id, self.me["member"]["id"], made["token"], self.session)


@contextmanager
def live_world(
    folder: Path, offline: Mapping[str, PrivateKey] = MappingProxyType({})
) -> Iterator[World]:
    """A desk with all of them in it, served from a new folder. A member whose key is in `offline`
    keeps it: it joined another desk before.

    They come once in a process; who needs no keys of another desk gets a copy of that one.
    """
    if offline:
        with live_desk(folder / "desk") as desk:
            yield _come(desk, folder, offline)
        return
    made = _once(int(time.monotonic() // _FRESH))
    shutil.copytree(made.desk.folder, folder / "desk")
    with serving(replace(made.desk, folder=folder / "desk", server=None)) as desk:
        people = {
            name: replace(each, session=replace(each.session, server=desk.url))
            for name, each in made.people.items()
        }
        yield World(desk, folder, people, made.directory, dict(made.offline))


@lru_cache(1)
def _once(_: int) -> World:
    """A desk to which all of them have come. Nobody serves it any more."""
    folder = Path(tempfile.mkdtemp(prefix="stanch-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with live_desk(folder / "desk") as desk:
        return _come(desk, folder, {})


def _come(desk: LiveDesk, folder: Path, offline: Mapping[str, PrivateKey]) -> World:
    korea = Browser(desk.url, desk.link)
    people = {"kr": korea.person("analyst", "approver", "auditor")}
    second = korea.ask("POST", "/v1/people", {"name": "Lee", "roles": ["approver"]})["id"]
    link = korea.ask("POST", f"/v1/people/{second}/link")["link"]
    people["kr2"] = _colleague(desk.url, link)
    japan = {"name": "JAFIC", "kind": "government", "country": "JP", "founding": True}
    sato = _joined(korea, desk.url, {**japan, "id": "mem-japan"})
    people["jp"] = sato.person("approver")
    third = sato.ask("POST", "/v1/people", {"name": "Ito", "roles": ["analyst"]})["id"]
    people["jp2"] = _colleague(desk.url, sato.ask("POST", f"/v1/people/{third}/link")["link"])
    for name in EXCHANGES:
        body = {"name": name, "kind": "exchange", "country": "KR", "id": f"mem-{name}"}
        people[name] = _joined(korea, desk.url, body).person("analyst")
    members = (people["kr"].member, people["jp"].member)
    keys = {each: offline.get(each) or PrivateKey.generate() for each in members}
    return World(desk, folder, people, _directory(korea, desk, people, keys), keys)


def _colleague(url: str, link: str) -> Person:
    """One who is no administrator, and keeps the roles they were given."""
    browser = Browser(url, link)
    body = {"label": "tests", "scopes": list(SCOPES), "days": 1}
    made = browser.ask("POST", "/v1/keys", body)
    return Person(browser.me["person"], browser.me["member"]["id"], made["token"], browser.session)


def _joined(korea: Browser, url: str, body: dict[str, Any]) -> Browser:
    korea.ask("POST", "/v1/members", body)
    first = korea.ask("POST", f"/v1/members/{body['id']}/first", {"name": "First"})
    return Browser(url, first["link"])


def _directory(
    korea: Browser, desk: LiveDesk, people: dict[str, Person], offline: dict[str, PrivateKey]
) -> Directory:
    """The first version, signed by both governments with keys that no server has seen."""
    members = {each["id"]: each for each in korea.ask("GET", "/v1/members?sort=name")["items"]}
    approvers = [
        Approver(each.person, each.member, approver_certificate(offline[each.member], each))
        for each in (_certificate(desk.id, people[name]) for name in ("kr", "kr2", "jp"))
    ]
    directory = Directory(
        desk=desk.id,
        version=1,
        previous=None,
        threshold=2,
        members=tuple(
            MemberKey(
                id=id,
                name=members[id]["name"],
                kind=MemberKind.GOVERNMENT,
                country=members[id]["country"],
                founding=True,
                key=key.public.text,
            )
            for id, key in offline.items()
        ),
        approvers=tuple(approvers),
        revoked=(),
        key_changes=(),
        created="2026-01-01T00:00:00Z",
    )
    signatures = [sign_directory(key, directory) for key in offline.values()]
    document = canonical(directory_document(directory)).decode()
    korea.ask("POST", "/v1/directory", {"document": document, "signatures": signatures})
    return directory


def _certificate(desk: str, person: Person) -> Certificate:
    return Certificate(
        desk=desk,
        member=person.member,
        person=person.id,
        key=person.key.public.text,
        roles=frozenset({Role.APPROVER}),
        since="2026-01-01T00:00:00Z",
        until="2036-01-01T00:00:00Z",
    )
