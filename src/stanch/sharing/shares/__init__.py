"""Shares: which row of a desk lies in which collection, as which objects, for whom and why."""
