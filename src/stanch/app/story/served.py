"""The story's desk: made in a folder, and served on this machine by `stanch serve`."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from stanch.app.desk.desk import NewDesk, create, opened
from stanch.errors import UnreachableError

_COMMAND: Final = (sys.executable, "-c", "from stanch.cli import main; main()")
_WAIT: Final = 300.0  # seconds; a server that fails ends, and is not waited for
_NEW: Final = NewDesk("SIMULATION: joint desk", "Simulated FIU One", "KR", "Approver One")


@dataclass(frozen=True, slots=True)
class Served:
    """Where the desk is, its id and public key, and the token of the first one-time link."""

    url: str
    id: str
    key: str
    link: str


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A new desk in `folder`, served while the block runs; its worker runs beside it.

    Raises UsageError where something is in the folder, UnreachableError where it does not start.
    """
    link = create(folder, None, _NEW)
    with opened(folder) as desk:
        id, key = desk.id, desk.key.public.text
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder.parent / "serve.log"
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [*_COMMAND, "serve", "--desk", str(folder), "--port", str(port)],
            stdout=lines, stderr=lines, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    try:
        _wait(url, server, log)
        yield Served(url, id, key, link)
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"{url}/v1/health").raise_for_status()
            return
        time.sleep(0.05)
    raise UnreachableError(f"the desk did not start: see {log}")
