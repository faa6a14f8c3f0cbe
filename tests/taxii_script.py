"""A server that answers as others were written down to answer (`tests/vectors/taxii`)."""

import json
from pathlib import Path
from typing import Any

import httpx

VECTORS = Path(__file__).parent / "vectors" / "taxii"


class Played(httpx.BaseTransport):
    """Plays a file of exchanges; `asked` are the queries, in their order."""

    def __init__(self, name: str) -> None:
        self.exchanges: list[dict[str, Any]] = json.loads((VECTORS / f"{name}.json").read_bytes())
        self.asked: list[dict[str, str]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        self.asked.append(query)
        for each in self.exchanges:
            if each["path"] == request.url.path and _fits(each.get("query", {}), query):
                body = each["body"]
                data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                return httpx.Response(each["status"], headers=each["headers"], content=data)
        raise AssertionError(f"nobody wrote down {request.url}")


def _fits(wanted: dict[str, str], query: dict[str, str]) -> bool:
    return all(query.get(name) is not None and value in ("*", query[name])
               for name, value in wanted.items())  # fmt: skip
