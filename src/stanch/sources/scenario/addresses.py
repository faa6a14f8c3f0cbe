"""Addresses of valid EVM form that nobody holds a key to, the same for the same seed."""

import hashlib

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stanch.sources.scenario.marks import CHAIN

_PREFIX = f"{CHAIN}:0x"
_WIDTH = len(_PREFIX) + 40
_BLOCK = 65_536  # accounts made at once


def account(seed: int, role: str, number: int) -> str:
    """CAIP-10 account number `number` in `role`: the first 20 bytes of sha256(`seed/role/number`).

    >>> account(7, "thief", 0)
    'eip155:31337:0xe20d1b201aa241cd9fae2b0d512be28973d96439'
    """
    return _PREFIX + hashlib.sha256(f"{seed}/{role}/{number}".encode()).digest()[:20].hex()


def accounts(seed: int, role: str, count: int, *more: str) -> pa.StringArray:
    """`account(seed, role, n)` for all n below `count`, then `more` accounts, as one column."""
    text = np.empty((count + len(more), _WIDTH), np.uint8)
    text[:, : len(_PREFIX)] = np.frombuffer(_PREFIX.encode(), np.uint8)
    stem = hashlib.sha256(f"{seed}/{role}/".encode())
    for first in range(0, count, _BLOCK):
        last = min(first + _BLOCK, count)
        digests = b"".join(_digest(stem.copy(), number) for number in range(first, last))
        hexadecimal = np.frombuffer(digests.hex().encode(), np.uint8)
        text[first:last, len(_PREFIX) :] = hexadecimal.reshape(last - first, 40)
    for place, one in enumerate(more, count):
        text[place] = np.frombuffer(one.encode(), np.uint8)
    return fixed_width(text)


def fixed_width(text: npt.NDArray[np.uint8]) -> pa.StringArray:
    """Rows of ASCII characters as an Arrow column, without a copy."""
    count, width = text.shape
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(width)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(text))


def bare_address(account: str) -> str:
    """The address alone of a simulated CAIP-10 account, as label lists write it."""
    return account.removeprefix(f"{CHAIN}:")


def _digest(stem: "hashlib._Hash", number: int) -> bytes:
    stem.update(b"%d" % number)
    return stem.digest()[:20]
