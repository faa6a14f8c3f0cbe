"""Addresses of valid EVM form that nobody holds a key to, the same for the same seed."""

import hashlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from stanch.sources.scenario.marks import CHAIN

_PREFIX = f"{CHAIN}:0x"
_WIDTH = len(_PREFIX) + 40


def account(seed: int, role: str, number: int) -> str:
    """CAIP-10 account number `number` in `role`: the first 20 bytes of sha256(`seed/role/number`).

    >>> account(7, "thief", 0)
    'eip155:31337:0x91e73cea67bac2b85bd1ac21a56e51a0d5a8d9f9'
    """
    return _PREFIX + hashlib.sha256(f"{seed}/{role}/{number}".encode()).digest()[:20].hex()


def accounts(seed: int, role: str, count: int) -> pa.StringArray:
    """`account(seed, role, n)` for all n below `count`, as one Arrow column of fixed-width text."""
    stem = hashlib.sha256(f"{seed}/{role}/".encode())

    def digests() -> Iterator[bytes]:
        for number in range(count):
            one = stem.copy()
            one.update(b"%d" % number)
            yield one.digest()[:20]

    text = np.empty((count, _WIDTH), np.uint8)
    text[:, : len(_PREFIX)] = np.frombuffer(_PREFIX.encode(), np.uint8)
    hexadecimal = b"".join(digests()).hex().encode()
    text[:, len(_PREFIX) :] = np.frombuffer(hexadecimal, np.uint8).reshape(count, 40)
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(_WIDTH)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(text))


def bare_address(account: str) -> str:
    """The address alone of a simulated CAIP-10 account, as label lists write it."""
    return account.removeprefix(f"{CHAIN}:")
