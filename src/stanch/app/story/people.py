"""Who is in the story: two governments that sign, three exchanges that are told.

Each comes in by a one-time link and makes a key of its own; the directory of keys is signed by
both governments with keys that the server never sees.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx

from stanch.app.story.served import Served
from stanch.errors import UnreachableError
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.directory import directory_document, directory_hash, sign_directory
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.directory import Approver, Certificate, Directory, MemberKey
from stanch.model.desk.people import MemberKind, Role

ONE, TWO = "Simulated FIU One", "Simulated FIU Two"
SOUTH, EAST, NORTH = (f"Simulated Exchange {each}" for each in ("South", "East", "North"))
_SCOPES: Final = ("read", "cases", "orders", "replies", "screen", "share", "audit", "admin")


@dataclass(frozen=True, slots=True)
class Person:
    """One who has signed in: their member, their API key, and the key that they sign with."""

    id: str
    member: dict[str, Any]
    token: str
    key: PrivateKey = field(default_factory=PrivateKey.generate, repr=False)
    offline: PrivateKey = field(default_factory=PrivateKey.generate, repr=False)  # the member's


class Session:
    """A person at the desk's door, in a session of a browser."""

    def __init__(self, url: str, link: str) -> None:
        """Come in by a one-time link."""
        self.http = httpx.Client(base_url=url)
        self.http.headers["X-CSRF-Token"] = self.ask("POST", "/v1/sign-in/link", {"token": link})[
            "csrf"
        ]
        self.me = self.ask("GET", "/v1/me")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the desk. Raises UnreachableError for what it refuses: the story ends there."""
        return answer_of(self.http.request(method, path, json=body))

    def person(self, role: str) -> Person:
        """Take a role beside one's own, and make a key."""
        id, roles = self.me["person"], sorted({*self.me["roles"], role, "analyst"})
        self.ask("PUT", f"/v1/people/{id}/roles", {"roles": roles})
        wanted = {"label": "story", "scopes": list(_SCOPES), "days": 1}
        return Person(id, self.me["member"], self.ask("POST", "/v1/keys", wanted)["token"])


def answer_of(answer: httpx.Response) -> Any:
    """What the desk says. Raises UnreachableError where it refused."""
    if not answer.is_success:
        raise UnreachableError(f"the desk said {answer.status_code}: {answer.text[:200]}")
    return answer.json() if answer.content else None


def come_in(desk: Served) -> tuple[dict[str, Person], str]:
    """All of them by their member's name, and the pin of the directory that they signed."""
    first = Session(desk.url, desk.link)
    found = {ONE: first.person("approver")}
    found[TWO] = _join(first, desk.url, TWO, MemberKind.GOVERNMENT)
    for name in (SOUTH, EAST, NORTH):
        found[name] = _join(first, desk.url, name, MemberKind.EXCHANGE)
    return found, _directory(first, desk, [found[ONE], found[TWO]])


def _join(first: Session, url: str, name: str, kind: MemberKind) -> Person:
    government = kind is MemberKind.GOVERNMENT
    id = f"mem-{name.rsplit(' ', 1)[1].lower()}"
    body = {"id": id, "name": name, "kind": kind.value, "country": "JP" if government else "KR"}
    first.ask("POST", "/v1/members", {**body, "founding": True} if government else body)
    link = first.ask("POST", f"/v1/members/{id}/first", {"name": "First"})["link"]
    return Session(url, link).person("approver" if government else "analyst")


def _directory(first: Session, desk: Served, signers: list[Person]) -> str:
    now = datetime.now(UTC).replace(microsecond=0)
    known = {each["id"]: each for each in first.ask("GET", "/v1/members?sort=name")["items"]}
    signers = sorted(signers, key=lambda each: str(each.member["id"]))
    members = []
    approvers = []
    for each in signers:
        id = each.member["id"]
        said = known[id]
        members.append(
            MemberKey(
                id, said["name"], MemberKind.GOVERNMENT, said["country"],
                founding=True, key=each.offline.public.text,
            )
        )  # fmt: skip
        certificate = Certificate(
            desk.id, id, each.id, each.key.public.text, frozenset({Role.APPROVER}),
            stamp(now - timedelta(minutes=1)), stamp(now + timedelta(days=1)),
        )  # fmt: skip
        approvers.append(Approver(each.id, id, approver_certificate(each.offline, certificate)))
    approvers.sort(key=lambda each: each.person)
    made = Directory(
        desk.id, 1, None, 2, tuple(members), tuple(approvers), (), (), stamp(now),
    )  # fmt: skip
    document = canonical(directory_document(made)).decode()
    signatures = [sign_directory(each.offline, made) for each in signers]
    first.ask("POST", "/v1/directory", {"document": document, "signatures": signatures})
    return directory_hash(made)
