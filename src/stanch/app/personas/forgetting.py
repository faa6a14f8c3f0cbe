"""Erase a person's application, or let those go whose time is over; and give all that is held.

The list of the erased is written first and to the disk, the folder after it: whatever ends this in
between, the record is away for every later run, and the next erasure or expiry takes it out of the
files too. Inputs from which the intake was made are not Stanch's: erase there as well.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from stanch.app.personas import diary, erased
from stanch.app.personas.intake import Intake, open_intake
from stanch.app.personas.purge import purge
from stanch.app.personas.secret import Secret
from stanch.app.private_file import private_file
from stanch.errors import NotFoundError
from stanch.model.personas.values import NO_TIME
from stanch.store.list_version import json_bytes


class Reason(StrEnum):
    """Why somebody is erased. No free text: it would name them."""

    REQUEST = "request"  # the person asked
    OBJECTION = "objection"  # the person objects to the comparing
    MISTAKE = "mistake"  # was taken in by mistake
    UNLAWFUL = "unlawful"  # should never have been held
    ORDER = "order"  # a court or an authority says so


@dataclass(frozen=True, slots=True)
class Gone:
    """How many records are new on the list of the erased, and how many left the files."""

    listed: int
    removed: int


def erase(path: Path, record_id: str, reason: Reason, secret: Secret) -> Gone:
    """Erase one record for good, from this intake and every copy that is opened with this key.

    Raises NotFoundError where it is neither there nor erased, UsageError, InputError, OutputError.
    """
    intake = open_intake(path, secret, date.min)
    commitment = secret.commitment(record_id)
    if intake.number(record_id) is None:
        if commitment not in erased.erased(secret):
            raise NotFoundError(f"{path}: has no record of that id")
        return Gone(0, purge(intake))
    return _gone(intake, [record_id], reason.value, "erased")


def expire(path: Path, secret: Secret, today: date | None = None) -> Gone:
    """Erase every record whose `retain_until` is before `today`, in UTC.

    Raises UsageError, InputError, OutputError.
    """
    today = today or datetime.now(UTC).date()
    intake = open_intake(path, secret, date.min)
    over = pc.fill_null(pc.less(intake.records["retain_until"], today), False)
    ids = intake.records["record_id"].filter(over).to_pylist()
    return _gone(intake, ids, "expired", "expired")


def _gone(intake: Intake, ids: list[str], why: str, kind: str) -> Gone:
    secret, path = intake.secret, intake.path
    listed = erased.add(secret, ids, datetime.now(UTC).date(), why)
    if ids:
        said = {"intake": intake.said["id"], "why": why}
        diary.note(secret, kind, [secret.commitment(id) for id in ids], said)
    return Gone(listed, purge(open_intake(path, secret, date.min)))


def export(path: Path, record_id: str, secret: Secret) -> dict[str, Any]:
    """All that is held of one record, opened, for the person whose it is.

    Raises NotFoundError, UsageError, InputError.
    """
    intake = open_intake(path, secret)
    number = intake.number(record_id)
    if number is None:
        raise NotFoundError(f"{path}: has no record of that id")
    diary.note(secret, "exported", [secret.commitment(record_id)], {"intake": intake.said["id"]})
    row = intake.records.slice(number, 1).to_pylist()[0]
    keys = intake.keys.filter(pc.equal(intake.keys["record"], number))
    found = {each["values"]: each["counts"] for each in pc.value_counts(keys["kind"]).to_pylist()}
    return {
        "record_id": record_id,
        "file": row["file"],
        "row": row["row"],
        "received": row["received"] and row["received"].isoformat(),
        "retain_until": row["retain_until"] and row["retain_until"].isoformat(),
        "values": {
            kind: [_value(text, time) for text, time in told]
            for kind, told in sorted(intake.held(number).items())
        },
        "keys": dict(sorted(found.items())),
    }


def export_to(file: Path, path: Path, record_id: str, secret: Secret) -> None:
    """The same in a new file that its owner alone can read. Raises UsageError where it is there."""
    with private_file(file) as stream:
        stream.write(json_bytes(export(path, record_id, secret)))


def _value(text: str, time: int) -> str | dict[str, str]:
    if time == NO_TIME:
        return text
    at = datetime.fromtimestamp(time // 1_000_000, UTC).replace(microsecond=time % 1_000_000)
    return {"value": text, "time": at.isoformat()}
