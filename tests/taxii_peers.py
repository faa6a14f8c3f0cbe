"""Real TAXII servers of others on this machine: medallion 3.0.0 and OpenTAXII 0.10.0b1.

They need an older SQLAlchemy than a desk, so they run in `.venv-peers-taxii` (`make peers`). Tests
that take them are skipped where it is not there.
"""

import contextlib
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv-peers-taxii" / "bin" / "python"
COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
USER, PASSWORD = "analyst", "correct horse"

_OPENTAXII = """
import sys
from opentaxii.cli import app
from opentaxii.taxii2 import entities
import opentaxii.persistence.sqldb.taxii2models as models
from werkzeug.serving import run_simple
with app.app_context():
    server = app.taxii_server
    server.auth.api.create_account(username=sys.argv[2], password=sys.argv[3], is_admin=True)
    api = server.servers.taxii2.persistence.api
    root = api.add_api_root(title="Peer", default=True, api_root_id=sys.argv[4])
    row = models.Collection(id=sys.argv[5], api_root_id=sys.argv[4], title="Peer")
    row.is_public = row.is_public_write = False
    api.db.session.add(row)
    api.db.session.commit()
run_simple("127.0.0.1", int(sys.argv[1]), app)
"""
_SETTINGS = """
domain: "127.0.0.1"
support_basic_auth: yes
auth_api:
  class: opentaxii.auth.sqldb.SQLDatabaseAPI
  parameters:
    db_connection: sqlite:///{folder}/auth.db
    create_tables: yes
    secret: a-secret-of-a-test-server-that-is-long-enough
    token_ttl_secs: 3600
taxii1:
taxii2:
  persistence_api:
    class: opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI
    parameters:
      db_connection: sqlite:///{folder}/data.db
      create_tables: yes
  title: "Peer"
  public_discovery: false
  max_content_length: 1000000
  allow_custom_properties: true
logging:
  opentaxii: error
  root: error
"""


@dataclass
class Peer:
    """Where it is; `root` is the API root that holds the collection."""

    server: str
    root: str
    credential: str = f"{USER}:{PASSWORD}"


def needed() -> None:
    """Skip the test, with the reason, where the peers are not installed."""
    if not PYTHON.exists():
        pytest.skip("no .venv-peers-taxii with OpenTAXII and medallion; `make peers` makes it")


@contextlib.contextmanager
def medallion(folder: Path, page: int = 50) -> Iterator[Peer]:
    """medallion with one empty collection, which gives pages of `page` objects at most."""
    needed()
    data = {
        "/discovery": {"title": "Peer", "default": "/root/", "api_roots": ["/root/"]},
        "root": {
            "information": {
                "title": "Peer",
                "versions": ["application/taxii+json;version=2.1"],
                "max_content_length": 1_000_000,
            },
            "status": [],
            "collections": [
                {
                    "id": COLLECTION, "title": "Peer", "can_read": True, "can_write": True,
                    "media_types": [], "objects": [], "manifest": [],
                }
            ],
        },
    }  # fmt: skip
    (folder / "data.json").write_text(json.dumps(data))
    config = {
        "users": {USER: PASSWORD},
        "taxii": {"max_page_size": page},
        "backend": {
            "module": "medallion.backends.memory_backend",
            "module_class": "MemoryBackend",
            "filename": str(folder / "data.json"),
        },
    }
    (folder / "medallion.json").write_text(json.dumps(config))
    port = free_port()
    words = ("-m", "medallion.scripts.run", "--port", str(port), str(folder / "medallion.json"))
    with _running(words, folder, port):
        yield Peer(f"http://127.0.0.1:{port}/taxii2/", f"http://127.0.0.1:{port}/root/")


@contextlib.contextmanager
def opentaxii(folder: Path) -> Iterator[Peer]:
    """OpenTAXII on SQLite with one empty collection."""
    needed()
    (folder / "settings.yml").write_text(_SETTINGS.format(folder=folder))
    (folder / "serve.py").write_text(_OPENTAXII)
    port, root = free_port(), "4b0a3a33-2b1c-4c31-9a1a-6a0b7a9c7b11"
    words = (str(folder / "serve.py"), str(port), USER, PASSWORD, root, COLLECTION)
    with _running(words, folder, port, OPENTAXII_CONFIG=str(folder / "settings.yml")):
        server = f"http://127.0.0.1:{port}/taxii2/"
        yield Peer(server, f"{server}{root}/")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def _running(words: tuple[str, ...], folder: Path, port: int, **environment: str) -> Iterator[None]:
    with (folder / "peer.log").open("wb") as log:
        server = subprocess.Popen(
            [str(PYTHON), *words], stdout=log, stderr=log, env={**os.environ, **environment}
        )
    try:
        for _ in range(300):
            assert server.poll() is None, (folder / "peer.log").read_text()
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"http://127.0.0.1:{port}/taxii2/")
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(20)
