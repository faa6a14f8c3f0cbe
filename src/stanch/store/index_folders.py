"""Folders below `HOME/index/<state>/` that can be built anew, and the end of those nobody uses.

A state is that of the versions in force, so every import begins another one. Whoever builds or
opens a folder holds a shared lock on its state for as long, and leaves the time of it on the state;
of two who would build the same, one waits for the other. When something new was built, states that
nobody has opened for a week go. One is removed only by who alone has it locked, and steps aside
under another name first: nobody ever sees a half of it. What is mapped from its files stays with
the process that has mapped them.
"""

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.errors import OutputError
from stanch.store.outdir import Kind, lock_alone, writing

UNUSED: Final = 7 * 24 * 3600.0  # seconds after which a state that is no longer in force goes
_STATE: Final = re.compile(r"[0-9a-f]{16}")
_GONE: Final = re.compile(r"\.[0-9a-f]{16}\.[0-9a-f]{8}\.gone")


@dataclass(frozen=True, slots=True)
class Built:
    """What is built below each state: the folder's name, its kind, and who writes it."""

    name: str
    kind: Kind
    write: Callable[[Path], None]


@contextmanager
def opened(index: Path, state: str, built: Built) -> Iterator[Path]:
    """Give the folder of `state`, written where it is missing; within the block it stays.

    Open or map its files there; afterwards it may go. Raises OutputError where it is missing and
    cannot be written, and whatever its writer raises.
    """
    made = False
    with _in_use(index / state):
        folder = index / state / built.name
        if not built.kind.wrote(folder):
            made = _build(folder, built)
        with suppress(OSError):  # a home that may only be read
            os.utime(index / state)
        yield folder
    if made:
        forget_unused(index, state)


def _build(folder: Path, built: Built) -> bool:
    """Build a folder unless another process, which is waited for, was faster."""
    try:
        turn = os.open(folder.with_name(f".{folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        with suppress(OSError):  # no locks on this disk: both build it
            fcntl.flock(turn, fcntl.LOCK_EX)
        if built.kind.wrote(folder):
            return False
        with writing(folder, built.kind) as partial:
            built.write(partial)
        return True
    finally:
        os.close(turn)


def forget_unused(index: Path, state: str) -> None:
    """Remove what nobody has opened for a week, except `state`, and what is left of removing."""
    with suppress(OSError):  # another user's, say: somebody else will do it
        for folder in sorted(index.iterdir()):
            leftover = bool(_GONE.fullmatch(folder.name))
            if folder.is_symlink() or not (leftover or _STATE.fullmatch(folder.name)):
                continue  # nothing of ours
            if leftover or (folder.name != state and _is_unused(folder)):
                _remove(folder, leftover)


def _remove(folder: Path, leftover: bool) -> None:
    """Remove one folder unless somebody is at work in it."""
    with suppress(OSError):
        if (lock := lock_alone(folder)) is None:
            return
        try:
            if leftover:
                shutil.rmtree(folder, ignore_errors=True)
            elif _is_unused(folder):  # nobody was faster
                gone = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.gone")
                folder.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)
        finally:
            os.close(lock)


def _is_unused(folder: Path) -> bool:
    return time.time() - folder.stat().st_mtime > UNUSED


@contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    """Hold a shared lock on a folder, which is made where it is missing."""
    lock = _shared(folder)
    try:
        yield
    finally:
        os.close(lock)


def _shared(folder: Path) -> int:
    """Lock the folder that has this name now: one may go while its lock is waited for."""
    while True:
        try:
            lock = _handle(folder)
        except OSError as error:
            raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
        with suppress(OSError):  # no locks on this disk; then nobody can remove anything either
            fcntl.flock(lock, fcntl.LOCK_SH)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock), folder.stat()):
                return lock
        os.close(lock)


def _handle(folder: Path) -> int:
    while True:
        with suppress(FileNotFoundError):
            return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        folder.mkdir(parents=True, exist_ok=True)
