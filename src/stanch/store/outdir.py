"""A folder of results that is written whole or not at all.

The work is done in a hidden sibling, `.NAME.XXXXXXXX.partial`, which is locked while its process
lives, brought to the disk (fsync), and renamed into place as the last act. Whatever ends the
work before that, an error, Ctrl-C or the loss of power, no folder is left under the final name;
the leftovers of dead processes are removed by whoever writes there next.
"""

import errno
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from stanch.errors import OutputError, UsageError

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of folder that Stanch writes.

    `mark` is the JSON file by which one is known: its "format" begins with `format` and "@".
    `files` are all names that may stand in one; a folder with others holds a user's own work.
    """

    mark: str
    format: str
    files: frozenset[str]

    def wrote(self, folder: Path) -> bool:
        """Whether `folder` is of this kind."""
        try:
            content = json.loads((folder / self.mark).read_bytes())
        except (OSError, ValueError):
            return False
        said = content.get("format") if isinstance(content, dict) else None
        return isinstance(said, str) and said.split("@")[0] == self.format


@contextmanager
def writing(out: Path, kind: Kind) -> Iterator[Path]:
    """Give a folder to work in; when the block ends well it stands at `out`.

    Raises UsageError where something stands at `out` that is neither an empty folder nor one of
    this `kind`, and OutputError where the disk is full or `out` cannot be written. On any
    exception, KeyboardInterrupt too, the work is removed and `out` is as it was.
    """
    out = Path(os.path.abspath(out))
    _check(out, kind)
    with ExitStack() as stack:
        with explained(out):
            out.parent.mkdir(parents=True, exist_ok=True)
            _sweep(out)
            partial = stack.enter_context(_begun(out))
        with explained(out, _NO_SPACE):
            yield partial
            _sync(partial)
        _check(out, kind)
        with explained(out):
            _swap(partial, out)


def _check(out: Path, kind: Kind) -> None:
    """Refuse to replace what Stanch did not write."""
    if not out.exists() and not out.is_symlink():
        return
    if out.is_symlink() or not out.is_dir():
        raise UsageError(f"{out}: is in the way and is no folder; name another --out")
    found = {entry.name for entry in out.iterdir()}
    if not found:
        return
    if not kind.wrote(out):
        raise UsageError(f"{out}: is not empty and is no {kind.format} folder; name another --out")
    if foreign := sorted(found - kind.files):
        raise UsageError(f"{out}: holds {foreign[0]}, which Stanch did not write; move it first")


@contextmanager
def _begun(out: Path) -> Iterator[Path]:
    """Make and lock a sibling of `out`, and remove it in the end, wherever a Ctrl-C comes.

    Another process may take it for dead until it is locked; then another is made.
    """
    partial, lock = _sibling(out), None
    try:
        partial.mkdir()
        while (lock := lock_alone(partial)) is None:
            partial = _sibling(out)
            partial.mkdir()
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _sibling(out: Path) -> Path:
    return out.parent / f".{out.name}.{secrets.token_hex(4)}.partial"


def lock_alone(folder: Path) -> int | None:
    """Lock `folder` for as long as this process lives, or until the handle is closed.

    None where somebody has it locked, or where it is gone.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), folder.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(handle)
    return None


def _sweep(out: Path) -> None:
    """Remove what dead processes left beside `out`."""
    for leftover in out.parent.glob(f".{_literal(out.name)}.*.partial"):
        if (lock := lock_alone(leftover)) is not None:
            shutil.rmtree(leftover, ignore_errors=True)
            os.close(lock)


def _literal(name: str) -> str:
    """Keep a name from being read as a pattern."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _sync(folder: Path) -> None:
    """Bring every file below `folder`, and the folder itself, to the disk."""
    for place, _, names in os.walk(folder):
        for path in (*(os.path.join(place, name) for name in names), place):
            sync_one(path)


def sync_one(path: str | Path) -> None:
    """Bring one file, or the names in one folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(partial: Path, out: Path) -> None:
    """Put `partial` at `out`; what stood there steps aside first and returns if that fails."""
    if not out.exists() or not any(out.iterdir()):
        partial.rename(out)
        sync_one(out.parent)
        return
    aside = _sibling(out)
    try:
        out.rename(aside)
        partial.rename(out)
        sync_one(out.parent)
    finally:
        if aside.exists() and not out.exists():
            aside.rename(out)
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def explained(out: Path, only: set[int] | None = None) -> Iterator[None]:
    """Say in one line why the system refused to write; `only` these reasons where given."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise OutputError(f"no space left on the disk of {out}; nothing was written") from error
        if only is None:
            raise OutputError(f"{out}: cannot be written: {error.strerror}") from error
        raise
