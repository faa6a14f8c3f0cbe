"""Which engines answer the stages' queries and keep what is kept: the one place to settle that."""

from pathlib import Path

from sqlalchemy import Engine

from stanch.store.engines import sql
from stanch.store.engines.duckdb import connect as open_engine
from stanch.store.engines.sqlite import connect as open_journal

__all__ = ["open_desk", "open_engine", "open_journal"]


def open_desk(folder: Path, url: str | None) -> tuple[Engine, Engine]:
    """The desk's database, for transactions that write and for those that only read."""
    writer = sql.connect(folder, url)
    return writer, sql.reading(writer)
