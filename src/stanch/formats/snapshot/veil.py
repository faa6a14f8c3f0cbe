"""How addresses stand in a snapshot: not as they are, but as 128 bits of a keyed hash.

The key comes from a salt, new for each snapshot and written in its header, and from a secret that
desk and recipient share and that is not in the file. Each address is a BLAKE2b MAC (RFC 7693).

What this protects. Who steals the file alone learns how many rows it has and what stands beside
them (ids of orders, chains, assets, amounts), but not one address, and cannot test a guess; two
snapshots do not show which addresses stayed. Membership is all that a recipient can check.

What it does not. Who has the file and the secret can try every address that a chain has ever
seen, which takes minutes. Without a secret (empty bytes) that is so for everybody who has the
file: then the hash only keeps addresses from being read at sight. And the recipient may ask
anything, as always: it is told nothing that it could not ask the desk.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from stanch.errors import SignatureError

SALT_BYTES: Final = 32
KEY_BYTES: Final = 16

_MIN_SECRET: Final = 32  # bytes
_CHECK: Final = b"stanch-snapshot@1 check"


@dataclass(frozen=True, slots=True)
class Veil:
    """Turns normal forms into keys, for one snapshot."""

    _key: bytes

    @classmethod
    def of(cls, secret: bytes, salt: bytes) -> Self:
        """Of a shared secret, at least 32 bytes or none. Raises SignatureError for a short one."""
        if secret and len(secret) < _MIN_SECRET:
            raise SignatureError(f"a snapshot's secret has at least {_MIN_SECRET} bytes")
        return cls(hmac.digest(secret, b"stanch-snapshot@1" + salt, sha256))

    @property
    def check(self) -> str:
        """Equal for equal keys; tells nothing of the key."""
        return f"sha256:{hmac.digest(self._key, _CHECK, sha256).hex()}"

    def keys(self, forms: Iterable[str]) -> npt.NDArray[np.uint64]:
        """Two columns, high and low half, for each normal form."""
        fresh = blake2b(key=self._key, digest_size=KEY_BYTES)
        digests = bytearray()
        for form in forms:
            one = fresh.copy()
            one.update(form.encode("utf-8", "surrogatepass"))
            digests += one.digest()
        halves = np.frombuffer(bytes(digests), "<u8").reshape(-1, 2)
        return halves.astype(np.uint64, copy=False)
