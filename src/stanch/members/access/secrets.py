"""Secrets that let somebody in: 256 random bits, of which the desk keeps the SHA-256 alone.

A secret is looked up by its digest. How long that takes tells at most of digests, and from a digest
nobody comes to a secret; so nothing is left to compare in constant time. There is nothing to guess
either, so the hash need not be slow.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

KEY: Final = "stk_"  # what leaks is known by its first letters, and found by scanners
LINK: Final = "stl_"
SESSION: Final = "sts_"
_BYTES: Final = 32
PREFIX: Final = 12  # characters of a secret that say which one was tried


@dataclass(frozen=True, slots=True)
class Secret:
    """A new secret: `token` goes to its owner and is forgotten, `digest` is stored."""

    token: str = field(repr=False)
    digest: str


def make(kind: str) -> Secret:
    """A new secret of a kind."""
    token = kind + secrets.token_urlsafe(_BYTES)
    return Secret(token, digest(token))


def digest(token: str) -> str:
    """What is stored of a secret. Any text has one, so that any wrong one is looked up alike."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
