"""The key file of intakes, and the keys that are derived of its one secret.

`personas.key` is made once and is readable by its owner alone. Beside it stand `personas.erased`
(see `erased`) and `personas.journal` (see `diary`). Who loses the key file has lost what the
intakes hold; who gets it and an intake reads it.
"""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stanch.app.private_file import private_file, read_private
from stanch.errors import OutputError, UsageError

NAME: Final = "personas.key"
_FORMAT: Final = "stanch-personas-key@1"
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret of a key file. Nothing of it is shown by `repr`."""

    file: Path
    _raw: bytes = field(repr=False)

    @classmethod
    def open(cls, file: Path) -> Self:
        """Raises UsageError where it cannot be read, others can, or it is no such file."""
        said = read_private(file, "make sure that nobody has read it").decode("ascii", "replace")
        name, _, text = said.strip().partition(" ")
        try:
            raw = urlsafe_b64decode(text)
        except ValueError:
            raw = b""
        if name != _FORMAT or len(raw) != _BYTES:
            raise UsageError(f"{file}: is no key file of intakes")
        return cls(file, raw)

    @classmethod
    def make(cls, file: Path) -> Self:
        """A new one, in a new file. Raises UsageError, OutputError."""
        raw = secrets.token_bytes(_BYTES)
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise OutputError(f"{file}: cannot be written: {error.strerror}") from None
        with private_file(file) as stream:
            stream.write(f"{_FORMAT} {urlsafe_b64encode(raw).decode()}\n".encode())
        return cls(file, raw)

    def derived(self, purpose: str, salt: bytes | None = None) -> bytes:
        """32 bytes for one purpose (HKDF, RFC 5869)."""
        info = f"stanch personas {purpose}".encode()
        return HKDF(SHA256(), 32, salt, info).derive(self._raw)

    @property
    def id(self) -> str:
        """What names the key without telling anything of it."""
        return hashlib.sha256(self.derived("id")).hexdigest()[:16]

    def commitment(self, record_id: str) -> str:
        """What stands for a record where its id may not: an HMAC under a key of its own."""
        return hmac.new(self.derived("commit"), record_id.encode(), hashlib.sha256).hexdigest()


class Commitments:
    """Commitments to many records, quickly."""

    def __init__(self, secret: Secret) -> None:
        """Derives the key once."""
        self._key = secret.derived("commit")

    def of(self, record_id: str) -> str:
        """As `Secret.commitment`."""
        return hmac.digest(self._key, record_id.encode(), "sha256").hex()


class Hashing:
    """Keys of values: eight bytes of a keyed BLAKE2b, each kind apart from the others."""

    def __init__(self, key: bytes) -> None:
        """`key` is of `Secret.derived("hash")`."""
        self._key = key

    def of(self, kind: str, values: list[str]) -> list[int]:
        """A key for each value."""
        begun = blake2b(key=self._key, digest_size=8, person=kind.encode()[:16])
        found = []
        for value in values:
            each = begun.copy()
            each.update(value.encode("utf-8", "surrogatepass"))
            found.append(int.from_bytes(each.digest(), "big"))
        return found


def place(key: Path | None) -> Path:
    """Where the key file is: as said, else in $STANCH_HOME, else in ~/.stanch."""
    if key is not None:
        return key
    home = os.environ.get("STANCH_HOME")
    return (Path(home) if home else Path.home() / ".stanch") / NAME


def opened_or_made(key: Path | None) -> tuple[Secret, bool]:
    """The secret, and whether it was made just now: whoever is told of a new one where there should
    be an old one has named the wrong file.
    """
    file = place(key)
    if file.exists():
        return Secret.open(file), False
    return Secret.make(file), True


def opened(key: Path | None) -> Secret:
    """The secret. Raises UsageError where there is no key file."""
    file = place(key)
    if not file.exists():
        raise UsageError(f"{file}: there is no key file; name the one of this intake with --key")
    return Secret.open(file)
