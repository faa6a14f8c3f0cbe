"""The OpenAPI document: every route has an example, and the examples are what a live desk does."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stanch.formats.signed.directory import directory_document
from stanch.model.desk.canonical import canonical
from tests.formats.test_trace_accounts import HEAD
from tests.members.signing import following
from tests.persona_result import content as persona_result
from tests.web.aside import aside
from tests.web.conftest import Client, World
from tests.web.founders import Founders
from tests.web.test_cases import opened

ELSEWHERE = (
    "/v1/sign-in/oidc",  # needs a provider: test_oidc.py
    "/v1/sign-in/oidc/callback",
    "/v1/me/notices/code",  # needs a code that came: test_notices.py
    "/v1/snapshot",  # needs a server that screens: test_snapshots.py
    "/v1/feed/stream",  # does not end: test_feed.py
    "/v1/common",  # of reports that members signed: test_common.py
    "/v1/common/{threat}",
    "/v1/common/{threat}/answers",
    "/v1/evidence",  # of what an approver signed: tests/cases/test_bundles.py
    "/v1/meetings/{meeting}/pack",  # needs fonts: tests/cli/test_pack_meeting.py
    "/v1/orders/{order}/effect",  # of an order in force alone
    "/v1/orders/{order}/statements",  # needs approvers: test_statements.py
    "/v1/orders/{order}/reviews",  # of an order that held: test_statements.py
    "/v1/reviews/{review}",
    "/v1/reviews/{review}/answer",
    "/v1/orders/{order}/acknowledge",  # by an addressee: test_answers.py
    "/v1/orders/{order}/replies",
    "/v1/webhooks/{webhook}/agree",  # by who was let in a day ago: test_webhooks.py
    "/v1/people/{person}/erasure",  # of who left: test_erasure.py
    "/v1/reporters/{reporter}/erasure",
    "/v1/reviews/{review}/erasure",
    "/v1/orders/{order}/targets",  # of an order in force: test_proofs.py
    "/v1/quarantine/{held}/bytes",  # as they came: test_partners.py
    "/v1/personas/{cluster}/decision",  # of what two have read: test_personas.py
    "/v1/personas/{cluster}/taking-back",
    "/v1/personas/{cluster}/indicators",
    "/v1/personas/indicators/{indicators}",
    "/v1/personas/erasure",
)
# What is sent where no JSON is, by the path's end.
CONTENT = {"traces": f"{HEAD}\n".encode(), "results": persona_result()}
_NUMBERS = itertools.count(1)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


class Live:
    """Real things to stand where the examples have made-up ones."""

    def __init__(self, world: World, korea: Client) -> None:
        self.world, self.korea, self.founders = world, korea, Founders.of(world)
        self.first = self.founders.first
        self.document = korea.get("/v1/openapi.json").json()
        self.paths = list(self.document["paths"])
        self.of: dict[str, Callable[[], Any]] = {
            "case": lambda: opened(korea),
            "item": self.note,
            "file": self.file,
            "person": lambda: world.house.person(world.house.chief, "analyst"),
            "member": lambda: self.new("/v1/members", {"name": f"M {next(_NUMBERS)}"}),
            "contact": lambda: self.new("/v1/contacts", {}),
            "key": lambda: self.new("/v1/keys", {}),
            "order": self.order,
            "report": lambda: self.new("/v1/reports", {}),
            "webhook": self.webhook,
            "body": lambda: self.new("/v1/bodies", {}),
            "seat": self.seat,
            "aim": lambda: self.within("body", "targets"),
            "meeting": lambda: self.within("body", "meetings"),
            "action": lambda: self.within("meeting", "actions"),
            "paper": self.paper,
            "collection": lambda: self.new("/v1/collections", {"alias": None}),
            "share": lambda: self.new("/v1/shares", {"collection": self.of["collection"]()}),
            "link": lambda: self.new("/v1/partners", {"collection": self.of["collection"]()}),
            "held": lambda: aside(self.world, self.of["link"]()),
            "result": lambda: self.personas()["id"],
            "cluster": self.cluster,
            "version": lambda: 1,
            "n": lambda: 1,
        }

    def new(self, path: str, more: dict[str, Any]) -> str:
        body = body_of(self.korea.get("/v1/openapi.json").json(), path, "post")
        answer = self.korea.post(path, {**body, **more})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def order(self) -> str:
        return self.new("/v1/orders", {"case": opened(self.korea)})

    def within(self, name: str, kind: str) -> str:
        """The example of a kind within a new thing of this name."""
        path = next(path for path in self.paths if path.endswith(f"{{{name}}}/{kind}"))
        body = body_of(self.document, path, "post")
        answer = self.korea.post(path.format(**{name: self.of[name]()}), body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def seat(self) -> str:
        """Of a second co-chair: the last one stays."""
        body = {"member": "mem-korea", "agency": "Police", "role": "co-chair"}
        path = f"/v1/bodies/{self.of['body']()}/seats"
        return str(self.korea.post(path, body).json()["id"])

    def paper(self) -> str:
        body = {"title": "Evidence", "file": self.file()}
        path = f"/v1/meetings/{self.of['meeting']()}/papers"
        return str(self.korea.post(path, body).json()["id"])

    def webhook(self) -> str:
        """What another administrator proposed."""
        other = self.world.client(self.world.house.chief, "administrator")
        return str(other.post("/v1/webhooks", {"url": "https://a.example/"}).json()["id"])

    def note(self) -> str:
        note = {"kind": "note", "body": {"text": "Seen."}}
        return str(self.korea.post(f"/v1/cases/{opened(self.korea)}/items", note).json()["id"])

    def personas(self) -> Any:
        path = "/v1/personas/results?title=March"
        return self.korea("POST", path, content=persona_result()).json()

    def cluster(self) -> str:
        self.personas()
        return str(self.korea.get("/v1/personas").json()["items"][0]["id"])

    def file(self) -> str:
        answer = self.korea("POST", f"/v1/cases/{opened(self.korea)}/files?name=a", content=b"x")
        return str(answer.json()["id"])

    def body(self, path: str, body: Any) -> Any:
        """The example, with real secrets and signatures in it."""
        if path == "/v1/sign-in/link":
            chief = self.world.house.chief
            return {"token": self.world.house.link(chief, self.of["person"]())}
        if path in ("/v1/partners", "/v1/shares"):
            return {**body, "collection": self.of["collection"]()}
        if body and body.get("case"):
            return {**body, "case": opened(self.korea)}
        if path == "/v1/directory":
            later = following(self.first)
            document = canonical(directory_document(later)).decode()
            return {
                "document": document,
                "signatures": self.founders.signed(later),
            }
        return body


def body_of(document: dict[str, Any], path: str, method: str) -> Any:
    content = document["paths"][path][method]["requestBody"]["content"]["application/json"]
    name = content["schema"]["$ref"].rpartition("/")[2]
    return document["components"]["schemas"][name]["examples"][0]


def example_of(operation: dict[str, Any]) -> tuple[int, str, Any]:
    """Status, media type and example of what happens when all is well."""
    status = min(code for code in operation["responses"] if code[0] in "23")
    content = operation["responses"][status].get("content", {})
    for media, said in content.items():
        if "example" in said:
            return int(status), media, said["example"]
    assert status in ("204", "303"), operation["operationId"]
    return int(status), "", None


def same_shape(example: Any, live: Any, at: str) -> None:
    if isinstance(example, dict):
        assert isinstance(live, dict), at
        assert example.keys() <= live.keys(), (at, sorted(example), sorted(live))
        for name in example:
            same_shape(example[name], live[name], f"{at}/{name}")
    elif isinstance(example, list):
        assert isinstance(live, list), at
        if example and live:
            same_shape(example[0], live[0], f"{at}/0")
    elif example is not None and live is not None:
        assert type(example) is type(live), (at, example, live)


@pytest.fixture
def document(world: World) -> dict[str, Any]:
    return world.nobody().get("/v1/openapi.json").json()


def test_the_document_is_openapi_3_1_and_every_route_says_what_goes_wrong(
    document: dict[str, Any],
) -> None:
    assert document["openapi"].startswith("3.1")
    names = [each["operationId"] for _, _, each in operations(document)]
    assert len(set(names)) == len(names) > 40
    for method, path, operation in operations(document):
        assert operation["summary"], (method, path)
        assert operation["description"], (method, path)
        for status in ("400", "401", "403", "404", "409", "422", "429"):
            media = operation["responses"][status]["content"]
            assert "application/problem+json" in media, (method, path, status)


def test_the_examples_are_what_a_live_desk_does(world: World, document: dict[str, Any]) -> None:
    korea = world.client(
        world.house.chief, "analyst", "administrator", "auditor", "approver", "reader"
    )
    live, ran = Live(world, korea), 0
    for method, path, operation in operations(document):
        if path in ELSEWHERE:
            continue
        status, media, example = example_of(operation)
        more: dict[str, Any] = {"params": {}}
        names = {each["name"]: each for each in operation.get("parameters", [])}
        at = {n: live.of[n]() for n, each in names.items() if each["in"] == "path"}
        for name, each in names.items():
            if each["in"] == "query" and each.get("required"):
                more["params"][name] = each["schema"].get("examples", [1])[0]
        if "requestBody" in operation:
            if "application/json" in operation["requestBody"]["content"]:
                more["json"] = live.body(path, body_of(document, path, method.lower()))
            else:
                more["content"] = CONTENT.get(path.rpartition("/")[2], b"x")
        client = korea
        if path in ("/v1/sign-in/link", "/v1/sign-out"):
            client = world.client(world.house.chief, "analyst")
        answer = client(method, path.format(**at), **more)
        assert answer.status_code == status, (method, path, answer.text)
        if media:
            assert answer.headers["content-type"].partition(";")[0] == media
        if media == "application/json":
            same_shape(example, answer.json(), f"{method} {path}")
        ran += 1
    assert ran > 35


def test_a_query_that_no_route_knows_is_refused_by_each(
    world: World, document: dict[str, Any]
) -> None:
    """Of things that are not there too: what a slip is does not hang on what is there."""
    korea = world.client(world.house.chief, "analyst", "administrator", "auditor")
    reads = [(path, each) for method, path, each in operations(document) if method == "GET"]
    assert len(reads) > 40
    for path, operation in reads:
        if path == "/v1/sign-in/oidc/callback":  # what a provider adds is its own
            continue
        told = operation.get("parameters", [])
        of = {each["name"]: 1 if each["name"] in ("n", "version") else "mem-x" for each in told}
        needed = {each["name"]: 1 for each in told if each["in"] == "query" and each["required"]}
        answer = korea("GET", path.format(**of), params={**needed, "no_such": "1"})
        assert (answer.status_code, "no_such" in answer.text) == (422, True), (path, answer.text)
