"""Identity documents: the lines that machines read."""
