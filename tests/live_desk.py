"""A desk that runs: made by `stanch init`, started by `stanch serve`, stopped in the end."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests import warm

COMMAND = (sys.executable, "-c", "from stanch.cli import main; main()")


@dataclass
class LiveDesk:
    """Where it is, and what `init` printed of it."""

    url: str
    id: str
    key: str
    link: str
    folder: Path
    more: tuple[str, ...] = ()
    server: warm.Process | None = None

    def start(self) -> None:
        """Serve it, where it was served before."""
        log, port = self.folder.parent / "serve.log", self.url.rsplit(":", 1)[1]
        words = ["serve", "--desk", str(self.folder), "--port", port, "--no-worker", *self.more]
        with log.open("ab") as lines, open(os.devnull, "rb") as nothing:
            files = nothing.fileno(), lines.fileno(), lines.fileno()
            self.server = warm.Process(words, files, os.environ)
        _wait(self.url, self.server, log)

    def kill(self) -> None:
        """End it at once, as a machine does that loses its power."""
        assert self.server is not None
        self.server.kill()
        self.server.wait(20)


@contextlib.contextmanager
def live_desk(folder: Path, *more: str) -> Iterator[LiveDesk]:
    """Make one in a new folder and serve it, with no worker: tests let time pass themselves.

    `more` are options of `stanch serve`.
    """
    words = ("--name", "Joint desk", "--member", "FIU", "--country", "KR", "--administrator", "Kim")
    made = subprocess.run(
        [warm.command(), "init", "--desk", str(folder), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    said = dict(each.split(None, 1) for each in made.stderr.splitlines()[:2])
    with serving(
        LiveDesk("", said["desk"], said["key"], made.stdout.strip(), folder, more)
    ) as desk:
        yield desk


@contextlib.contextmanager
def serving(desk: LiveDesk) -> Iterator[LiveDesk]:
    """Serve one that is made, at a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        scheme = "https" if "--tls-cert" in desk.more else "http"
        desk.url = f"{scheme}://127.0.0.1:{free.getsockname()[1]}"
    try:
        desk.start()
        yield desk
    finally:
        if desk.server is not None:
            desk.server.terminate()
            desk.server.wait(20)


def _wait(url: str, server: warm.Process, log: Path) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            break
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"{url}/v1/health").raise_for_status()
            return
        time.sleep(0.1)
    raise AssertionError(f"the desk did not start: {log.read_text()}")
