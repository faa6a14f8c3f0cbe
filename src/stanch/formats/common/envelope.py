"""One file: a first line, a JWS that says all about it, and a body of bytes.

The JWS names the SHA-256 and the length of the body, so that a file holds as a whole or not at
all. `Envelope.digest`, of all its bytes, is how other files speak of it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.canonical import digest
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.keys import PrivateKey

MAGIC: Final = b"stanch-common@1\n"
MOST: Final = 1 << 31  # bytes of a file
_HEAD: Final = 3 << 19  # of the JWS


@dataclass(frozen=True, slots=True)
class Envelope:
    """A file whose body is what its head says. The head `text` is a JWS whose signature is another
    question; until then `typ` is a claim.
    """

    typ: str
    text: str
    body: bytes
    digest: str


def write(key: PrivateKey, typ: str, payload: Mapping[str, object], body: bytes) -> bytes:
    """The file. Raises SignatureError where the payload cannot be written."""
    said = {**payload, "body": {"sha256": digest(body), "size": len(body)}}
    return MAGIC + jws.sign(key, typ, said).encode("ascii") + b"\n" + body


def read(data: bytes) -> Envelope:
    """The file in some bytes: its form, and that head and body belong together.

    Raises SignatureError; whether the signature holds is for who reads the head.
    """
    if not data.startswith(MAGIC):
        raise SignatureError("is no file of stanch common")
    if len(data) > MOST:
        raise SignatureError(f"is longer than {MOST:,} bytes")
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + _HEAD)
    if end < 0:
        raise SignatureError("is cut off in its first lines")
    try:
        text = data[len(MAGIC) : end].decode("ascii")
    except UnicodeDecodeError:
        raise SignatureError("has a head that is no JWS") from None
    claimed, body = jws.read(text), data[end + 1 :]
    if not isinstance(claimed.payload, dict):
        raise SignatureError("has a head that says nothing")
    said = Fields(claimed.payload.get("body"), "body", "sha256", "size")
    if said.number("size", 0, MOST) != len(body):
        raise SignatureError("is cut off, or something was added to it")
    if said.digest("sha256") != digest(body):
        raise SignatureError("was changed: its bytes are not those that were signed")
    name = f"sha256:{hashlib.sha256(data).hexdigest()}"
    return Envelope(claimed.typ, text, body, name)
