"""Stanch loaded once for a process of tests, and forked for each command that they start.

A command of its own loads for a second and a half before it does anything, and pages of the
documentation have dozens of them. It stays a process: with its own environment, files and end.
`tests/cli/test_verbs.py` and `tests/workers` start them cold.

    python -m tests.warm SOCKET     # loads, then forks for whoever connects
"""

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NoReturn

ROOT: Final = Path(__file__).resolve().parent.parent
_MOST: Final = 1 << 20  # bytes of a request


class Process:
    """A command that runs, with the verbs of `subprocess.Popen`."""

    def __init__(
        self, words: Sequence[str], files: tuple[int, int, int], env: Mapping[str, str]
    ) -> None:
        """Start it here, with these for its input, output and errors."""
        self._at = socket.socket(socket.AF_UNIX)
        self._at.connect(_server())
        asked = {"words": list(words), "env": dict(env), "cwd": os.getcwd()}
        data = json.dumps(asked).encode()
        assert len(data) < _MOST
        socket.send_fds(self._at, [len(data).to_bytes(4, "big")], files)
        self._at.sendall(data)
        self.pid = int(_line(self._at))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        with contextlib.suppress(TimeoutError, BlockingIOError):
            return self.wait(0)
        return None

    def wait(self, seconds: float | None = None) -> int:
        """How it ended, once it has. Raises TimeoutError."""
        if self.returncode is None:
            self._at.settimeout(seconds)
            self.returncode = int(_line(self._at))
            self._at.close()
        return self.returncode

    def kill(self) -> None:
        """End it where it stands."""
        self._send(signal.SIGKILL)

    def terminate(self) -> None:
        """Tell it to end."""
        self._send(signal.SIGTERM)

    def _send(self, what: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, what)


def _line(at: socket.socket) -> bytes:
    """Numbers of eight digits come one at a time."""
    got = at.recv(8)
    assert len(got) == 8, "the loaded Stanch is gone"
    return got


def command() -> Path:
    """What is called as `stanch`, and passes everything on to the loaded one."""
    return Path(_server()).parent / "bin" / "stanch"


def path() -> str:
    """A PATH on which `stanch` is the loaded one, and the rest is where it was."""
    return os.pathsep.join(
        (str(command().parent), str(Path(sys.executable).parent), os.environ["PATH"])
    )


@cache
def _server() -> str:
    """The socket of the loaded Stanch, which ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="stanch-warm-"))
    at, bin = folder / "socket", folder / "bin"
    bin.mkdir()
    name = bin / "stanch"
    name.write_text(f"#!{sys.executable} -IS\n{_COMMAND.format(at=str(at))}")
    name.chmod(0o700)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", str(at)], stdin=subprocess.PIPE, env=env
    )
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    while not at.exists():
        assert server.poll() is None, "Stanch does not load"
        time.sleep(0.02)
    return str(at)


# What PATH has: a few milliseconds of Python that pass everything on.
_COMMAND: Final = """
import json, os, signal, socket, sys
at = socket.socket(socket.AF_UNIX)
at.connect({at!r})
asked = dict(words=sys.argv[1:], env=dict(os.environ), cwd=os.getcwd())
data = json.dumps(asked).encode()
socket.send_fds(at, [len(data).to_bytes(4, "big")], (0, 1, 2))
at.sendall(data)
pid = int(at.recv(8))
for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(each, lambda number, _: os.kill(pid, number))
code = int(at.recv(8))
if code < 0:
    signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


def _serve(at: str) -> NoReturn:
    """Load, and fork for each that connects, until who started this is gone."""
    from stanch.cli.panels import VERBS
    from stanch.cli.verbs import Loaded

    loaded = Loaded()
    for each in VERBS:
        with contextlib.suppress(Exception):  # whoever calls it is told
            loaded[each]
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(at + ".new")
    listening.listen(64)
    os.rename(at + ".new", at)
    me = os.getpid()
    if os.fork() == 0:  # keeps an eye on who started this: their end of the pipe goes with them
        sys.stdin.buffer.read()
        if os.getppid() == me:
            os.kill(me, signal.SIGKILL)
        os._exit(0)
    while True:
        connection, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _keep(connection)
        connection.close()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _keep(connection: socket.socket) -> NoReturn:
    """Start what is asked for, and tell its number and how it ended."""
    head, files, _, _ = socket.recv_fds(connection, 4, 3)
    data = b""
    while len(data) < int.from_bytes(head, "big"):
        data += connection.recv(_MOST)
    if (pid := os.fork()) == 0:
        connection.close()
        _run(json.loads(data), files)
    for each in files:
        os.close(each)
    with contextlib.suppress(BrokenPipeError):
        connection.sendall(b"%8d" % pid)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with contextlib.suppress(BrokenPipeError):
        connection.sendall(b"%8d" % code)
    os._exit(0)


def _run(asked: dict[str, Any], files: list[int]) -> NoReturn:
    """Be the command."""
    from stanch.cli import main

    for number, each in enumerate(files):
        os.dup2(each, number)
        os.close(each)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False, buffering=1)
    sys.argv = ["stanch", *asked["words"]]
    sys.modules["__main__"].__package__ = ""  # or it calls itself `python -m`
    code: object = 1
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    _serve(sys.argv[1])
