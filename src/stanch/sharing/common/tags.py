"""Short texts that stand for an item under a key: what is published and compared.

A tag is the first 16 bytes of SHA-256 over a point under the key, and over the item: the output of
the oblivious PRF (Jarecki and Liu 2009, "2HashDH"). Among 10^5 x 10^6 pairs two of different items
agree with a chance of 2^-91, so a match is exact for every purpose.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.sharing.common.group import SIZE

WIDTH: Final = 16  # bytes of a tag

_TAG: Final = b"stanch-common-tag@1\0"
_HELD: Final = b"stanch-common-held@1\0"
_RING: Final = b"stanch-common-ring@1\0"
_TOLD: Final = b"stanch-common-told@1\0"

Rows = npt.NDArray[np.bytes_]


def tag(point: bytes, item: str) -> bytes:
    """What the holder of the key publishes for an item."""
    return hashlib.sha256(_TAG + point + item.encode()).digest()[:WIDTH]


def tags(points: bytes, items: Sequence[str]) -> bytes:
    """The tags of items whose points under the key are `points`, in the same order."""
    return b"".join(tag(points[at * SIZE : (at + 1) * SIZE], item) for at, item in enumerate(items))


def proof(run: str, point: bytes, item: str) -> bytes:
    """What only somebody can say who asked for the item in this run, or has the key: the tag alone
    does not tell it.
    """
    return hashlib.sha256(_HELD + run.encode() + b"\0" + point + item.encode()).digest()[:WIDTH]


def told(run: str, secret: bytes, item: str) -> bytes:
    """What stands for an item of a run at a desk, which cannot tell what it is. `secret` is known
    to who holds the item alone: of two parties its point under the holder's key, in a ring the
    ring's own.
    """
    said = _TOLD + run.encode() + b"\0" + item.encode()
    return hmac.digest(secret, said, "sha256")[:WIDTH]


def ring_tags(points: bytes) -> bytes:
    """Points under all keys of a ring, shortened."""
    return b"".join(
        hashlib.sha256(_RING + points[at : at + SIZE]).digest()[:WIDTH]
        for at in range(0, len(points), SIZE)
    )


def rows(data: bytes, width: int) -> Rows:
    """Rows of so many bytes, to sort and to search. Raises ValueError for a broken row.

    NumPy leaves zeros at a row's end out of comparisons; among rows of one width that changes
    neither the order nor which are equal.
    """
    if len(data) % width:
        raise ValueError(f"{len(data)} bytes are no rows of {width} bytes")
    return np.frombuffer(data, dtype=f"S{width}")


def rising(data: bytes, width: int) -> Rows:
    """Rows that rise strictly: one order, none twice. Raises ValueError."""
    found = rows(data, width)
    if len(found) > 1 and not bool((found[:-1] < found[1:]).all()):
        raise ValueError("rows are not in rising order, or one is there twice")
    return found


def places(wanted: Rows, among: Rows) -> npt.NDArray[np.intp]:
    """Which of `wanted` are in the rising rows `among`."""
    if not len(among):
        return np.empty(0, dtype=np.intp)
    at = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return np.flatnonzero(among[at] == wanted)


def changed(before: Rows, now: Rows) -> int:
    """How many rows are in one of two rising tables and not in the other."""
    return len(before) + len(now) - 2 * len(places(now, before))
