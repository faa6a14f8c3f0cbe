"""Addresses of EVM chains: 20 bytes as hex after 0x, the checksum in the case of the letters.

The checksum is EIP-55: a letter is upper case where the same place of the Keccak-256 of the
lower-case hex is 8 or more. Text in one case carries none. Canonical is lower case.
"""

import re
from typing import Final

from eth_hash.auto import keccak

NULL: Final = "0x" + "0" * 40  # where tokens come from when minted and go to when burned

_HEX = re.compile(r"0x[0-9a-fA-F]{40}")


def normalise(text: str) -> str:
    """Lower-case address. Raises ValueError with a short reason, also for a bad checksum."""
    if not _HEX.fullmatch(text):
        raise ValueError(f"{_shown(text)} is not an EVM address (0x and 40 hex digits)")
    lower = text.lower()
    if text[2:] not in (lower[2:], lower[2:].upper()) and text != checksummed(lower):
        raise ValueError(f"{text} has a bad checksum (EIP-55)")
    return lower


def checksummed(lower: str) -> str:
    """The EIP-55 form of a lower-case address, as wallets show it."""
    digest = keccak(lower[2:].encode()).hex()
    letters = (
        char.upper() if nibble >= "8" else char
        for char, nibble in zip(lower[2:], digest, strict=False)
    )
    return "0x" + "".join(letters)


def _shown(text: str) -> str:
    return repr(text) if len(text) <= 64 else repr(text[:61] + "...")
