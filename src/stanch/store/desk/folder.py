"""The one folder of a desk: its mark, its key, and its SQLite file where that is the database.

    DESK/
      desk.json      the mark by which a desk's folder is known
      desk.key       32 random bytes in base64url, readable by its owner alone
      desk.sqlite    the database, unless the desk is on PostgreSQL

The key signs the heads of the log, webhooks and snapshots, and no statement of any person.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.errors import UsageError

MARK: Final = "desk.json"
KEY: Final = "desk.key"
FORMAT: Final = "stanch-desk@1"
_SEED: Final = 32  # bytes


@dataclass(frozen=True, slots=True)
class Folder:
    """A desk's folder, by `create` or `at`."""

    path: Path

    @classmethod
    def create(cls, path: Path, seed: bytes | None = None) -> "Folder":
        """Make a folder that is missing or empty into a desk's, with a new key, or with `seed`.

        Raises UsageError where something stands there.
        """
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise UsageError(f"{path}: is not empty; a new desk needs a folder of its own")
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        _write(path / KEY, base64.urlsafe_b64encode(seed or secrets.token_bytes(_SEED)))
        _write(path / MARK, json.dumps({"format": FORMAT}).encode())
        return cls(path)

    @classmethod
    def at(cls, path: Path | None) -> "Folder":
        """The desk's folder at `path`. Raises UsageError where there is none, or its key is open
        to others.
        """
        if path is None:
            raise UsageError("no desk: name its folder with --desk or in $STANCH_DESK")
        try:
            known = json.loads((path / MARK).read_bytes())["format"]
        except (OSError, ValueError, KeyError, TypeError):
            raise UsageError(f"{path}: is no desk's folder; `stanch init` makes one") from None
        if known != FORMAT:
            raise UsageError(f"{path}: is a desk of {known}, which this program does not know")
        if (path / KEY).exists() and (path / KEY).stat().st_mode & 0o077:
            raise UsageError(f"{path / KEY}: others can read it; chmod 600 it, or make a new desk")
        return cls(path)

    def seed(self) -> bytes:
        """The desk's private key, as 32 bytes. Raises UsageError where the file is none."""
        try:
            seed = base64.urlsafe_b64decode((self.path / KEY).read_bytes().strip())
        except (OSError, ValueError):
            seed = b""
        if len(seed) != _SEED:
            raise UsageError(f"{self.path / KEY}: is no key of a desk")
        return seed


def _write(file: Path, data: bytes) -> None:
    """For the owner's eyes from its first moment, and on the disk when this returns."""
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
        stream.write(data + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
