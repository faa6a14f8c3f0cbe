"""Which group each record of an intake is in, for an audit: as a file says, or by time zone."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.app.personas.intake import Intake
from stanch.errors import InputError, UsageError
from stanch.model.personas import kinds

MOST: Final = 100  # groups; more are no groups
_COLUMNS: Final = ("record_id", "group")
# Hours east of UTC that the claimed place has; the last hour of each belongs to it.
_ZONES: Final = (
    (-12, -6, "UTC-12 to UTC-6"),
    (-5, -1, "UTC-5 to UTC-1"),
    (0, 3, "UTC to UTC+3"),
    (4, 6, "UTC+4 to UTC+6"),
    (7, 14, "UTC+7 to UTC+14"),
)


@dataclass(frozen=True, slots=True)
class Groups:
    """`names` of groups, and of each record the place of its own there, -1 where it has none."""

    by: str
    names: list[str]
    of: npt.NDArray[np.int64]


def groups_of(intake: Intake, file: Path | None) -> Groups:
    """By `file`, a CSV of record_id and group, or by the time zone of the place that is claimed.

    Raises UsageError where the file is none, InputError where it names no record of the intake.
    """
    return _by_zone(intake) if file is None else _by_file(intake, file)


def _by_file(intake: Intake, file: Path) -> Groups:
    given = _read(file)
    names = sorted(set(given.values()))
    if len(names) > MOST:
        raise InputError(str(file), f"has {len(names):,} groups; {MOST} are the most")
    place = {name: number for number, name in enumerate(names)}
    ids = intake.records["record_id"].to_pylist()
    of = np.array([place.get(given.get(id, ""), -1) for id in ids], np.int64)
    if len(ids) and (of < 0).all():
        raise InputError(str(file), "names no record of this intake")
    return Groups(file.name, names, of)


def _read(file: Path) -> dict[str, str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if not set(_COLUMNS) <= set(rows.fieldnames or ()):
                raise InputError(str(file), "needs the columns record_id and group")
            return {row["record_id"]: row["group"] for row in rows if row["group"]}
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise InputError(str(file), "is no CSV in UTF-8") from None


def _by_zone(intake: Intake) -> Groups:
    of = np.full(len(intake.records), -1, np.int64)
    told = intake.opened((kinds.CLAIMED_OFFSET,))
    for record, value in zip(told["record"].to_pylist(), told["value"].to_pylist(), strict=True):
        hours = int(value) // 60
        of[record] = next(
            (n for n, (low, high, _) in enumerate(_ZONES) if low <= hours <= high), -1
        )
    return Groups("claimed time zone", [name for *_, name in _ZONES], of)
