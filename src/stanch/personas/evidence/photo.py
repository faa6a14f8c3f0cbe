"""The same picture, cropped, mirrored, turned or compressed anew (indicator 7).

Reads PDQ hashes of 256 bits (Facebook 2019: a DCT of the picture, each bit whether a frequency is
above the median). A mirrored or turned picture has the same frequencies with signs changed and axes
exchanged, so its hash is told from the hash alone; all eight ways are compared. Near hashes are
found in tables keyed by bits drawn at random from the hash (Indyk and Motwani 1998), never by
comparing all pairs.

Weight: minus log2 of how seldom the pictures of two strangers are so near. Mean and spread of the
distance are measured on pairs of this intake, so pictures of one style are worth less than noise;
the tail is a normal one, times eight ways, less `NEAR` bits: of the pictures that one operator uses
twice, no more than so many are at any one distance. And no more than how often pairs that nothing
else ties have near pictures, by tiers of holders, as for `device`: stock pictures have many.

False positives: stock pictures and avatars of a service, the emblem behind a studio's customers,
blank or dark pictures. What a picture shows of a person is never read.
"""

import math
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import IDENTITY, OPERATOR, Counts, Found, Indicator
from stanch.personas.evidence.shared import distinct, tier_of
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("photo@1", IDENTITY, OPERATOR, stated=30, unique=4)
NEAR: Final = 4  # bits
WAYS: Final = 8
FURTHEST: Final = 5.0  # standard deviations below the mean; what is nearer is looked at
TABLES: Final = 160
TABLES_TURNED: Final = 40  # a turned copy is seldom cropped as well, so it is nearer
CROWD: Final = 64  # pictures in one bucket; more are of one style
SAMPLE: Final = 200_000  # pairs on which distances are measured

Words = npt.NDArray[np.uint64]
Bits = npt.NDArray[np.uint8]


def find(sight: Sight) -> Found:
    """Pairs of near pictures; `more` has their distance, and mean and spread of strangers'."""
    near = sight.near(kinds.PHOTO)
    words = _words(near.value)
    mean, spread = strangers(words)
    furthest = max(int(mean - FURTHEST * spread), 0)
    left, right, far, way = _near(words, furthest) if len(words) > 1 else _nothing()
    a, b = near.record[left], near.record[right]
    kept = a != b
    pair, first, _ = distinct(a[kept], b[kept], far[kept] * WAYS + way[kept])
    far, way = far[kept][first], way[kept][first]
    holders = _holders(pair, sight.people)
    tier = tier_of(holders)
    more = {
        "distance": far, "way": way,
        "mean_milli": np.full(len(far), round(mean * 1000)),
        "spread_milli": np.full(len(far), round(spread * 1000)),
    }  # fmt: skip
    return Found(INDICATOR, *pair, np.ones(len(far), dtype=np.int64), holders, tier, more)


def strangers(words: Words) -> tuple[float, float]:
    """Mean and spread of the distance between pictures of this intake, least 4 bits of spread."""
    count = len(words)
    if count < 100:
        return 128.0, 8.0  # what independent bits have
    strides = [1 + (each * count) // 97 for each in range(1, max(2, min(SAMPLE // count, 40)))]
    far = np.concatenate([_distance(words, np.roll(words, each, axis=0)) for each in strides])
    middle = float(np.median(far))
    low = float(np.quantile(far, 0.16))
    return middle, max(middle - low, 4.0)


def _words(hashes: Sequence[str]) -> Words:
    joined = "".join(hashes)
    return np.frombuffer(bytes.fromhex(joined), dtype=">u8").astype(np.uint64).reshape(-1, 4)


def _distance(one: Words, other: Words) -> Counts:
    far: Counts = np.bitwise_count(one ^ other).sum(axis=1).astype(np.int64)
    return far


def _nothing() -> tuple[Counts, Counts, Counts, Counts]:
    none = np.zeros(0, dtype=np.int64)
    return none, none, none, none


def _near(words: Words, furthest: int) -> tuple[Counts, Counts, Counts, Counts]:
    """Two places, the distance, and which of the eight ways."""
    plain = np.unpackbits(words.astype(">u8").view(np.uint8).reshape(len(words), 32), axis=1)
    width = max(8, math.ceil(math.log2(len(words))) - 1)
    rows = np.ascontiguousarray(plain.T)
    found = []
    for way in range(WAYS):
        turned = rows if way == 0 else turn(rows, way)
        packed = words if way == 0 else _packed(turned)
        for table in range(TABLES if way == 0 else TABLES_TURNED):
            bits = _drawn(table, width)
            left, right = _buckets(_key(rows, bits), _key(turned, bits), same=way == 0)
            far = _distance(words[left], packed[right])
            kept = far <= furthest
            found.append((left[kept], right[kept], far[kept], np.full(int(kept.sum()), way)))
    left, right, far, ways = (np.concatenate(each) for each in zip(*found, strict=True))
    return left, right, far, ways


def turn(bits: Bits, way: int) -> Bits:
    """Hashes of the same pictures turned or mirrored; a row for each bit, the highest frequencies
    first, and a column for each picture.

    Mirroring changes the sign of every odd frequency, and so the bit; a diagonal exchanges axes.
    The 16 frequencies of each axis begin at 1 (PDQ leaves out the mean).
    """
    place = np.arange(256).reshape(16, 16)
    changed = np.zeros((16, 16), dtype=np.uint8)
    if way & 4:
        place = place.T
    if way & 1:
        changed[1::2, :] ^= 1
    if way & 2:
        changed[:, 1::2] ^= 1
    turned: Bits = bits[place.ravel()] ^ changed.reshape(256, 1)
    return turned


def _packed(bits: Bits) -> Words:
    packed = np.ascontiguousarray(np.packbits(bits, axis=0).T)
    return packed.view(">u8").astype(np.uint64).reshape(-1, 4)


def _drawn(table: int, width: int) -> list[int]:
    """Which bits key a table: drawn once and for all, the same on every machine."""
    chosen: list[int] = []
    draw = 0
    while len(chosen) < width:
        for bit in blake2b(f"photo@1 {table} {draw}".encode(), digest_size=32).digest():
            if bit not in chosen and len(chosen) < width:
                chosen.append(bit)
        draw += 1
    return chosen


def _key(bits: Bits, chosen: list[int]) -> Counts:
    """Of each picture the chosen bits as a number; `bits` has a row for each bit."""
    key = np.zeros(bits.shape[1], dtype=np.int64)
    for bit in chosen:
        key <<= 1
        key |= bits[bit]
    return key


def _buckets(one: Counts, other: Counts, *, same: bool) -> tuple[Counts, Counts]:
    """Pairs of places with one key, out of buckets that are no crowd."""
    order = np.argsort(other, kind="stable")
    top = int(max(one.max(), other.max())) + 1
    length = np.bincount(other, minlength=top)
    start = np.cumsum(length) - length
    count = np.where(length <= CROWD, length, 0)[one]
    owner = np.repeat(np.arange(len(one)), count)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    right = order[start[one[owner]] + offset]
    kept = owner < right if same else owner != right
    return owner[kept], right[kept]


def _holders(pair: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]], people: int) -> Counts:
    """How many records have the picture: the one of the two with more near ones, and those."""
    count = np.bincount(np.concatenate(pair), minlength=people)
    holders: Counts = 1 + np.maximum(count[pair[0]], count[pair[1]])
    return holders
