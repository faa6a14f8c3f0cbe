"""A signed head of the desk's log, `stanch-head@1`: how many entries, and the root over them."""

import re
from dataclasses import dataclass
from typing import Any, Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.keys import PublicKey

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


def hashes(value: Any) -> list[bytes]:
    """A proof as JSON has it: hex, with or without `sha256:`. Raises SignatureError."""
    if not isinstance(value, list) or len(value) > MOST_HASHES:
        raise SignatureError("a proof is a list of hashes")
    found = [_HASH.fullmatch(each) if isinstance(each, str) else None for each in value]
    if not all(found):
        raise SignatureError("a proof holds what is no hash")
    return [bytes.fromhex(each[1]) for each in found if each]
