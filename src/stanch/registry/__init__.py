"""Incidents, what bodies say of them, published totals, and how the two agree."""
