"""`ledger.json`: what a ledger folder says of itself."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from stanch import __version__
from stanch.errors import InputError, UsageError
from stanch.ledger.layout import FORMAT, INFO, KIND, ORDER_RULE, VERSION

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write(folder: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """Write `ledger.json` and return what it says.

    `facts` are source, inputs (digests), the counts, notes, and span: the first and the last
    time in microseconds since 1970.
    """
    facts = dict(facts)
    first, last = (_iso(time) for time in facts.pop("span"))
    content = {
        "format": f"{FORMAT}@{VERSION}",
        "stanch": __version__,
        **facts,
        "inputs": [asdict(each) for each in facts["inputs"]],
        "first_time": first,
        "last_time": last,
        "order": ORDER_RULE,
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / INFO).write_text(text + "\n", encoding="utf-8")
    return content


def read(folder: Path) -> dict[str, Any]:
    """Content of `ledger.json`.

    Raises UsageError where `folder` is missing or no ledger, InputError where its format is of
    another version.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such ledger folder")
    if not KIND.wrote(folder):
        raise UsageError(f"{folder}: is no ledger; build one with stanch ledger build")
    content: dict[str, Any] = json.loads((folder / INFO).read_bytes())
    if content["format"] != f"{FORMAT}@{VERSION}":
        said = f"is {content['format']}, this Stanch reads {FORMAT}@{VERSION}; build it anew"
        raise InputError(str(folder), said)
    return content


def _iso(time: int) -> str:
    """A time of the tables as ISO 8601, in UTC."""
    return (_EPOCH + timedelta(microseconds=time)).isoformat().replace("+00:00", "Z")
