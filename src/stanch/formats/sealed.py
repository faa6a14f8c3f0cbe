"""What only this desk can read again: AES-SIV (RFC 5297), with a key that comes of the desk's own.

One that is sealed for a purpose and bound to texts opens for that purpose and with those texts
alone: moved to another row, it is nothing. The same text gives the same bytes, which tells no more
than that two are the same.
"""

from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Seals and opens for one purpose."""

    def __init__(self, key: bytes) -> None:
        """`key` is 64 bytes; `of` derives one."""
        self._cipher = AESSIV(key)

    @classmethod
    def of(cls, seed: bytes, purpose: str) -> Self:
        """The seal of a purpose, of the desk's seed (HKDF, RFC 5869)."""
        return cls(HKDF(SHA512(), 64, None, purpose.encode()).derive(seed))

    def close(self, data: bytes, *bound: str) -> bytes:
        """Sealed bytes, 16 longer."""
        return self._cipher.encrypt(data, [each.encode() for each in bound])

    def open(self, sealed: bytes, *bound: str) -> bytes:
        """What was sealed. Raises ValueError where it was not, or for something else."""
        try:
            return self._cipher.decrypt(sealed, [each.encode() for each in bound])
        except InvalidTag:
            raise ValueError("was not sealed by this desk, or for something else") from None

    def __repr__(self) -> str:
        """Without the key."""
        return "Seal()"
