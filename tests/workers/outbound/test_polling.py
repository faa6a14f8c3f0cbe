"""The transport that polls partners goes to the one server that was named, and nowhere inside."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread

import pytest

from stanch.client.taxii.line import MEDIA, Line, Settings
from stanch.errors import UnreachableError
from stanch.formats.outbound.address import Reach
from stanch.workers.outbound.policy import Policy
from stanch.workers.outbound.polling import Guarded
from tests.workers.outbound.receiver import authority

HERE = Reach((ip_network("127.0.0.0/8"),))
BODY = b'{"title":"Root"}'


class Server(ThreadingHTTPServer):
    """Answers every GET with a root; `hosts` are the names that it was called by."""

    hosts: list[str]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.hosts.append(self.headers["host"])
        self.send_response(200)
        self.send_header("Content-Type", MEDIA)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), _Handler)
    server.hosts = []
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def policy() -> Policy:
    """For this machine, which every name leads to."""
    return Policy(sign=lambda _: b"", reach=HERE, resolve=lambda *_: ["127.0.0.1"])


def asked(url: str, guard: Guarded) -> bytes:
    return Line(url, None, Settings(transport=guard, tries=1)).get("").data


def test_a_name_is_asked_for_once_and_kept_in_the_request(policy: Policy) -> None:
    names: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        names.append(host)
        return ["127.0.0.1"]

    with serving() as server:
        guard = Guarded(replace(policy, resolve=resolve))
        url = f"http://localhost:{server.server_port}/"
        line = Line(url, None, Settings(transport=guard))
        assert line.get("").data == line.get("collections/").data == BODY
        assert server.hosts == [f"localhost:{server.server_port}"] * 2
    assert names == ["localhost"]


@pytest.mark.parametrize("inside", ["10.0.0.1", "169.254.169.254", "::1", "192.168.0.9"])
def test_a_name_that_leads_inside_is_not_followed(policy: Policy, inside: str) -> None:
    guard = Guarded(replace(policy, reach=Reach(), resolve=lambda *_: ["93.184.216.34", inside]))
    with pytest.raises(UnreachableError, match="no address that this desk may go to"):
        asked("https://partner.example/", guard)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:80/", "https://127.0.0.1/", "https://partner.example:22/"]
)
def test_only_https_on_usual_ports_of_public_addresses(policy: Policy, url: str) -> None:
    with pytest.raises(UnreachableError, match="no address"):
        asked(url, Guarded(replace(policy, reach=Reach())))


def test_one_transport_is_for_one_server(policy: Policy) -> None:
    with serving() as server:
        guard = Guarded(policy)
        assert asked(f"http://127.0.0.1:{server.server_port}/", guard) == BODY
        with pytest.raises(UnreachableError, match="asked for another"):
            asked(f"http://localhost:{server.server_port}/", guard)
        assert len(server.hosts) == 1


def test_the_certificate_must_be_for_the_name(policy: Policy, tmp_path: Path) -> None:
    ca = authority()
    believing = replace(policy, trust=ca.trust)
    with serving(ca.server("partner.example", tmp_path)) as server:
        url = f"https://partner.example:{server.server_port}/"
        assert asked(url, Guarded(believing)) == BODY
        with pytest.raises(UnreachableError, match="did not answer"):
            asked(url, Guarded(policy))
        other = f"https://other.example:{server.server_port}/"
        with pytest.raises(UnreachableError, match="did not answer"):
            asked(other, Guarded(believing))
        assert len(server.hosts) == 1
