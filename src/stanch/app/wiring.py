"""Which engines answer the stages' queries and keep the journal: the one place to settle that."""

from stanch.store.engines.duckdb import connect as open_engine
from stanch.store.engines.sqlite import connect as open_journal

__all__ = ["open_engine", "open_journal"]
