"""Chinese characters in names: their readings, and shapes that are one character."""
