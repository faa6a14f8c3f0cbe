"""Bech32 and Bech32m, the text form of segregated-witness addresses (BIP 173, BIP 350).

A human-readable part, `1`, then 5-bit symbols of which the last six are a BCH code over all.
Version 0 programs are sealed with constant 1 (Bech32), later versions with 0x2bc830a3
(Bech32m), because Bech32 lets `q` before a final `p` slip through.
"""

from typing import Final

CHARSET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
SEAL: Final = 1
SEAL_M: Final = 0x2BC830A3

_VALUES = {char: value for value, char in enumerate(CHARSET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _feedback() -> tuple[int, ...]:
    """What the five bits that leave the register feed back, for each of their 32 values."""
    table = []
    for top in range(32):
        value = 0
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                value ^= generator
        table.append(value)
    return tuple(table)


_FEEDBACK = _feedback()


def polymod(register: int, symbols: list[int]) -> int:
    """The register of the BCH code after `symbols`; it starts at 1."""
    for symbol in symbols:
        register = (register & 0x1FFFFFF) << 5 ^ symbol ^ _FEEDBACK[register >> 25]
    return register


def expand(prefix: str) -> list[int]:
    """The human-readable part as symbols: high bits, a zero, low bits."""
    return [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]


def decode(text: str) -> tuple[str, int, bytes]:
    """Prefix, witness version and program of an address.

    Raises ValueError with a short reason.
    """
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixes upper and lower case")
    prefix, one, data = text.lower().rpartition("1")
    if not (one and prefix and len(data) >= 7 and len(text) <= 90):
        raise ValueError("is not Bech32")
    symbols = [_VALUES.get(char, -1) for char in data]
    if -1 in symbols:
        raise ValueError("has a character that Bech32 does not use")
    version = symbols[0]
    if polymod(1, expand(prefix) + symbols) != (SEAL if version == 0 else SEAL_M):
        raise ValueError("has a bad checksum")
    return prefix, version, _program(version, symbols[1:-6])


def encode(prefix: str, version: int, program: bytes) -> str:
    """The address of a witness program."""
    symbols = [version, *regroup(program)]
    seal = SEAL if version == 0 else SEAL_M
    check = polymod(1, expand(prefix) + symbols + [0] * 6) ^ seal
    symbols += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(CHARSET[symbol] for symbol in symbols)}"


def regroup(data: bytes) -> list[int]:
    """Bytes as 5-bit symbols, the last one filled up with zero bits."""
    count = -(-len(data) * 8 // 5)
    bits = int.from_bytes(data, "big") << count * 5 - len(data) * 8
    return [bits >> 5 * (count - 1 - place) & 31 for place in range(count)]


def ungroup(symbols: list[int]) -> bytes:
    """The bytes in 5-bit symbols. Raises ValueError where what fills them up is not zero."""
    bits = 0
    for symbol in symbols:
        bits = bits << 5 | symbol
    size, spare = divmod(len(symbols) * 5, 8)
    if spare > 4 or bits & ((1 << spare) - 1):
        raise ValueError("is padded wrongly")
    return (bits >> spare).to_bytes(size, "big")


def _program(version: int, symbols: list[int]) -> bytes:
    """The witness program, of a length that its version allows."""
    program = ungroup(symbols)
    fits = len(program) in (20, 32) if version == 0 else 2 <= len(program) <= 40
    if version > 16 or not fits:
        raise ValueError("has no witness program of a known form")
    return program
