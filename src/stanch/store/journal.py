"""A journal: records that are only ever added, each sealed with a digest over the one before.

The port through which use cases reach it, and the rule of its chain. What a record says is the
business of whoever writes it; here it has a kind, a key by which it is found, and a body.

The seal is SHA-256 without a secret. It shows a row that was changed, put in or taken out by
accident or by hand; against one who rewrites the file as a whole, keep the last digest elsewhere
and ask whether the chain still leads over it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

BEGINNING: Final = "0" * 64  # what the first record is sealed onto


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded: `at` is the time (ISO 8601, UTC), `body` a JSON text."""

    kind: str
    key: str
    at: str
    body: str


@dataclass(frozen=True, slots=True)
class Record:
    """A sealed draft: its place from 1, the digest of the record before, and its own."""

    seq: int
    draft: Draft
    previous: str
    digest: str


About = Callable[[str], list[Record]]
"""Finds all records of a key, in their order."""


class Journal(Protocol):
    """Keeps records on disk. Several processes may use one at a time."""

    def records(self) -> Iterator[Record]:
        """Yield all records, in their order."""

    def about(self, key: str) -> list[Record]:
        """Return the records of one key, in their order."""

    def add(self, write: Callable[[About], Sequence[Draft]]) -> list[Record]:
        """Add what `write` returns, all of it or nothing; once this returns it is on the disk.

        Nobody else writes between what `write` reads and what is added. An exception out of
        `write` adds nothing.
        """

    def faults(self) -> list[str]:
        """Walk the whole chain, and say in one line each what is wrong with the file."""


class OpenJournal(Protocol):
    """Opens the journal in a file, which is made where it is missing."""

    def __call__(self, file: Path) -> AbstractContextManager[Journal]:
        """Open it. Raises InputError where the file is no journal or cannot be read."""


def sealed(seq: int, draft: Draft, previous: str) -> Record:
    """Seal a draft onto the digest `previous`."""
    parts = [seq, draft.kind, draft.key, draft.at, draft.body, previous]
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return Record(seq, draft, previous, hashlib.sha256(text.encode("ascii")).hexdigest())


def chain_faults(records: Iterable[Record]) -> Iterator[str]:
    """Say where a chain breaks. `records` come in their order."""
    previous, place = BEGINNING, 0
    for record in records:
        if record.seq != place + 1:
            yield f"record {place + 1} is missing"
        if record.previous != previous:
            yield f"record {record.seq} does not follow from the one before it"
        if sealed(record.seq, record.draft, record.previous).digest != record.digest:
            yield f"record {record.seq} is not what was sealed"
        previous, place = record.digest, record.seq
