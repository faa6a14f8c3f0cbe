"""CashAddr, the text form of Bitcoin Cash addresses.

A prefix that is usually left out, `:`, then 5-bit symbols of which the last eight are a BCH
code over all: a version byte (type, and size of the hash) and the hash. Source: the Bitcoin
Cash specification of CashAddr. Canonical is lower case without the prefix, also for addresses
given in the older Base58 form, which would otherwise be a second name of the same account.
"""

from typing import Final

from stanch.formats.addresses import bech32

PREFIX: Final = "bitcoincash"
KEY: Final = 0  # type of a public-key hash
SCRIPT: Final = 1  # type of a script hash

_GENERATOR = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
_HASH_SIZES = (20, 24, 28, 32, 40, 48, 56, 64)
_KINDS = 4  # key, script, and both again for hashes that may carry tokens


def normalise(text: str) -> str:
    """Lower case, without the prefix. Raises ValueError with a short reason."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixes upper and lower case")
    prefix, _, data = text.lower().rpartition(":")
    if prefix not in ("", PREFIX):
        raise ValueError(f"has the prefix {prefix}, not {PREFIX}")
    symbols = [bech32.CHARSET.find(char) for char in data]
    if -1 in symbols or len(symbols) < 9:
        raise ValueError("is not CashAddr")
    if _polymod(_expanded() + symbols) != 0:
        raise ValueError("has a bad checksum")
    payload = bech32.ungroup(symbols[:-8])
    version = payload[0]
    if version >> 3 >= _KINDS or len(payload) - 1 != _HASH_SIZES[version & 7]:
        raise ValueError("is of no known type")
    return data


def encode(kind: int, digest: bytes) -> str:
    """Canonical address of a 20-byte key or script hash."""
    symbols = bech32.regroup(bytes([kind << 3]) + digest)
    check = _polymod(_expanded() + symbols + [0] * 8)
    symbols += [check >> 5 * (7 - place) & 31 for place in range(8)]
    return "".join(bech32.CHARSET[symbol] for symbol in symbols)


def decode(data: str) -> tuple[int, bytes]:
    """Type and hash of a canonical address, as `normalise` gives it."""
    payload = bech32.ungroup([bech32.CHARSET.index(char) for char in data[:-8]])
    return payload[0] >> 3, payload[1:]


def _expanded() -> list[int]:
    return [ord(char) & 31 for char in PREFIX] + [0]


def _polymod(symbols: list[int]) -> int:
    register = 1
    for symbol in symbols:
        top = register >> 35
        register = (register & 0x07FFFFFFFF) << 5 ^ symbol
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                register ^= generator
    return register ^ 1
