"""Which engine answers the stages' queries: the one place where that is settled."""

from stanch.store.engines.duckdb import connect as open_engine

__all__ = ["open_engine"]
