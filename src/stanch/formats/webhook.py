"""Read a signed webhook: what a receiver checks before it believes one (Standard Webhooks 1.0.0).

Pure: the caller brings the headers, the body as it came, byte for byte, the public keys it trusts,
the time, and the ids it has seen. Nothing is parsed before the signature holds.
"""

import base64
import binascii
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from stanch.errors import SignatureError
from stanch.model.desk.webhook import (
    ID_HEADER,
    PUBLIC_PREFIX,
    SCHEME,
    SIGNATURE_HEADER,
    TIME_HEADER,
    is_id,
    is_timestamp,
    signed_bytes,
)

TOLERANCE: Final = timedelta(minutes=5)  # early or late: clocks differ, and an old one is a replay
MAX_SIGNATURES: Final = 8  # two keys while one replaces the other; more is work for nothing


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose webhooks are believed: Ed25519 public keys of 32 bytes, and ids that came before.

    An id has to be remembered for as long as the desk may send it again, which is three days.
    """

    keys: tuple[bytes, ...]
    seen: Container[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Received:
    """A webhook that holds. `again`: its id was seen; answer it with 2xx and do nothing more."""

    id: str
    at: datetime
    body: bytes
    again: bool


def receive(headers: Mapping[str, str], body: bytes, trust: Trust, now: datetime) -> Received:
    """Check one webhook. Names of headers are read in any case.

    Raises SignatureError where a header is missing, said twice or misspelt, where the time is
    more than five minutes off, and where no signature is one of the trusted keys'.
    """
    message, timestamp, signatures = _three(headers)
    if not is_id(message):
        raise SignatureError(f"{ID_HEADER} is not the id of a message")
    if not is_timestamp(timestamp):
        raise SignatureError(f"{TIME_HEADER} is not a time in Unix seconds")
    signed = signed_bytes(message, timestamp, body)
    if not any(_holds(key, each, signed) for each in _signatures(signatures) for key in trust.keys):
        raise SignatureError("the webhook is not signed by a trusted key of the desk")
    # A time so far off that no calendar has it would raise OverflowError: compare the seconds.
    if abs(int(timestamp) - now.timestamp()) > TOLERANCE.total_seconds():
        raise SignatureError("the webhook was signed more than five minutes from now: replayed?")
    at = datetime.fromtimestamp(int(timestamp), UTC)
    return Received(message, at, body, again=message in trust.seen)


def write_public(key: bytes) -> str:
    """A public key as other libraries of the standard take it: `whpk_` and base64."""
    return PUBLIC_PREFIX + base64.b64encode(_public(key).public_bytes_raw()).decode("ascii")


def read_public(text: str) -> bytes:
    """The 32 bytes of a public key. Raises SignatureError where it is not one."""
    raw = _decoded(text.removeprefix(PUBLIC_PREFIX)) if text.startswith(PUBLIC_PREFIX) else None
    if raw is None:
        raise SignatureError(f"a public key of webhooks is {PUBLIC_PREFIX} and base64")
    return _public(raw).public_bytes_raw()


def _three(headers: Mapping[str, str]) -> Sequence[str]:
    """The values of the three headers. One said twice could mean two things to two readers."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        lower = name.lower()
        if lower in found and lower.startswith("webhook-"):
            raise SignatureError(f"{lower} is said twice")
        found[lower] = value
    missing = [name for name in (ID_HEADER, TIME_HEADER, SIGNATURE_HEADER) if name not in found]
    if missing:
        raise SignatureError(f"the webhook has no {missing[0]}")
    return found[ID_HEADER], found[TIME_HEADER], found[SIGNATURE_HEADER]


def _signatures(header: str) -> list[bytes]:
    """Those of our scheme. Others are read over: the header may hold several, for other readers."""
    parts = header.split(" ")
    if len(parts) > MAX_SIGNATURES:
        raise SignatureError(f"{SIGNATURE_HEADER} holds more than {MAX_SIGNATURES} signatures")
    ours = [part.removeprefix(f"{SCHEME},") for part in parts if part.startswith(f"{SCHEME},")]
    return [raw for raw in map(_decoded, ours) if raw is not None]


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _public(raw: bytes) -> Ed25519PublicKey:
    if len(raw) != 32:
        raise SignatureError(f"a public key of webhooks has 32 bytes, this one {len(raw)}")
    return Ed25519PublicKey.from_public_bytes(raw)


def _holds(key: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        _public(key).verify(signature, signed)
    except InvalidSignature:
        return False
    return True
