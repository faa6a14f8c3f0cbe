"""The desk's public key as people hand it on: base64url of 32 bytes."""

from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.keys import PublicKey


def desk_key(text: str) -> PublicKey:
    """The key. Raises UsageError where the text is none."""
    try:
        return PublicKey.from_text(text)
    except SignatureError:
        raise UsageError("--desk-key: base64url of 32 bytes, as `stanch init` shows it") from None
