"""The sender against real servers that cheat. Nothing but the loopback is ever contacted."""

import contextlib
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from stanch.errors import InvariantError
from stanch.formats.outbound.address import Reach
from stanch.formats.webhook import Trust, receive
from stanch.workers.outbound.policy import Limits, Policy
from stanch.workers.outbound.sender import Message, Outcome, send
from tests.workers.outbound.receiver import DESK_KEY, Authority, authority, listening, says

NOW = datetime(2026, 11, 26, 19, 3, tzinfo=UTC)
MESSAGE = Message("dlv_1", b'{"order":"ord_1"}')
NAME = "hooks.example"
LOOPBACK = Reach((ip_network("127.0.0.1/32"),))
SHORT = Limits(connect=1.0, whole=1.5)


@pytest.fixture(scope="module")
def ca() -> Authority:
    return authority()


@pytest.fixture
def policy(ca: Authority) -> Policy:
    """Believes the test's authority, may send to 127.0.0.1, and finds every name there."""
    return Policy(DESK_KEY.sign, LOOPBACK, ca.trust, lambda host, port: ["127.0.0.1"], SHORT)


def plain(port: int, policy: Policy, path: str = "/hook") -> Outcome:
    return send(MESSAGE, f"http://{NAME}:{port}{path}", policy, NOW)


def test_a_receiver_with_a_certificate_gets_what_was_signed(
    ca: Authority, policy: Policy, tmp_path: Path
) -> None:
    with listening(tls=ca.server(NAME, tmp_path)) as receiver:
        outcome = send(MESSAGE, f"https://{NAME}:{receiver.port}/a?b=c%20d", policy, NOW)
    assert (outcome.status, outcome.problem, outcome.delivered) == (204, None, True)
    assert receiver.names == [NAME]
    assert receiver.requests[0].startswith(b"POST /a?b=c%20d HTTP/1.1\r\n")
    headers = receiver.headers()
    assert headers["host"] == f"{NAME}:{receiver.port}"
    assert headers["content-type"] == "application/json"
    trust = Trust((DESK_KEY.public_key().public_bytes_raw(),))
    got = receive(headers, receiver.body(), trust, NOW)
    assert (got.id, got.body, got.at) == ("dlv_1", MESSAGE.body, NOW)


def test_a_certificate_for_another_name_or_the_address_is_not_enough(
    ca: Authority, policy: Policy, tmp_path: Path
) -> None:
    for name in ("other.example", "127.0.0.1", "*.hooks.example"):
        with listening(tls=ca.server(name, tmp_path)) as receiver:
            outcome = send(MESSAGE, f"https://{NAME}:{receiver.port}/", policy, NOW)
        assert outcome.problem == "the certificate does not hold for the webhook's host"
        assert receiver.requests == []


def test_certificates_that_are_over_or_of_strangers_do_not_hold(
    ca: Authority, policy: Policy, tmp_path: Path
) -> None:
    (tmp_path / "stranger").mkdir()
    stranger = authority().server(NAME, tmp_path / "stranger")
    for tls in (ca.server(NAME, tmp_path, days=-1), stranger):
        with listening(tls=tls) as receiver:
            outcome = send(MESSAGE, f"https://{NAME}:{receiver.port}/", policy, NOW)
        assert outcome.problem == "the certificate does not hold for the webhook's host"
        assert receiver.requests == []


def test_a_certificate_for_an_address_serves_a_url_with_that_address(
    ca: Authority, policy: Policy, tmp_path: Path
) -> None:
    with listening(tls=ca.server("127.0.0.1", tmp_path)) as receiver:
        outcome = send(MESSAGE, f"https://127.0.0.1:{receiver.port}/", policy, NOW)
    assert outcome.delivered


def test_no_policy_sends_without_checking_certificates(ca: Authority) -> None:
    loose = ca.trust
    loose.check_hostname = False
    with pytest.raises(InvariantError, match="without checking certificates"):
        Policy(DESK_KEY.sign, LOOPBACK, loose)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(status: int, policy: Policy) -> None:
    with listening() as other:
        to = f"http://127.0.0.1:{other.port}/".encode()
        head = b"HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, to)
        with listening(says(head)) as receiver:
            outcome = plain(receiver.port, policy)
    assert outcome.status == status
    assert outcome.problem == f"answered {status}: redirects are not followed"
    assert (len(receiver.requests), other.knocks) == (1, 0)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 429, 500, 503])
def test_other_answers_are_failures_with_their_status(status: int, policy: Policy) -> None:
    head = b"HTTP/1.1 %d No\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n" % status
    with listening(says(head)) as receiver:
        outcome = plain(receiver.port, policy)
    assert (outcome.status, outcome.problem) == (status, f"answered {status}")
    assert (outcome.delivered, outcome.retry_after) == (False, "120")


