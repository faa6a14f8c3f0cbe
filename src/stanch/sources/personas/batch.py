"""What a reader of applications gives: rows in batches, values as they were written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from stanch.model.personas.values import Values

SIZE: Final = 2_500  # records: few enough that two workers end together


class Refused(NamedTuple):
    """A row that is not taken in, or with `field` a value; `row` 0 is the file as a whole."""

    file: str
    row: int
    reason: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one file. `fields` has the values of each meaning of `sources.personas.columns`.

    `received` and `retain` are microseconds since 1970 and days since 1970, None where not said.
    `base` is the folder below which the files lie that rows name.
    """

    file: str
    rows: list[int]
    ids: list[str]
    received: list[int | None]
    retain: list[int | None]
    fields: Mapping[str, Values]
    notes: list[Refused] = field(default_factory=list)
    base: Path = field(default_factory=Path)


Read = Iterator[Batch | Refused]
