"""What a scenario hands over: batches of transfers and small tables, for somebody to write."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pyarrow as pa

from stanch.sources.scenario.request import ScenarioRequest

BATCH_ROWS: Final = 122_880  # one Parquet row group each; no result depends on another number
EPOCH: Final = datetime(2025, 1, 1, tzinfo=UTC)  # the simulated time begins here

LABELS: Final = ("address", "name", "categories", "source", "category", "confidence")
SEEDS: Final = ("account", "tx", "time", "asset", "amount", "incident")

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SmallTable:
    """A table of a few rows that becomes a CSV file."""

    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A generated scenario: `transfers` (TRANSFERS, canonical order) can be read once.

    `rows` is their number and `tables` the small tables by file name; both are known before
    the first batch.
    """

    request: ScenarioRequest
    rows: int
    transfers: Iterator[pa.RecordBatch]
    tables: dict[str, SmallTable]


def incident_id(number: int) -> str:
    """Name of the incident with this number, counted from 0, such as `sim-1`."""
    return f"sim-{number + 1}"


def moment(time: datetime) -> str:
    """`time` in ISO 8601, UTC."""
    return time.replace(tzinfo=None).isoformat() + "Z"
