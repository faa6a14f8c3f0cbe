"""Base64url without padding (RFC 7515), strictly: one text for each row of bytes."""

import base64
import re
from typing import Final

from stanch.errors import SignatureError

_ALPHABET: Final = re.compile(r"[-_A-Za-z0-9]*")


def encode(data: bytes) -> str:
    """The text of `data`."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """The bytes of `text`. Raises SignatureError for padding, other signs and loose last bits."""
    if not _ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        raise SignatureError("is not base64url without padding")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise SignatureError("is base64url with bits left over")
    return data
