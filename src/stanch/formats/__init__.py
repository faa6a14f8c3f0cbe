"""Codecs without I/O: text in, records out, and what could not be read with the reason."""
