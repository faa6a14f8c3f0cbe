"""What every request passes: sizes, nesting, texts, hosts, how often; what each answer wears."""

import json
from typing import Any

import pytest

from stanch.web.config import Config, Rate
from stanch.web.server import create
from stanch.web.texts import fault_in_json, fault_in_url
from tests.web.conftest import NO_HURRY, ORIGIN, Client, World
from tests.web.test_cases import opened


def test_a_body_that_is_too_large_is_refused_told_or_not(world: World, korea: Client) -> None:
    large = b'{"title": "' + b"a" * 2**20 + b'"}'
    for headers in ({}, {"transfer-encoding": "chunked"}):
        content: Any = large if not headers else _parts(large)
        answer = korea("POST", "/v1/cases", content=content, headers=headers)
        assert answer.status_code == 413
        assert answer.json()["type"] == "urn:stanch:problem:too-large"
    assert world.nobody()("POST", "/v1/cases", content=large).status_code == 413


def test_a_file_may_be_larger_and_not_larger_than_that(world: World, korea: Client) -> None:
    case = opened(korea)
    path = f"/v1/cases/{case}/files?name=a"
    assert korea("POST", path, content=b"a" * 25 * 2**20).status_code == 201
    assert korea("POST", path, content=b"a" * (25 * 2**20 + 1)).status_code == 422
    assert korea("POST", path, content=b"a" * (26 * 2**20 + 1)).status_code == 413
    chunked = _parts(b"a" * (26 * 2**20 + 1))
    assert korea("POST", path, content=chunked).status_code == 413
    assert world.nobody()("POST", path, content=b"a").status_code == 401


async def _parts(content: bytes) -> Any:
    for at in range(0, len(content), 2**16):
        yield content[at : at + 2**16]


@pytest.mark.parametrize("shape", ['{"title": %s}', '{"title": "T", "body": %s}', "%s"])
@pytest.mark.parametrize("depth", [33, 1_000, 200_000])
def test_a_body_nested_too_deep_is_refused(korea: Client, shape: str, depth: int) -> None:
    body = shape % ("[" * depth + "]" * depth)
    answer = korea("POST", "/v1/cases", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert "nested" in answer.json()["detail"]


def test_a_document_in_a_text_nested_too_deep_is_no_document(korea: Client) -> None:
    body = {"document": "[" * 100_000, "signatures": []}
    assert korea.post("/v1/directory", body).status_code in (403, 422)


def test_a_cursor_that_somebody_made_is_no_cursor(korea: Client) -> None:
    import base64

    for made in (
        ["-created", "x\0", "y"],
        ["-created", "x", "y\0"],
        ["-created", "\ud800", "y"],
        ["title", "x", "y"],
        ["-created", 1, 2],
        {"-created": 1},
        None,
    ):
        text = base64.urlsafe_b64encode(json.dumps(made).encode()).decode().rstrip("=")
        assert korea.get("/v1/cases", params={"after": text}).status_code == 422, made
    for text in ("[" * 700, "é", "%%", "=", "e30="):
        deep = base64.urlsafe_b64encode(text.encode()).decode()
        for after in (text, deep):
            assert korea.get("/v1/cases", params={"after": after}).status_code == 422, after


@pytest.mark.parametrize(
    "raw", [b'{"title": "a\\u0000b"}', b'{"title": "a\x00b"}', b'{"title": "\\ud800"}',
            b'{"title": "\\udc00\\ud800"}', b'{"title": "\xed\xa0\x80"}', b'{"title": "\xff"}']
)  # fmt: skip
def test_no_nul_and_no_half_pair_comes_through_a_body(korea: Client, raw: bytes) -> None:
    answer = korea("POST", "/v1/cases", content=raw, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:stanch:problem:malformed"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/cases/%00",
        "/v1/cases?title=%00",
        "/v1/cases/%ff",
        "/v1/cases?owner=%ed%a0%80",
        "/v1/members/%ED%B0%80",
    ],
)
def test_no_nul_and_no_half_pair_comes_through_a_path_or_query(korea: Client, path: str) -> None:
    assert korea.get(path).status_code == 400


