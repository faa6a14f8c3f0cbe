"""Something between Stanch and a node, on 127.0.0.1, that spoils what goes through."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import orjson


@dataclass(slots=True)
class Reply:
    """What is sent back instead; `cut` sends half of it and hangs up."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


# Is given the calls of a request and the node's answers to them; None lets the answers through.
Spoil = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Reply | None]


@contextmanager
def spoiled(upstream: str, spoil: Spoil) -> Iterator[str]:
    """The URL of a proxy before the node at `upstream`. Answers may be changed in place."""

    line = httpx.Client(timeout=60)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
            calls = asked if isinstance(asked, list) else [asked]
            answers = line.post(upstream, json=calls).json()
            reply = spoil(calls, answers)
            if reply is None:
                said = answers if isinstance(asked, list) else answers[0]
                reply = Reply(body=orjson.dumps(said))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body[: len(reply.body) // 2] if reply.cut else reply.body)
            if reply.cut:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing: the tests' output is theirs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        line.close()
