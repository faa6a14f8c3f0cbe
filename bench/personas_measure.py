"""One command and all that it starts: seconds by the clock and of processors, and peak memory.

Memory is the proportional set size of the whole tree of processes, read each tenth of a second:
what workers share is counted once.
"""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EACH = 0.1  # seconds


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, seconds of processors, and bytes at the peak."""

    wall: float
    cores: float
    peak: int

    def __add__(self, other: "Took") -> "Took":
        """One after the other."""
        return Took(self.wall + other.wall, self.cores + other.cores, max(self.peak, other.peak))

    def as_data(self) -> dict[str, float]:
        return {
            "wall_s": round(self.wall, 1),
            "cores_s": round(self.cores, 1),
            "peak_gib": round(self.peak / 2**30, 2),
        }


def took(words: Sequence[object], log: Path, **environment: str) -> Took:
    """Run a command to its end. Ends the bench where it fails, with the end of what it said."""
    begun, peak = time.perf_counter(), 0
    with log.open("wb") as said:
        process = subprocess.Popen(
            [str(word) for word in words],
            stdout=said, stderr=said, env={**os.environ, **environment},
        )  # fmt: skip
        while True:
            done, status, used = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            peak = max(peak, sum(map(_memory, _tree(process.pid))))
            time.sleep(EACH)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{log}: exit {process.returncode}\n{log.read_text()[-2000:]}")
    return Took(time.perf_counter() - begun, used.ru_utime + used.ru_stime, peak)


def _tree(pid: int) -> list[int]:
    """A process and those that it started, and so on."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [int(c) for t in tasks for c in (t / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in _tree(child))]


def _memory(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * 1024