def drip(first: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """A slow loris: never still for long enough to time out by one silence."""

    def answer(line: socket.socket) -> None:
        line.sendall(first)
        for _ in range(100):
            line.sendall(drop)
            time.sleep(0.1)

    return answer


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", b"."),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n.\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"x-a: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "chunks", "headers", "continue"],
)
def test_a_slow_answer_ends_at_the_limit_of_the_whole(
    first: bytes, drop: bytes, policy: Policy
) -> None:
    with listening(drip(first, drop)) as receiver:
        outcome = plain(receiver.port, policy)
    assert outcome.problem == "there was no whole answer in time"
    assert 1.4 < outcome.seconds < 3


def test_silence_ends_at_the_limit(policy: Policy) -> None:
    with listening(lambda line: time.sleep(5)) as receiver:
        outcome = plain(receiver.port, policy)
    assert (outcome.status, outcome.problem) == (None, "there was no whole answer in time")
    assert outcome.seconds < 3


def test_a_server_that_never_speaks_tls_ends_at_the_limit(policy: Policy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        outcome = send(MESSAGE, f"https://{NAME}:{port}/", policy, NOW)
    assert (outcome.status, outcome.problem) == (None, "there was no connection")
    assert outcome.seconds < 3


def test_a_huge_answer_is_left_after_its_limit(policy: Policy) -> None:
    sent = 0

    def flood(line: socket.socket) -> None:
        nonlocal sent
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        with contextlib.suppress(OSError):
            while True:
                sent += line.send(bytes(65536))

    with listening(flood) as receiver:
        outcome = plain(receiver.port, policy)
        time.sleep(0.2)
    assert (outcome.status, outcome.problem) == (200, "the answer was longer than 65,536 bytes")
    assert sent < 50_000_000  # what fits into the buffers of two sockets


def test_the_limit_counts_the_bytes_on_the_wire(policy: Policy) -> None:
    """No answer is unpacked: a bomb of 64 KiB stays 64 KiB."""
    exact = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 65536\r\n\r\n"
    with listening(says(exact, bytes(65536))) as receiver:
        outcome = plain(receiver.port, policy)
    assert outcome.delivered
    assert receiver.headers()["accept-encoding"] == "identity"


def reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def half(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf")


@pytest.mark.parametrize("answer", [reset, half, says(b"SSH-2.0-OpenSSH\r\n"), says(b"")])
def test_a_broken_answer_is_a_failure(
    answer: Callable[[socket.socket], None], policy: Policy
) -> None:
    with listening(answer) as receiver:
        outcome = plain(receiver.port, policy)
    assert not outcome.delivered
    assert outcome.problem in (
        "the connection broke off",
        "the answer was broken off or was not HTTP",
    )
    assert len(receiver.requests) == 1


def test_nobody_there_is_a_failure(policy: Policy) -> None:
    with listening() as receiver:
        pass
    assert plain(receiver.port, policy).problem == "there was no connection"


def test_environment_proxies_are_not_asked(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as proxy, listening() as receiver:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            monkeypatch.setenv(name.upper(), f"http://127.0.0.1:{proxy.port}")
        outcome = plain(receiver.port, policy)
    assert outcome.delivered
    assert (receiver.knocks, proxy.knocks) == (1, 0)


def test_a_cookie_is_not_kept(policy: Policy) -> None:
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"
    with listening(says(head)) as receiver:
        assert all(plain(receiver.port, policy).delivered for _ in range(2))
    assert "cookie" not in receiver.headers(1)


@pytest.mark.parametrize(
    "id", ["a\r\nx-evil: 1", "a\nb", "a b", "", "a.1", "ü", "a" * 129, "a:b", "dlv_1\n"]
)
def test_an_id_that_is_more_than_an_id_is_not_sent(id: str, policy: Policy) -> None:
    with listening() as receiver:
        with pytest.raises(InvariantError, match="id of a webhook"):
            send(Message(id, b"{}"), f"http://{NAME}:{receiver.port}/", policy, NOW)
        assert receiver.knocks == 0


def test_a_url_with_line_ends_is_not_sent(policy: Policy) -> None:
    with listening() as receiver:
        outcome = plain(receiver.port, policy, "/a HTTP/1.1\r\nx-evil: 1\r\n\r\n")
    assert outcome.problem is not None
    assert receiver.knocks == 0


def test_a_retry_has_the_same_id_and_a_time_of_its_own(policy: Policy) -> None:
    with listening() as receiver:
        url = f"http://{NAME}:{receiver.port}/"
        for second in (0, 1):
            assert send(MESSAGE, url, policy, NOW.replace(second=second)).delivered
    first, again = receiver.headers(0), receiver.headers(1)
    assert first["webhook-id"] == again["webhook-id"] == "dlv_1"
    assert int(again["webhook-timestamp"]) == int(first["webhook-timestamp"]) + 1
    assert first["webhook-signature"] != again["webhook-signature"]


def test_a_clock_without_a_zone_signs_nothing(policy: Policy) -> None:
    with pytest.raises(InvariantError, match="zone"):
        send(MESSAGE, f"http://{NAME}/", policy, NOW.replace(tzinfo=None))


def test_without_a_range_the_same_url_is_refused(policy: Policy) -> None:
    with listening() as receiver:
        closed = replace(policy, reach=Reach())
        assert plain(receiver.port, closed).problem == "a webhook's URL must begin with https://"
        assert receiver.knocks == 0
