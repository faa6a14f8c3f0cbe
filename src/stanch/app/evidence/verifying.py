"""Verify a bundle of evidence with no network; run its traces again where the ledger is here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stanch.app.desk_key import desk_key
from stanch.app.evidence.trust import Again, Trust
from stanch.errors import SignatureError, UsageError
from stanch.formats.evidence.archive import MAGIC, Archive
from stanch.formats.evidence.proof import Proved, prove

__all__ = ["Again", "Proved", "Trust", "is_evidence", "names_and_files", "opened", "verify"]


def is_evidence(file: Path) -> bool:
    """Whether a file begins as a bundle of evidence does. Raises UsageError."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None


def verify(file: Path, trust: Trust, again: Again | None = None) -> tuple[Proved, list[str]]:
    """What a bundle proves, and the items whose traces were run again to the same bytes.

    Raises UsageError, InputError, SignatureError naming what is false.
    """
    with opened(file, trust) as (archive, proved):
        if again is None:
            return proved, []
        from stanch.app.evidence.rerun import rerun  # a trace loads Numba; a signature needs none

        return proved, rerun(archive, proved, again)


@contextmanager
def opened(file: Path, trust: Trust) -> Iterator[tuple[Archive, Proved]]:
    """A bundle that holds, open to read its files. Raises as `verify`."""
    keys = [desk_key(each) for each in trust.keys]
    try:
        stream = file.open("rb")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    with stream:
        try:
            archive = Archive(stream)
            proved = prove(archive, trust.pins, keys)
        except SignatureError as error:
            raise SignatureError(f"{file}: {error}") from None
        yield archive, proved


def names_and_files(archive: Archive, but: Sequence[str] = ()) -> dict[str, bytes]:
    """All files of a bundle, to write another with."""
    return {name: b"".join(archive.parts(name)) for name in archive.names if name not in but}
