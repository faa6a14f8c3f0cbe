"""Signed heads of the desk's log: each later one must contain the one that was seen before.

A desk that cuts its log short, or tells two members two logs, cannot prove that (RFC 9162): with
the head that this client keeps, it is found out.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from stanch.errors import SignatureError
from stanch.formats.signed.head import Head
from stanch.model.desk import merkle


@dataclass(frozen=True, slots=True)
class Told:
    """The head that delivery `n` of a member's feed brought: of the log as it stood when it was
    queued. None where the desk had signed none yet.
    """

    n: int
    head: Head | None


def in_order(one: Told, other: Told) -> None:
    """Raise SignatureError where, of two deliveries, the later one brings a shorter log, or another
    of the same size. They may come in any order; of two in one place `other` is the later.
    """
    first, second = (other, one) if other.n < one.n else (one, other)
    if first.head is None:
        return
    size = 0 if second.head is None else second.head.size
    if second.head is None or size < first.head.size:
        raise SignatureError(
            f"the desk's log was cut short or rolled back: delivery {second.n} tells of {size} "
            f"signed entries, after delivery {first.n} told of {first.head.size}"
        )
    same_log(first.head, second.head)


def later(known: Head | None, now: Head, proof: Sequence[bytes]) -> Head:
    """`now`, once it is proved to contain `known`. Raises SignatureError where the log was cut
    short, rolled back or changed.
    """
    if known is None:
        return now
    if now.size < known.size:
        raise SignatureError(
            f"the desk's log was rolled back: {now.size} entries, after {known.size} were signed"
        )
    if not merkle.consistent((known.size, now.size), (known.root, now.root), proof):
        raise SignatureError(
            f"the desk's log of {now.size} entries does not begin with the {known.size} seen before"
        )
    return now


def same_log(one: Head, other: Head) -> None:
    """Raise SignatureError where two heads of one size differ: the desk tells two logs."""
    if one.size == other.size and not hmac.compare_digest(one.root, other.root):
        raise SignatureError(f"the desk has signed two logs of {one.size} entries")
