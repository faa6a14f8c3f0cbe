"""Processor time of servers, which others on the machine do not move as they move a clock."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds(roots: list[int]) -> float:
    """Of these processes, of all below them, and of those below that have ended."""
    stats = dict(_stats())
    below: dict[int, list[int]] = {}
    for pid, (parent, _) in stats.items():
        below.setdefault(parent, []).append(pid)
    waiting, total = [pid for pid in roots if pid in stats], 0
    while waiting:
        pid = waiting.pop()
        total += stats[pid][1]
        waiting += below.get(pid, [])
    return total / _TICKS


def _stats():
    """Each process, its parent, and its ticks with those of its children that have ended."""
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parts = (each / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            yield int(each.name), (int(parts[1]), sum(map(int, parts[11:15])))
