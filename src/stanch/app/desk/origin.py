"""Where people reach a desk: what the server answers to, and what an e-mail names."""

from typing import Final
from urllib.parse import urlsplit

from stanch.errors import UsageError

LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def check_origin(origin: str) -> None:
    """Raise UsageError for what is no origin, or one that others would reach without TLS."""
    try:
        parts = urlsplit(origin)
        known = parts.scheme in ("http", "https") and parts.hostname
        whole = origin == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc
    except ValueError:
        known, whole = None, False
    if not known or not whole or not (origin.isascii() and origin.isprintable()) or " " in origin:
        raise UsageError(f"origin: {origin!r} is none, as https://desk.example is")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise UsageError("origin: a desk that others reach is reached by https")
