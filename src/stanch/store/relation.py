"""The port through which a stage reaches a query engine.

A stage speaks plain SQL over Parquet files that have names; which engine answers is settled by
the application. Nothing here imports a driver.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pyarrow as pa


class Engine(Protocol):
    """Answers SQL from named Parquet files, using its scratch folder for what does not fit."""

    def table(self, name: str, file: Path) -> None:
        """Let queries speak of the Parquet `file` as `name`."""

    def keep(self, name: str, query: str) -> None:
        """Run `query` once and keep its rows on disk, in any order, as `name`."""

    def drop(self, name: str) -> None:
        """Forget `name`; what `keep` wrote for it is deleted."""

    def row(self, query: str) -> tuple[object, ...]:
        """Return the one row that `query` yields."""

    def stream(self, query: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of `query`, in its order, in batches of any size."""


class OpenEngine(Protocol):
    """Opens an engine that writes below `scratch` only; closing it leaves nothing to run on."""

    def __call__(self, scratch: Path) -> AbstractContextManager[Engine]:
        """Open an engine with `scratch`, an empty folder, as its scratch space."""
