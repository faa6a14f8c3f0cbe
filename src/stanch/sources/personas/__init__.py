"""Applications for work, from CSV, JSON lines and Parquet, with a mapping of their columns."""
