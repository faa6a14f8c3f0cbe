"""Transfers from public Parquet tables of Ethereum and Bitcoin, and from Stanch's own."""
