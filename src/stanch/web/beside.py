"""The worker that runs beside a server: a process of its own, started by name, never left without.

It gets the database's address and whatever else it is told by the environment, where other users of
the machine cannot read it. One that dies is started again, after longer and longer.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from stanch.web.config import Config

PARENT: Final = "STANCH_PARENT"  # the process that the worker ends with
WAITS: Final = (
    1.0,
    2.0,
    5.0,
    10.0,
    30.0,
    60.0,
)  # seconds before it is started again; then the last
_SOUND: Final = 60.0  # seconds after which a worker that dies is no longer one that cannot start
_END: Final = 10.0  # seconds to finish what it is sending

# Without -P a module in the folder that one happens to be in would be taken for Stanch's.
_COMMAND: Final = (sys.executable, "-P", "-m", "stanch.workers", "--with-parent")


@dataclass(slots=True)
class Beside:
    """Keeps one worker running until stopped. `words` are its options, `env` is added to ours."""

    words: Sequence[str]
    env: dict[str, str]
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Start it, and start it again whenever it ends."""
        failed = 0
        while not self.stopped.is_set():
            began = time.monotonic()
            code = self._once()
            if self.stopped.is_set():
                return
            failed = 0 if time.monotonic() - began > _SOUND else failed
            wait = WAITS[min(failed, len(WAITS) - 1)]
            failed += 1
            _say(code, wait)
            self.stopped.wait(wait)

    def _once(self) -> int | None:
        """One worker from its start to its end; None where it could not be started."""
        env = {**os.environ, **self.env, PARENT: str(os.getpid())}
        try:
            # In a session of its own: Ctrl-C is for the server, which then ends the worker.
            worker = subprocess.Popen(
                [*_COMMAND, *self.words], env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr,
                start_new_session=True,
            )  # fmt: skip
        except OSError:
            return None
        while worker.poll() is None:
            if self.stopped.wait(0.2):
                return _ended(worker)
        return worker.returncode


@contextmanager
def working(folder: Path, database: str | None, config: Config) -> Iterator[None]:
    """A worker for a desk while the block runs: its webhooks go where the server's configuration
    lets them, its e-mail says the server's origin.
    """
    words = ["--desk", str(folder), *(word for each in config.reach for word in ("--allow", each))]
    env = {"STANCH_ORIGIN": config.origin} | ({"STANCH_DATABASE": database} if database else {})
    beside = Beside(words, env)
    thread = threading.Thread(target=beside.run, name="worker")
    thread.start()
    try:
        yield
    finally:
        beside.stopped.set()
        thread.join()


def _ended(worker: subprocess.Popen[bytes]) -> int:
    """End it: it may finish what it sends now; else that comes back when its lease is over."""
    worker.terminate()
    try:
        return worker.wait(_END)
    except subprocess.TimeoutExpired:
        worker.kill()
        return worker.wait()


def _say(code: int | None, wait: float) -> None:
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    line = {"at": at, "worker": "ended", "code": code, "again_in": wait}
    print(json.dumps(line), file=sys.stderr, flush=True)
