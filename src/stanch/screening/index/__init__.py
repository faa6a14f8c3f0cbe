"""The index of all listed names, as arrays that are built in seconds and mapped from disk."""

from stanch.screening.index.index import Index, Listed

__all__ = ["Index", "Listed"]
