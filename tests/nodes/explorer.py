"""An explorer on 127.0.0.1 that answers as Etherscan's API V2 is documented to, limits included."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

WINDOW = 10_000

Rows = Sequence[Mapping[str, str]]


@dataclass(slots=True)
class Answering:
    """What the explorer holds by action, how it was asked, and how often it still refuses."""

    rows: dict[str, Rows]
    key: str = "secret"
    busy: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def answer(self, asked: dict[str, str]) -> object:
        """The JSON of an answer."""
        self.asked.append(asked)
        if asked.get("apikey") != self.key:
            return {"status": "0", "message": "NOTOK", "result": "Invalid API Key"}
        if self.busy:
            self.busy -= 1
            said = "Max calls per sec rate limit reached (5/sec)"
            return {"status": "0", "message": "NOTOK", "result": said}
        page, size = int(asked["page"]), int(asked["offset"])
        if page * size > WINDOW:
            said = "Result window is too large, PageNo x Offset size must be <= 10000"
            return {"status": "0", "message": said, "result": None}
        start, end = int(asked["startblock"]), int(asked["endblock"])
        found = [
            row
            for row in self.rows.get(asked["action"], ())
            if start <= int(row["blockNumber"]) <= end
            and asked["address"] in (row["from"], row["to"])
        ][(page - 1) * size : page * size]
        if not found:
            return {"status": "0", "message": "No transactions found", "result": []}
        return {"status": "1", "message": "OK", "result": found}


@contextmanager
def explorer(rows: dict[str, Rows]) -> Iterator[Answering]:
    """An explorer that is ready, and is gone when the block ends."""
    held = Answering(rows)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: each[0] for name, each in parse_qs(urlsplit(self.path).query).items()}
            body = json.dumps(held.answer(asked)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the tests' output is theirs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    held.url = f"http://127.0.0.1:{server.server_port}/v2/api"
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
