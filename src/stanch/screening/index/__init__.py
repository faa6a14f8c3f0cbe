"""The index of all listed names, as arrays that are built in seconds and mapped from disk."""

from stanch.screening.index.entries import Listed
from stanch.screening.index.index import Index

__all__ = ["Index", "Listed"]
