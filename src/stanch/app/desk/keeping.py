"""What whoever keeps a desk does beside it, at its own machine: back up, restore, audit."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.csv_file import whole_file
from stanch.app.desk import audit
from stanch.app.desk import erase as erasing
from stanch.app.desk.audit import Fault
from stanch.app.desk.backup import Manifest, backup, restore_desk
from stanch.app.desk.desk import opened
from stanch.app.desk_key import desk_key
from stanch.errors import InputError, UsageError
from stanch.store.desk import log

__all__ = [
    "Audited",
    "Fault",
    "Manifest",
    "audit_desk",
    "back_up",
    "erase",
    "export_log",
    "restore",
]

_SEED: Final = 32  # bytes
_MOST: Final = 64 << 20  # bytes of a file of heads


@dataclass(frozen=True, slots=True)
class Audited:
    """How many entries the log has, how many heads kept outside it was held to, what is wrong."""

    entries: int
    heads: int
    faults: tuple[Fault, ...]

    @property
    def first_bad(self) -> int | None:
        """The first entry that is bad or cannot be vouched for."""
        return audit.first_bad(self.faults)


def back_up(path: Path | None, url: str | None, target: Path, *, with_key: bool) -> Manifest:
    """Write a desk to a file, while it works. Raises as `backup`."""
    with opened(path, url) as desk:
        seed = desk.folder.seed() if with_key else None
        return backup(desk.database, desk.key, target, seed)


def restore(path: Path, url: str | None, source: Path, key_file: Path | None) -> Manifest:
    """Restore a backup into a new folder; `key_file` is the desk's, unless the backup has it."""
    return restore_desk(path, url, source, None if key_file is None else _seed(key_file))


def erase(path: Path | None, url: str | None, what: str, id: str) -> None:
    """Erase a `person`, a `reporter` or a `review`, in the desk's own name.

    Raises NotFoundError, RefusedError for a person who is active.
    """
    with opened(path, url) as desk:
        how = {"person": erasing.person, "reporter": erasing.reporter, "review": erasing.review}
        how[what](desk.database, None, id)


def audit_desk(
    path: Path | None, url: str | None, key: str | None = None, heads: Path | None = None
) -> Audited:
    """Look through the whole log. `key` is the desk's public key, known from elsewhere; without
    it the folder's own is taken, which whoever owns the machine could have changed. `heads` is a
    file of signed heads that was kept elsewhere, one a line.

    Raises UsageError, InputError.
    """
    kept = [] if heads is None else _lines(heads)
    with opened(path, url) as desk:
        public = desk.key.public if key is None else desk_key(key)
        with desk.database.read() as connection:
            entries = log.size(connection)
            found = audit.faults(connection, public, kept)
        return Audited(entries, len(kept), tuple(found))


def export_log(path: Path | None, url: str | None, out: Path) -> int:
    """Write the log for a third party; returns how many entries. Raises OutputError."""
    with opened(path, url) as desk, whole_file(out) as draft, draft.open("wb") as stream:
        return audit.export(desk.database, stream, None)


def _lines(file: Path) -> list[str]:
    try:
        if file.stat().st_size > _MOST:
            raise InputError(file.name, "is too long for a file of heads")
        text = file.read_text("ascii")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(file.name, "holds what is no head") from None
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not found:
        raise InputError(file.name, "holds no head")
    return found


def _seed(file: Path) -> bytes:
    """The private key of a desk, as its folder keeps it. Raises UsageError."""
    try:
        seed = base64.urlsafe_b64decode(file.read_bytes().strip())
    except (OSError, ValueError):
        seed = b""
    if len(seed) != _SEED:
        raise UsageError(f"{file}: is no key of a desk")
    return seed
