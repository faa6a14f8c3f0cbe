"""Base58Check, the text form of Bitcoin's first addresses and of Tron's.

A payload and the first four bytes of its double SHA-256 are written as one number in base 58;
each leading zero byte is a leading `1`. The alphabet leaves out 0, O, I and l.
"""

from base58 import b58decode_check, b58encode_check


def decode(text: str) -> bytes:
    """The payload, checked. Raises ValueError with a short reason."""
    if not text.isascii() or len(text) > 64:
        raise ValueError("is not Base58")
    try:
        return bytes(b58decode_check(text))
    except ValueError as error:
        broken = "checksum" in str(error)
        raise ValueError("has a bad checksum" if broken else "is not Base58") from None


def encode(payload: bytes) -> str:
    """Text of a payload, checksum added."""
    return bytes(b58encode_check(payload)).decode("ascii")
