"""`next`: where a page ended, sealed so that it says nothing and serves for nothing else.

AES-SIV (RFC 5297) of the last row's time, with what was asked as associated data: the collection,
the reader, the filters. It is the same for the same place, holds over a restart, and is no state.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from stanch.formats.taxii.filters import Filters

_SIZE: Final = 64  # bytes of an AES-256-SIV key
_LONGEST: Final = 200


def key_of(secret: bytes) -> AESSIV:
    """The key that seals cursors, from a secret of the desk."""
    return AESSIV(hashlib.shake_256(b"stanch taxii next\0" + secret).digest(_SIZE))


def context(collection: str, reader: str, asked: Filters, of: str) -> list[bytes]:
    """What a cursor is bound to: all of what was asked but how much. `of` is the endpoint."""
    parts: Sequence[object] = (
        of, collection, reader, asked.ids, asked.types, asked.spec_versions, asked.versions,
        asked.after,
    )  # fmt: skip
    return [repr(part).encode() for part in parts]


def seal(key: AESSIV, place: str, bound: list[bytes]) -> str:
    """The cursor of a place."""
    return base64.urlsafe_b64encode(key.encrypt(place.encode(), bound)).decode().rstrip("=")


def place_of(key: AESSIV, cursor: str, bound: list[bytes]) -> str:
    """The place of a cursor. Raises ValueError where it is none of what is asked."""
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        return key.decrypt(sealed, bound).decode()
    except (ValueError, InvalidTag, binascii.Error):
        raise ValueError(
            "next is none of this collection with these filters: begin anew with added_after"
        ) from None
