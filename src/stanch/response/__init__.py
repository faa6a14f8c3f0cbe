"""Block orders: what the rules say about them, and the records of what was decided."""
