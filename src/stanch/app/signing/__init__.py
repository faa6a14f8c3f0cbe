"""Use cases of who signs, on a machine of their own: keys, directories, statements. No network."""