def test_escapes_are_read_as_a_parser_reads_them() -> None:
    assert fault_in_json(rb'"\\u0000"') is None  # a backslash, then letters
    assert fault_in_json(rb'"\\\u0000"') == "holds a NUL"
    assert fault_in_json(rb'"\ud83d\ude00"') is None
    assert fault_in_json(rb'"\ud83d \ude00"') == "holds half a surrogate pair"
    assert fault_in_json(rb'"\ud83d\ud83d\ude00"') == "holds half a surrogate pair"
    assert fault_in_json(b'["' + b"[" * 100 + b'"]') is None
    assert fault_in_json(b'["\\"' + b"[" * 100 + b'"]') is None
    assert fault_in_json(b"[" * 32 + b"]" * 32) is None
    assert fault_in_json(b"[]" * 100) is None
    assert fault_in_url(b"/v1/cases/%C3%A9") is None


def test_another_name_is_not_this_server(world: World) -> None:
    client = Client(world.app)
    for host in ("evil.example", "desk.example.evil.example", "[", ""):
        assert client.get("/v1/health", headers={"host": host}).status_code == 421
    assert client.get("/v1/health", headers={"host": "desk.example:443"}).status_code == 200


def test_too_many_headers_and_too_long_a_path_are_refused(korea: Client) -> None:
    many = {f"x-{n}": "y" for n in range(101)}
    assert korea.get("/v1/me", headers=many).status_code == 431
    assert korea.get("/v1/me", headers={"x": "y" * 33_000}).status_code == 431
    assert korea.get("/v1/cases?owner=" + "a" * 9000).status_code == 400


def test_every_answer_wears_what_protects_it(world: World, korea: Client) -> None:
    answers = (
        korea.get("/v1/me"), korea.get("/v1/nothing"), world.nobody().get("/v1/me"),
        korea.get("/v1/cases/%00"), korea("TRACE", "/v1/me"),
    )  # fmt: skip
    for answer in answers:
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert len(answer.headers["x-request-id"]) == 16
        assert "server" not in answer.headers
    assert all(a.headers["content-type"] == "application/problem+json" for a in answers[1:])


def test_who_asks_too_often_is_told_when_to_come_again(world: World) -> None:
    app = create(world.desk, Config(origin=ORIGIN, rate=Rate(0.1, 3), door=NO_HURRY))
    client = Client(app)
    assert [client.get("/v1/health").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/v1/health")
    assert 1 <= int(answer.headers["retry-after"]) <= 10
    assert answer.json()["type"] == "urn:stanch:problem:too-many"


def test_new_secrets_do_not_make_a_new_caller_for_ever(world: World) -> None:
    app = create(world.desk, Config(origin=ORIGIN, rate=Rate(0.1, 2), door=NO_HURRY))
    tried = [
        Client(app).get("/v1/me", headers={"cookie": f"__Host-stanch=sts_{n}"}).status_code
        for n in range(25)
    ]
    assert tried[:20] == [401] * 20
    assert set(tried[20:]) == {429}


def test_the_door_is_tried_seldom_and_guessing_shuts_it(world: World) -> None:
    app = create(world.desk, Config(origin=ORIGIN, rate=NO_HURRY, door=Rate(0.1, 3)))
    tries = [
        Client(app).post("/v1/sign-in/link", {"token": "stl_guess"}).status_code for _ in range(5)
    ]
    assert tries == [401, 401, 401, 429, 429]
    keys = [
        world.nobody().get("/v1/me", headers={"authorization": f"Bearer stk_{n}"}).status_code
        for n in range(12)
    ]
    assert keys[-1] == 429  # ten failures from one place, whatever the secret


def test_what_breaks_says_nothing_of_itself(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    @world.app.get("/v1/broken")
    def broken() -> None:
        raise RuntimeError("the secret is stk_hush")

    answer = world.nobody().get("/v1/broken")
    assert answer.status_code == 500
    assert "stk_hush" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[-1]["request"] == answer.headers["x-request-id"] == lines[-2]["request"]
    assert lines[-2]["error"] == "RuntimeError"


def test_the_log_holds_no_secret_and_no_query(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    link = world.house.link(world.house.chief, world.house.person(world.house.chief, "analyst"))
    client = world.nobody().sign_in(link)
    client.get("/v1/cases?owner=mem-hush")
    text = capsys.readouterr().err
    for secret in (link, client.headers["x-csrf-token"], *client.cookies.values(), "mem-hush"):
        assert secret not in text
    client.get("/v1/members/mem-hush")
    text += capsys.readouterr().err
    assert '"route": "/v1/cases"' in text
    assert '"route": "/v1/members/{member}"' in text
    assert "mem-hush" not in text
