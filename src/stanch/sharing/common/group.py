"""The group: points of secp256k1 as 33 compressed bytes (SEC 1), multiplied by libsecp256k1.

Nothing of the curve is computed here. The group has prime order and cofactor 1, so every point that
libsecp256k1 reads is one to work with, and the neutral element has no 33 bytes. Scalars are 32
bytes. The library multiplies in variable time: whoever can measure single multiplications on the
machine that does them could learn of the key; parties who exchange files cannot.

To the curve by trying: the first of SHA-256(DST, 0, item), SHA-256(DST, 1, item), ... that is the
x of a point, with its even y. As the hash is a random function, so are these points among those
with an even y, which is what the proofs need (each is known up to its sign). How often it has to
try depends on the item, but only who owns the item could measure it.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from coincurve import PublicKey

SIZE: Final = 33  # bytes of a point
DST: Final = b"stanch-common-point@1\0"
ORDER: Final = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

_CHUNK: Final = 2000  # points that a thread takes at once: a twentieth of a second

Report = Callable[[int], None]


def silent(_done: int) -> None:
    """Report to nobody."""


def new_scalar() -> bytes:
    """A secret scalar, from the machine's randomness; none is favoured."""
    return (secrets.randbelow(ORDER - 1) + 1).to_bytes(32, "big")


def inverse(scalar: bytes) -> bytes:
    """The scalar that undoes a multiplication by `scalar`."""
    return pow(int.from_bytes(scalar, "big"), -1, ORDER).to_bytes(32, "big")


def hashed(item: str) -> bytes:
    """The point of an item: anybody who knows the item knows the point."""
    data = item.encode()
    for attempt in range(256):
        x = hashlib.sha256(DST + bytes([attempt]) + data).digest()
        try:
            return PublicKey(b"\x02" + x).format()
        except ValueError:  # half of all x are of no point
            continue
    raise AssertionError("SHA-256 missed the curve 256 times")


def hashed_all(items: Sequence[str], report: Report = silent) -> bytes:
    """The points of items, one after the other."""

    def work(start: int) -> bytes:
        return b"".join(map(hashed, items[start : start + _CHUNK]))

    return b"".join(_shared(work, len(items), report))


def multiplied(points: bytes, scalar: bytes, report: Report = silent) -> bytes:
    """Each point times the scalar, in the same order.

    Raises ValueError where `points` hold something that is no point.
    """
    count, rest = divmod(len(points), SIZE)
    if rest:
        raise ValueError(f"{len(points)} bytes are no row of points of {SIZE} bytes")

    def work(start: int) -> bytes:
        return b"".join(
            _one(points[at * SIZE : (at + 1) * SIZE], scalar, at)
            for at in range(start, min(start + _CHUNK, count))
        )

    return b"".join(_shared(work, count, report))


def _one(point: bytes, scalar: bytes, at: int) -> bytes:
    if point[0] not in (2, 3):
        raise ValueError(f"point {at + 1} is not in compressed form")
    try:
        return PublicKey(point).multiply(scalar).format()
    except ValueError:
        raise ValueError(f"point {at + 1} is not on the curve") from None


def _shared(work: Callable[[int], bytes], count: int, report: Report) -> Iterator[bytes]:
    """By threads: the library lets go of Python's lock while it multiplies."""
    pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)), "points")
    try:
        waiting = [pool.submit(work, start) for start in range(0, count, _CHUNK)]
        for place, each in enumerate(waiting, 1):
            yield each.result()
            report(min(place * _CHUNK, count))
    finally:
        pool.shutdown(cancel_futures=True)
