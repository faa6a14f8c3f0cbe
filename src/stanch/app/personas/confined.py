"""The sandbox seen from outside: begun when it is needed, killed when it takes too long."""

import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Final, Self

from stanch.errors import StanchError

SECONDS: Final = 20.0  # for one file
_TO_BEGIN: Final = 120.0
_MOST_ANSWER: Final = 8 << 20
_BROKE: Final = "broke its reader, or needed more memory than a file may"


class Sandbox:
    """Reads files one by one. A context manager; for one thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds` is how long one file may take."""
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, kind: str, data: bytes) -> dict[str, list[str]]:
        """Values by kind. Raises ValueError with a reason where the file is refused."""
        process = self._process or self._begun()
        try:
            said = self._asked(process, kind, data)
        except (OSError, ValueError):
            self.close()
            raise ValueError(_BROKE) from None
        if said is None:
            self.close()
            raise ValueError(f"takes longer than {self._seconds:g} s to read")
        if "reason" in said:
            raise ValueError(str(said["reason"]))
        values: dict[str, list[str]] = said["values"]
        return values

    def _asked(
        self, process: "subprocess.Popen[bytes]", kind: str, data: bytes
    ) -> dict[str, Any] | None:
        assert process.stdin is not None
        assert process.stdout is not None
        head = json.dumps({"kind": kind, "bytes": len(data)}).encode()
        process.stdin.write(head + b"\n" + data)
        process.stdin.flush()
        line = _line(process.stdout, self._seconds)
        return None if line is None else json.loads(line)

    def _begun(self) -> "subprocess.Popen[bytes]":
        # Numeric libraries reserve memory for each thread, which the bound would count.
        quiet = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        process = subprocess.Popen(
            [sys.executable, "-m", "stanch.app.personas.sandbox"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback may quote the file
            env=os.environ | quiet,
            start_new_session=True,  # Ctrl-C is heard by who asked
        )
        self._process = process
        assert process.stdout is not None
        try:
            line = _line(process.stdout, _TO_BEGIN)
        except ValueError:
            line = None
        if line != b"ready":
            self.close()
            raise StanchError("the process that reads files did not begin; is stanch[personas] in?")
        return process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):  # what was not sent is of no use any more
                        stream.close()

    def __enter__(self) -> Self:
        """Return the sandbox itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self.close()


def _line(stream: IO[bytes], seconds: float) -> bytes | None:
    """A line, without its end; None where it does not come in time. Raises ValueError at the end
    of the stream, and where a line is longer than any answer.
    """
    until = time.monotonic() + seconds
    handle, found = stream.fileno(), bytearray()
    while not found.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([handle], [], [], left)[0]:
            return None
        part = os.read(handle, 1 << 16)
        found += part
        if not part or len(found) > _MOST_ANSWER:
            raise ValueError("no answer")
    return bytes(found[:-1])
