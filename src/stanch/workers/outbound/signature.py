"""Sign a webhook that leaves (Standard Webhooks 1.0.0, scheme `v1a`: Ed25519).

The key stays with the caller: this takes a callable that signs bytes.
"""

import base64
from collections.abc import Callable
from datetime import datetime

from stanch.errors import InvariantError
from stanch.model.desk.webhook import (
    ID_HEADER,
    SCHEME,
    SIGNATURE_HEADER,
    TIME_HEADER,
    is_id,
    is_timestamp,
    signed_bytes,
)

Sign = Callable[[bytes], bytes]


def signed_headers(message: str, body: bytes, now: datetime, sign: Sign) -> dict[str, str]:
    """The three headers of one attempt: the id stays with each retry, time and signature do not.

    Raises InvariantError where the desk made an id that could be read as more than an id, where
    `now` names no zone or is before 1970, and where the key did not give an Ed25519 signature.
    """
    if not is_id(message):
        raise InvariantError("the id of a webhook must be 1 to 128 of A-Z, a-z, 0-9, _ and -")
    if now.tzinfo is None:
        raise InvariantError("the time of a webhook must name its zone")
    timestamp = str(int(now.timestamp()))
    if not is_timestamp(timestamp):
        raise InvariantError(f"the time of a webhook cannot be {now.isoformat()}")
    signature = sign(signed_bytes(message, timestamp, body))
    if len(signature) != 64:
        raise InvariantError(f"an Ed25519 signature has 64 bytes, not {len(signature)}")
    return {
        ID_HEADER: message,
        TIME_HEADER: timestamp,
        SIGNATURE_HEADER: f"{SCHEME},{base64.b64encode(signature).decode('ascii')}",
    }
