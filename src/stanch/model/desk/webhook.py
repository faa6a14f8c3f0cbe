"""The signed part of a webhook, as sender and receiver must both read it.

Standard Webhooks 1.0.0, https://github.com/standard-webhooks/standard-webhooks: three headers, and
a signature over `id.timestamp.body`. Of its two schemes the desk speaks the asymmetric one, `v1a`:
whoever can verify cannot sign.
"""

import re
from typing import Final

ID_HEADER: Final = "webhook-id"
TIME_HEADER: Final = "webhook-timestamp"
SIGNATURE_HEADER: Final = "webhook-signature"
SCHEME: Final = "v1a"
PUBLIC_PREFIX: Final = "whpk_"  # how the standard writes a public key, before its base64

# No full stop, as the standard asks, or one signature would fit two messages; and no blank, line
# end or colon, so that an id is never more than the value of one header.
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)
_SECONDS: Final = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)


def is_id(text: str) -> bool:
    """Whether `text` may be the id of a message, which is its idempotency key."""
    return _ID.fullmatch(text) is not None


def is_timestamp(text: str) -> bool:
    """Whether `text` is a count of Unix seconds in its one spelling."""
    return _SECONDS.fullmatch(text) is not None


def signed_bytes(message: str, timestamp: str, body: bytes) -> bytes:
    """What the signature is over. The caller has checked both texts."""
    return f"{message}.{timestamp}.".encode("ascii") + body
