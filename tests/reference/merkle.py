"""Slow, plain twin of the Merkle tree: the recursive definitions of RFC 9162, word by word.

A tree is the list of its entries. Nothing is kept, all is hashed anew.
"""

import hashlib


def sha256(data):
    return hashlib.sha256(data).digest()


def split(n):
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(d):
    """Section 2.1.1."""
    if not d:
        return sha256(b"")
    if len(d) == 1:
        return sha256(b"\x00" + d[0])
    k = split(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m, d):
    """Section 2.1.3.1."""
    if len(d) == 1:
        return []
    k = split(len(d))
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def proof(m, d):
    """Section 2.1.4.1."""
    return subproof(m, d, True)


def subproof(m, d, b):
    if m == len(d):
        return [] if b else [mth(d)]
    k = split(len(d))
    if m <= k:
        return [*subproof(m, d[:k], b), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def root_by_path(m, n, leaf, proof):
    """The root that a path leads to, by the recursion that made it; None where it does not fit."""
    if n == 1:
        return None if proof else leaf
    if not proof:
        return None
    k = split(n)
    if m < k:
        left = root_by_path(m, k, leaf, proof[:-1])
        return left and sha256(b"\x01" + left + proof[-1])
    right = root_by_path(m - k, n - k, leaf, proof[:-1])
    return right and sha256(b"\x01" + proof[-1] + right)
