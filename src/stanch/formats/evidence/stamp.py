"""What a desk's log proves of a signed text: that it was there by a time.

A stamp is the entry of the log about the text's hash, the path from it to the root of a signed head
(RFC 9162), and that head.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.head import MOST_ENTRIES, hashes, head_of
from stanch.formats.signed.keys import PublicKey
from stanch.model.desk import merkle

VERBS: Final = ("evidence.signed", "evidence.handed", "evidence.received")

_ROW: Final = ("at", "member", "n", "person", "said", "subject", "verb")


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry that is proved to be in a desk's log."""

    desk: str
    n: int
    at: str
    verb: str
    subject: str
    said: object


def stamp_document(
    head: str, row: Mapping[str, object], path: Sequence[bytes]
) -> dict[str, object]:
    """A stamp as JSON."""
    return {"head": head, "row": dict(row), "path": [f"sha256:{each.hex()}" for each in path]}


def stamped(value: object, keys: Mapping[str, PublicKey]) -> Logged | None:
    """The entry in a stamp, by the desks' public keys under their kids; None where the head is
    signed with none of them, so that nothing is known. Raises SignatureError for a false one.
    """
    fields = Fields(value, "stamp", "head", "row", "path")
    head = fields.raw("head")
    if not isinstance(head, str):
        raise fields.fail("head", "is no text")
    return entry(head, fields.raw("row"), fields.raw("path"), keys)


def entry(head: str, row: object, path: object, keys: Mapping[str, PublicKey]) -> Logged | None:
    """An entry of the log under a signed head. As `stamped`."""
    claimed = jws.read(head)
    said = Fields(row, "entry of the log", *_ROW)
    place = said.number("n", 1, MOST_ENTRIES)
    if claimed.kid not in keys:
        return None
    if not isinstance(claimed.payload, dict):
        raise SignatureError("a head says nothing")
    desk = str(claimed.payload.get("desk"))
    known = head_of(head, keys[claimed.kid], desk)
    leaf = merkle.leaf_hash(canonical(row))
    if not merkle.included(leaf, place - 1, known.size, hashes(path), known.root):
        raise SignatureError(f"entry {place} is not in the log that the desk signed")
    verb, subject = str(said.raw("verb")), str(said.raw("subject"))
    return Logged(desk, place, said.time("at"), verb, subject, said.raw("said"))
