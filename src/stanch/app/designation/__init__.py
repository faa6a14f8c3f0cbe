"""Check a designation file, ask the lists in force elsewhere about it, and export it."""
