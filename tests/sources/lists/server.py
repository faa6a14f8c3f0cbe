"""A real HTTP server on this machine that answers as a test tells it to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What one path answers. `cut` ends the body early, `drip` sends it byte after byte."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    pause: float = 0
    drip: float = 0


@dataclass
class Server:
    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            try:
                self._answer()
            except OSError:  # the other side has had enough
                self.close_connection = True

        def _answer(self):
            server.asked.append(dict(self.headers))
            answer = server.answers.get(self.path.partition("?")[0], Answer(b"", 404))
            time.sleep(answer.pause)
            same = answer.headers.get("ETag", "-") == self.headers.get("If-None-Match")
            self.send_response(304 if same else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if same or answer.status == 304:
                self.end_headers()
                return
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self._send(answer)

        def _send(self, answer):
            if answer.drip:
                for byte in answer.body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(answer.drip)
                return
            self.wfile.write(answer.body[: answer.cut])
            self.close_connection = answer.cut is not None

        def log_message(self, *_):
            pass

    below = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    below.daemon_threads = True
    server = Server(f"http://127.0.0.1:{below.server_port}")
    threading.Thread(target=below.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        below.shutdown()
        below.server_close()
