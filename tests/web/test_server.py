"""A real server on a real socket: slow clients, large headers, and where it may listen."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import httpx
import pytest

from stanch.errors import UsageError
from stanch.store.engines import sql
from stanch.web.config import Config, Provider
from stanch.web.serve import _provider
from stanch.web.server import create, settings
from tests.web.conftest import CONFIG, NO_HURRY, Client, World


@pytest.fixture
def port(world: World) -> Iterator[int]:
    """The port of a server that waits a second for a body, or to be heard, and half for headers."""
    config = Config(
        rate=NO_HURRY, door=NO_HURRY, body_seconds=1, header_seconds=0.5, answer_seconds=1
    )
    server = settings(create(world.desk, config), "127.0.0.1", 0, config)
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def talk(port: int, *parts: bytes, pause: float = 0) -> bytes:
    """Send the parts, with a pause after each; gives all that came back until the other hung up."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        for part in parts:
            try:
                line.sendall(part)
            except OSError:
                break
            time.sleep(pause)
        heard = b""
        try:
            while part := line.recv(65536):
                heard += part
        except ConnectionResetError:
            pass
    return heard


def test_it_answers(port: int) -> None:
    answer = httpx.get(f"http://127.0.0.1:{port}/v1/health")
    assert answer.json()["status"] == "ok"


def test_who_says_headers_letter_by_letter_is_hung_up_on(port: int) -> None:
    began = time.monotonic()
    head = b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX: "
    heard = talk(port, head, *[b"a"] * 8, pause=0.2)
    assert heard == b""
    assert time.monotonic() - began < 4
    assert talk(port, pause=0) == b""  # and who says nothing at all


def test_who_sends_a_body_drop_by_drop_is_told_so_and_hung_up_on(port: int) -> None:
    head = (
        b"POST /v1/sign-in/link HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 1000\r\n\r\n"
    )
    began = time.monotonic()
    heard = talk(port, head, *[b" "] * 6, pause=0.3)
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert b"urn:stanch:problem:slow" in heard
    assert time.monotonic() - began < 4


def test_a_slow_client_keeps_nobody_waiting(port: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    for line in lines:
        line.sendall(b"POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
    assert httpx.get(f"http://127.0.0.1:{port}/v1/health", timeout=30).status_code == 200
    for line in lines:
        line.close()


@contextmanager
def asked_often(port: int) -> Iterator[tuple[socket.socket, int]]:
    """A line with more answers to come than the system takes for who reads nothing; their size."""
    size = len(httpx.get(f"http://127.0.0.1:{port}/v1/openapi.json").content)
    many = 20_000_000 // size + 1
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * many)
        yield line, many * size


def test_who_does_not_take_an_answer_is_hung_up_on(port: int) -> None:
    for wait in (1.5, 5, 15):  # a busy machine may take its time to write what waits
        with asked_often(port) as (line, size):
            time.sleep(wait)
            if heard_of(line, size, 0) < size:
                return
    raise AssertionError("who read nothing got all of it")


def test_who_takes_an_answer_slowly_gets_all_of_it(port: int) -> None:
    began = time.monotonic()
    with asked_often(port) as (line, size):
        assert heard_of(line, size, 0.1) >= size
    assert time.monotonic() - began > 1  # longer than anybody is waited for at a stretch


def heard_of(line: socket.socket, size: int, pause: float) -> int:
    """How much comes, with a pause after every 1.5 million bytes."""
    heard, rested = 0, 0
    with suppress(ConnectionResetError):
        while heard < size and (part := line.recv(2**20)):
            heard += len(part)
            if heard - rested > 1_500_000:
                rested = heard
                time.sleep(pause)
    return heard


def test_two_lengths_or_a_length_that_is_none_reach_nothing(port: int) -> None:
    for lengths in (b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: -1\r\n"):
        head = b"POST /v1/sign-in/link HTTP/1.1\r\nHost: localhost\r\n" + lengths + b"\r\nhello"
        assert talk(port, head).startswith(b"HTTP/1.1 400 ")


def test_it_listens_for_others_only_where_it_was_told_to(world: World) -> None:
    app = create(world.desk)
    for host in ("0.0.0.0", "::", "192.0.2.1", "desk.example", ""):
        with pytest.raises(UsageError, match="--public"):
            settings(app, host, 0, Config())
    near = ("127.0.0.1",)
    settings(app, "0.0.0.0", 0, Config(origin="https://desk.example", public=True, proxies=near))
    with pytest.raises(UsageError, match="https"):
        Config(origin="http://desk.example", public=True)


def test_behind_a_proxy_it_knows_the_proxy_or_one_would_lock_out_all(world: World) -> None:
    config = Config(origin="https://desk.example")
    with pytest.raises(UsageError, match="--proxy"):
        settings(create(world.desk, config), "127.0.0.1", 0, config)


def test_a_database_that_is_away_is_said_to_be_away(world: World, tmp_path: Path) -> None:
    nowhere = sql.connect(tmp_path, "postgresql://nobody@127.0.0.1:1/desk")
    database = replace(world.desk.database, reader=nowhere, writer=nowhere)
    gone = World(world.house, replace(world.desk, database=database), world.app)
    client = Client(create(gone.desk, CONFIG))
    for path in ("/v1/health", "/v1/openapi.json"):
        answer = client.get(path)
        assert answer.status_code == (503 if path == "/v1/health" else 200)
    answer = client.post("/v1/sign-in/link", {"token": "stl_x"})
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:stanch:problem:away"
    assert int(answer.headers["retry-after"]) > 0
    assert "127.0.0.1" not in answer.text


@pytest.mark.parametrize(
    "given", [("https://id.example", "", "s"), ("", "desk", ""), ("", "", "s")]
)
def test_half_a_provider_is_none(given: tuple[str, str, str]) -> None:
    with pytest.raises(UsageError, match="oidc-client"):
        _provider(*given)


def test_a_provider_is_all_of_it_or_not_there() -> None:
    assert _provider("", "", "") is None
    assert _provider("https://id.example", "desk", "s") == Provider(
        "https://id.example", "desk", "s"
    )
