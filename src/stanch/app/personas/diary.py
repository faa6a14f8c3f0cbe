"""What was done with intakes, in a journal beside the key: commitments and counts, never a value.

Kinds of entries: ingested, opened, exported, erased, expired. An entry on one record is found by
its commitment, which without the key tells nothing of who is meant.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from stanch.app.personas.secret import Secret
from stanch.app.wiring import open_journal
from stanch.store.journal import Draft, Record


def beside(secret: Secret) -> Path:
    """Where the journal of a key file stands."""
    return secret.file.with_suffix(".journal")


def note(secret: Secret, kind: str, keys: Sequence[str], said: Mapping[str, Any]) -> None:
    """Add an entry for each key: an intake's id or a record's commitment.

    Raises InputError where the journal is none, OutputError where it cannot be written.
    """
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = orjson.dumps(dict(said), option=orjson.OPT_SORT_KEYS).decode()
    with open_journal(beside(secret)) as journal:
        journal.add(lambda _: [Draft(kind, key, at, body) for key in keys])


def entries(secret: Secret, key: str) -> list[Record]:
    """The entries on an intake or a record."""
    if not beside(secret).exists():
        return []
    with open_journal(beside(secret)) as journal:
        return journal.about(key)
