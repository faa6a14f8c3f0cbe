"""Addresses of Tron: byte 0x41 and the 20 bytes an EVM would use, in Base58Check (`T…`).

Nodes also write them as hex with the 41 in front, and their Ethereum-like interface writes the
20 bytes after 0x. All three name the same account; canonical is Base58Check.
"""

import re

from stanch.formats.addresses import base58, evm

_HEX = re.compile(r"(?:0x)?41([0-9a-fA-F]{40})")


def normalise(text: str) -> str:
    """Base58Check form. Raises ValueError with a short reason."""
    if match := _HEX.fullmatch(text):
        return base58.encode(bytes.fromhex("41" + match[1]))
    if text.startswith("0x"):
        return base58.encode(bytes.fromhex("41" + evm.normalise(text)[2:]))
    try:
        payload = base58.decode(text)
    except ValueError as error:
        raise ValueError(f"{text[:100]} {error}") from None
    if len(payload) != 21 or payload[0] != 0x41:
        raise ValueError(f"{text[:100]} is not a Tron address")
    return text
