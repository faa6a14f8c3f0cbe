"""The Merkle tree of RFC 9162 (section 2.1) over SHA-256: roots, proofs, and their verification.

A tree is known by a function `lookup(level, place)` that gives the hash of a whole subtree: the
one over 2**level entries from entry `place << level` on; level 0 are leaves. Entries count from 0
here. Whole subtrees never change, so what is once computed may be kept for good.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from typing import Final

Lookup = Callable[[int, int], bytes]

EMPTY: Final = hashlib.sha256(b"").digest()  # the root of a tree without entries


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry. Its first byte keeps a leaf from ever passing for a node."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(place: int, leaf: bytes, lookup: Lookup) -> Iterator[tuple[int, int, bytes]]:
    """What the entry at `place` makes whole, its leaf first: level, place and hash of each."""
    level, node = 0, leaf
    yield level, place, node
    while place & 1:
        node = node_hash(lookup(level, place - 1), node)
        level, place = level + 1, place >> 1
        yield level, place, node


def root(start: int, end: int, lookup: Lookup) -> bytes:
    """The root over entries `start` to `end`, the last one left out, as in a tree of its own.

    `start` must be where a split of the RFC can begin: 0, or a multiple of a power of two that is
    not smaller than the range.
    """
    if start == end:
        return EMPTY
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(lookup(level, start >> level))
        start += 1 << level
    node = parts.pop()
    while parts:
        node = node_hash(parts.pop(), node)
    return node


def inclusion_proof(place: int, size: int, lookup: Lookup) -> list[bytes]:
    """The hashes that lead from the leaf at `place` to the root of `size` entries (2.1.3.1)."""
    if not 0 <= place < size:
        raise ValueError(f"no entry {place} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if place < middle:
            path.append(root(middle, end, lookup))
            end = middle
        else:
            path.append(root(start, middle, lookup))
            start = middle
    return path[::-1]


def consistency_proof(first: int, second: int, lookup: Lookup) -> list[bytes]:
    """The hashes that show the tree of `first` entries to begin that of `second` (2.1.4.1).

    Empty where the sizes are the same, or the first is 0: every tree begins with none.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {first} does not begin one of {second}")
    if first == 0:
        return []
    start, end, path = 0, second, []
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(root(middle, end, lookup))
            end = middle
        else:
            path.append(root(start, middle, lookup))
            start = middle
    if start:
        path.append(root(start, end, lookup))
    return path[::-1]


def included(leaf: bytes, place: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the proof leads from the leaf to the root that is expected (2.1.3.2)."""
    if not 0 <= place < size:
        return False
    at, last, node = place, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(beside, node)
            at, last = _up_to_a_right_turn(at, last)
        else:
            node = node_hash(node, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and hmac.compare_digest(node, expected)


def consistent(sizes: tuple[int, int], roots: tuple[bytes, bytes], proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the first tree to be the beginning of the second (2.1.4.2)."""
    (first, second), (first_root, second_root) = sizes, roots
    if not 0 <= first <= second:
        return False
    if first == 0:
        return not proof and hmac.compare_digest(first_root, EMPTY)
    if first == second:
        return not proof and hmac.compare_digest(first_root, second_root)
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            at, last = _up_to_a_right_turn(at, last)
        else:
            new = node_hash(new, beside)
        at, last = at >> 1, last >> 1
    same_old = hmac.compare_digest(old, first_root)
    return last == 0 and same_old and hmac.compare_digest(new, second_root)


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _up_to_a_right_turn(at: int, last: int) -> tuple[int, int]:
    """Skip the levels at which the last node stands alone, and so is its own parent."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last
