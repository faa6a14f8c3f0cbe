"""Sanctions lists as their publishers write them, one file for each format, without I/O of files.

Each module has `parse(files: Sequence[ListFile]) -> Iterator[Parsed]`: entries, refused rows and
unknown fields, in the order of the file. ValueError, with a short reason, says that a file as a
whole is not of that format; nothing of it is then used.
"""
