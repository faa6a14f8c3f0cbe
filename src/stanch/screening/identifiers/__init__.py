"""Identifiers: one kind, one file, each with `normalize`, `is_valid` and its standard.

Two identifiers are the same where their normal forms are the same text (`kinds`) and nothing
speaks against it (`agreement`). `IdentifierIndex` finds them among a million in seconds.
"""

from stanch.screening.identifiers.index import IdentifierIndex

__all__ = ["IdentifierIndex"]
