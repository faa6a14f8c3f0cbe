"""What somebody who verifies evidence brings along."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom one believes: hashes of first directories, and public keys of desks."""

    pins: tuple[str, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """What traces are run again with: a ledger, and files of labels and seeds that the bundle does
    not hold.
    """

    ledger: Path
    inputs: tuple[Path, ...] = ()
