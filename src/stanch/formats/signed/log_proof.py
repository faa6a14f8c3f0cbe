"""What the log proves of an order's statements: that each stood in it, where, and since when.

The `proof` of a bundle is a list, one part for each statement and for each directory that came
after the order's: the entry of the log as it is hashed (`row`), and the hashes that lead from it to
the root of the bundle's signed head (`path`, RFC 9162, 2.1.3). The subject of such an entry is the
statement's digest, or the directory's hash.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed.bundle import MAX_STATEMENTS, MAX_VERSIONS, Bundle, Logged
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.head import MOST_ENTRIES, Head, hashes, head_of
from stanch.formats.signed.keys import PublicKey
from stanch.model.desk import merkle

TAKEN: Final = "statement.taken"  # the verb of the entry that a statement makes
ACCEPTED: Final = "directory.accepted"  # and that a directory makes
MOST_PARTS: Final = MAX_STATEMENTS + MAX_VERSIONS

_ROW: Final = ("at", "member", "n", "person", "said", "subject", "verb")

Proof = list[dict[str, object]]


def proof_document(entries: Iterable[tuple[dict[str, object], Sequence[bytes]]]) -> Proof:
    """The proof of some entries, each a row of the log with its path."""
    return [
        {"row": row, "path": [f"sha256:{each.hex()}" for each in path]} for row, path in entries
    ]


def logged(bundle: Bundle, key: PublicKey) -> tuple[Head | None, dict[str, Logged]]:
    """The head that a bundle carries, and the entry of each statement and directory, by its hash.

    None and nothing where it carries no head. Raises SignatureError where the head is not signed
    by the desk's key, or an entry is not under it: a false proof is worse than none.
    """
    if bundle.head is None:
        if bundle.proof is not None:
            raise SignatureError("the bundle has a proof, and no head that it would lead to")
        return None, {}
    head = head_of(bundle.head, key, bundle.order.desk)
    if bundle.proof is None:
        return head, {}
    if not isinstance(bundle.proof, list) or len(bundle.proof) > MOST_PARTS:
        raise SignatureError(f"a proof is a list of up to {MOST_PARTS:,} entries")
    entries = [_entry(each, head) for each in bundle.proof]
    return head, dict(sorted(entries, key=lambda entry: entry[1].place))  # of two, the later


def _entry(part: object, head: Head) -> tuple[str, Logged]:
    """Subject of one entry, and where it is, once it is proved to be in the log."""
    fields = Fields(part, "part of the proof", "row", "path")
    row = Fields(fields.raw("row"), "entry", *_ROW)
    if row.raw("verb") not in (TAKEN, ACCEPTED):
        raise SignatureError("the proof is of an entry that took no statement and no directory")
    place = row.number("n", 1, MOST_ENTRIES) - 1
    leaf = merkle.leaf_hash(canonical(fields.raw("row")))
    if not merkle.included(leaf, place, head.size, hashes(fields.raw("path")), head.root):
        raise SignatureError(f"entry {place + 1} is not in the log that the desk signed")
    return row.digest("subject"), Logged(place + 1, row.time("at"))
