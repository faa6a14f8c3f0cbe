"""DuckDB behind the `Engine` port. The only file that imports duckdb.

Queries run in a thread of their own: the caller's thread then hears Ctrl-C at once and
interrupts the query, where DuckDB by itself would finish it first.

Decimals stay below 39 digits and no sum is taken of amounts in SQL: DuckDB turns 128-bit sums
and wider decimals into DOUBLE without a word.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from stanch.errors import OutputError, StanchError

MEMORY = "3GB"  # of the 8 GB a build may take: the rest is for Arrow, the kernels and the cache
BATCH = 1 << 17

T = TypeVar("T")

_FULL = (
    "no space left on device", "max_temp_directory_size", "disk quota exceeded", "file too large",
)  # fmt: skip


@contextmanager
def connect(scratch: Path, memory: str = MEMORY) -> Iterator["DuckDB"]:
    """Open DuckDB in memory, spilling to and keeping relations in `scratch`."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": str(scratch / "spill"),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=config) as connection:
        # Its own bar would go to stdout, among the lines of the command.
        connection.execute("set enable_progress_bar = false")
        engine = DuckDB(connection, scratch)
        try:
            yield engine
        finally:
            engine.close()


class DuckDB:
    """One connection, one scratch folder, one query at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        """Use `connection`; keep relations below `scratch`."""
        self._connection, self._scratch = connection, scratch
        self._thread = ThreadPoolExecutor(1, "duckdb")
        self._kept: dict[str, Path] = {}

    def close(self) -> None:
        """Stop what still runs."""
        self._connection.interrupt()
        self._thread.shutdown()

    def table(self, name: str, file: Path) -> None:
        """Let queries speak of the Parquet `file` as `name`."""
        self._run(f"create or replace view {name} as from read_parquet({_text(file)})")

    def keep(self, name: str, query: str) -> None:
        """Run `query` once and keep its rows on disk as `name`."""
        file = self._scratch / f"{name}.parquet"
        self._run(f"copy ({query}) to {_text(file)} (format parquet, compression lz4)")
        self.table(name, file)
        self._kept[name] = file

    def drop(self, name: str) -> None:
        """Forget `name`; what `keep` wrote for it is deleted."""
        self._run(f"drop view {name}")
        if name in self._kept:
            self._kept.pop(name).unlink()

    def row(self, query: str) -> tuple[object, ...]:
        """Return the one row that `query` yields."""
        rows = self._call(lambda: self._connection.execute(query).fetchall())
        (row,) = rows
        return tuple(row)

    def stream(self, query: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of `query`, in its order."""
        reader = self._call(lambda: self._connection.sql(query).to_arrow_reader(BATCH))
        while True:
            batch = self._call(lambda: next(reader, None))
            if batch is None:
                return
            yield batch

    def _run(self, statement: str) -> None:
        self._call(lambda: self._connection.execute(statement) and None)

    def _call(self, work: Callable[[], T]) -> T:
        """Do `work` in the engine's thread, and let Ctrl-C reach it."""
        future = self._thread.submit(work)
        try:
            return future.result()
        except KeyboardInterrupt:
            self._connection.interrupt()
            future.exception()
            raise
        except duckdb.Error as error:
            if (plain := _plain(error)) is not None:
                raise plain from error
            raise


def _text(file: Path) -> str:
    """Quote a path as an SQL literal."""
    return "'" + str(file).replace("'", "''") + "'"


def _plain(error: duckdb.Error) -> StanchError | None:
    """Turn a full disk or too little memory into what a user can act on."""
    text = str(error)
    if any(sign in text.lower() for sign in _FULL):
        return OutputError("no space left on the disk for sorting")
    if isinstance(error, duckdb.OutOfMemoryException):
        return StanchError(f"not enough memory to sort the transfers: {text.splitlines()[0]}")
    return None
