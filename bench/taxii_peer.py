"""OpenTAXII with one API root and one collection, as its documentation sets it up.

Runs in .venv-peers-taxii (`make peers`), on SQLite, under gunicorn with one worker: the server
that it is held against has one core too.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import httpx

BIN: Final = Path(__file__).resolve().parent.parent / ".venv-peers-taxii" / "bin"
ROOT: Final = "4f0c1a52-7d0e-4c39-9a53-0c1f5b1d7e10"
USER, PASSWORD = "bench", "for-this-run-alone"
ACCEPT: Final = "application/taxii+json;version=2.1"
_CONFIG: Final = """
domain: "127.0.0.1:{port}"
support_basic_auth: yes
return_server_error_details: no
auth_api:
  class: opentaxii.auth.sqldb.SQLDatabaseAPI
  parameters:
    db_connection: sqlite:///{folder}/auth.db
    create_tables: yes
    secret: for-this-run-alone-for-this-run-alone
taxii1:
taxii2:
  persistence_api:
    class: opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI
    parameters:
      db_connection: sqlite:///{folder}/data.db
      create_tables: yes
  title: "peer"
  public_discovery: true
  max_content_length: 209715200
logging:
  opentaxii: error
  root: error
"""


def set_up(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Its files in `folder`; the command that serves it, and what its environment needs."""
    if not BIN.exists():
        sys.exit("OpenTAXII is not there: run make peers")
    config = folder / "opentaxii.yml"
    config.write_text(_CONFIG.format(folder=folder, port=port))
    more = {"OPENTAXII_CONFIG": str(config)}
    _run(more, "opentaxii-create-account", "-u", USER, "-p", PASSWORD, "-a")
    _run(more, "opentaxii-add-api-root", "-t", "peer", "--default", "-i", ROOT)
    command = [
        str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "1", "--timeout", "600",
        "--log-level", "error", "opentaxii.http:app",
    ]  # fmt: skip
    return command, more


def new_collection(more: dict[str, str], url: str, title: str) -> str:
    """Make a collection while it serves; its id."""
    _run(more, "opentaxii-add-collection", "-r", ROOT, "-t", title)
    found = httpx.get(
        f"{url}/taxii2/{ROOT}/collections/", auth=(USER, PASSWORD), headers={"Accept": ACCEPT}
    )
    listed = found.raise_for_status().json()["collections"]
    return next(each["id"] for each in listed if each["title"] == title)


def _run(more: dict[str, str], name: str, *arguments: str) -> None:
    subprocess.run(
        [str(BIN / name), *arguments],
        check=True,
        env={**os.environ, **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
