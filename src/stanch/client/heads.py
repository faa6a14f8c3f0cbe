"""Signed heads of the desk's log: each later one must contain the one that was seen before.

A desk that cuts its log short, or tells two members two logs, cannot prove that (RFC 9162): with
the head that this client keeps, it is found out.
"""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.keys import PublicKey
from stanch.model.desk import merkle

MOST_ENTRIES: Final = 2**53 - 1
MOST_HASHES: Final = 128  # a proof over 2**64 entries is shorter

_HASH: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Head:
    """A head that the desk signed: how many entries its log has, and the root over them."""

    desk: str
    size: int
    root: bytes
    at: str
    text: str


def head_of(text: str, key: PublicKey, desk: str) -> Head:
    """The head in a JWS of the desk's key. Raises SignatureError."""
    said = Fields(jws.verify(text, jws.HEAD, key), "a head", "desk", "size", "root", "at")
    if said.id("desk") != desk:
        raise SignatureError(f"the head is of desk {said.id('desk')}, not of {desk}")
    size, root = said.number("size", 0, MOST_ENTRIES), said.digest("root")
    return Head(desk, size, bytes.fromhex(root.removeprefix("sha256:")), said.time("at"), text)


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


def hashes(value: Any) -> list[bytes]:
    """A proof as JSON has it: hex, with or without `sha256:`. Raises SignatureError."""
    if not isinstance(value, list) or len(value) > MOST_HASHES:
        raise SignatureError("a proof is a list of hashes")
    found = [_HASH.fullmatch(each) if isinstance(each, str) else None for each in value]
    if not all(found):
        raise SignatureError("a proof holds what is no hash")
    return [bytes.fromhex(each[1]) for each in found if each]
