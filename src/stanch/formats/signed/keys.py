"""Keys of people and members: Ed25519 (RFC 8037), named by the thumbprint of RFC 7638.

A public key is written as base64url of its 32 bytes. A private key leaves only under a passphrase,
as PEM; the desk never sees one. PKCS#8 as OpenSSL writes it stretches a passphrase little, so a
short one is refused.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from stanch.errors import SignatureError
from stanch.formats.signed import base64url, points
from stanch.formats.signed.canonical import canonical

MIN_PASSPHRASE: Final = 12  # characters

_SIGNATURE: Final = 64  # bytes


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key to verify with; only made of bytes that are a usable point."""

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse what is no key, or one of small order, with SignatureError."""
        if not _usable(self.raw):
            raise SignatureError("is no public key of Ed25519")

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read base64url. Raises SignatureError."""
        if len(text) != 43:  # before anything else looks at it
            raise SignatureError("is no public key of Ed25519: 43 characters of base64url")
        return cls(base64url.decode(text))

    @property
    def text(self) -> str:
        """Base64url of the 32 bytes."""
        return base64url.encode(self.raw)

    @property
    def kid(self) -> str:
        """RFC 7638: the SHA-256 of the JWK's required members, in base64url."""
        jwk = canonical({"crv": "Ed25519", "kty": "OKP", "x": self.text})
        return base64url.encode(hashlib.sha256(jwk).digest())

    def verify(self, signature: bytes, data: bytes) -> None:
        """Raise SignatureError unless `signature` is this key's of `data`, in its one form.

        The half s must be below the group's order, or anybody could write a second signature.
        """
        if len(signature) != _SIGNATURE:
            raise SignatureError(f"a signature has {_SIGNATURE} bytes")
        if int.from_bytes(signature[32:], "little") >= points.ORDER:
            raise SignatureError("a signature that was changed: s is not below the order")
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except InvalidSignature:
            raise SignatureError("the signature does not hold") from None


class PrivateKey:
    """A key to sign with. It shows neither in its text nor in an error."""

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        """Wrap a key of the library; `generate`, `from_seed` and `from_pem` make one."""
        self._key = key
        self.public = PublicKey(key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        """A new key, from the machine's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The key of 32 secret bytes (RFC 8032). Raises SignatureError."""
        if len(seed) != 32:
            raise SignatureError("a private key has 32 bytes")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def from_pem(cls, text: str, passphrase: str) -> Self:
        """Read what `to_pem` wrote. Raises SignatureError, the same for each way to be wrong."""
        try:
            key = serialization.load_pem_private_key(text.encode(), passphrase.encode())
        except Exception:  # the library has many kinds of it, and each means the same here
            raise SignatureError("no private key under this passphrase") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise SignatureError("is no private key of Ed25519")
        return cls(key)

    def to_pem(self, passphrase: str) -> str:
        """PEM of PKCS#8, encrypted. Raises SignatureError for a short passphrase."""
        if len(passphrase) < MIN_PASSPHRASE:
            raise SignatureError(f"a passphrase has at least {MIN_PASSPHRASE} characters")
        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode()),
        ).decode("ascii")

    @property
    def kid(self) -> str:
        """The name of its public key."""
        return self.public.kid

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature, always the same for the same data (RFC 8032)."""
        return self._key.sign(data)

    def __repr__(self) -> str:
        """Its name, and nothing secret."""
        return f"PrivateKey({self.kid})"


@lru_cache(maxsize=4096)
def _usable(raw: bytes) -> bool:
    return points.is_key(raw)
