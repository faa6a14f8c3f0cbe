"""k of n: which of its indicators at least k members hold, told to each holder alone.

Each member i has a key for this ring. Its set goes to every other member in turn, and each raises
the points to its own key; powers commute, so in the end all sets are under the product of all keys
and equal items are equal points (Diffie-Hellman among many: Agrawal, Evfimievski and Srikant 2003;
Kissner and Song 2005 for what over-threshold tells). One file carries all sets around. In the
first lap each member adds its own, in the second it raises those that were not there yet. Whoever
adds the last key to a set encrypts it for the teller (HPKE, RFC 9180), so that no member ever sees
two sets under the same keys. The teller counts and gives each member one bit for each of its
points. Order is kept, so a member knows which item a bit is about, and nobody else does; only the
teller's own set is shuffled by who encrypts it, who also puts the bits back in order.

Members are numbered from 0 in the order of the plan, steps from 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stanch.sharing.common import group
from stanch.sharing.common.group import SIZE, Report, silent
from stanch.sharing.common.tags import WIDTH, ring_tags, rows


class Stage(Enum):
    """Where a set stands."""

    ABSENT = 0  # not yet in the file
    OPEN = 1  # points under some of the keys
    SEALED = 2  # tags under all of them, encrypted for the teller


@dataclass(frozen=True, slots=True)
class Turn:
    """What one step does: who acts, which sets it raises, whether it adds its own, which it seals
    afterwards (-1: none).
    """

    actor: int
    raises: tuple[int, ...]
    adds: bool
    seals: int


def steps(members: int) -> int:
    """How many steps a ring has: two laps, the second without the last member."""
    return 2 * members - 1


def turn(members: int, step: int) -> Turn:
    """What is done in a step, from 1 on."""
    if step <= members:
        actor = step - 1
        return Turn(actor, tuple(range(actor)), True, 0 if step == members else -1)
    actor = step - members - 1
    return Turn(actor, tuple(range(actor + 1, members)), False, actor + 1)


def stages(members: int, step: int) -> tuple[Stage, ...]:
    """Where each set stands once `step` is done."""
    if step < members:
        return (Stage.OPEN,) * step + (Stage.ABSENT,) * (members - step)
    sealed = step - members + 1
    return (Stage.SEALED,) * sealed + (Stage.OPEN,) * (members - sealed)


def sealer(members: int, of: int) -> int:
    """Who adds the last key to the set of a member."""
    return (of - 1) % members


def begun(base: bytes, key: bytes, report: Report = silent) -> tuple[bytes, npt.NDArray[np.intp]]:
    """A member's points under its key in the order of their bytes, and the place of each item."""
    points = rows(group.multiplied(base, key, report), SIZE)
    order = np.argsort(points)
    return points[order].tobytes(), order


def raised(points: bytes, key: bytes, report: Report = silent) -> bytes:
    """Another member's points under one more key, in their order.

    Raises ValueError where something is no point, or one is there twice.
    """
    distinct(points, SIZE)
    return group.multiplied(points, key, report)


def distinct(data: bytes, width: int) -> None:
    """Raise ValueError where a row is there twice: an item would be counted more than once."""
    found = np.sort(rows(data, width))
    if len(found) > 1 and bool((found[:-1] == found[1:]).any()):
        raise ValueError("a row is there twice")


def sealed(points: bytes, to: bytes, about: str) -> bytes:
    """Points under all keys as tags for the teller alone; `about` binds them to their place."""
    return _suite().encrypt(
        ring_tags(points), X25519PublicKey.from_public_bytes(to), about.encode()
    )


def opened(data: bytes, key: bytes, about: str) -> bytes:
    """The tags in what `sealed` made. Raises ValueError where key or place is another."""
    try:
        found = _suite().decrypt(data, X25519PrivateKey.from_private_bytes(key), about.encode())
    except (InvalidTag, ValueError):
        raise ValueError("a set is not encrypted for this teller and place") from None
    distinct(found, WIDTH)
    return found


def sealed_size(items: int) -> int:
    """How many bytes `sealed` makes of so many items: a key, the tags, and an authenticator."""
    return 32 + items * WIDTH + 16


SECRET = 32  # bytes of what all members of a ring are told beside their bits
LETTER = 32 + SECRET + 16  # and of it once it is encrypted for one of them


def letter_key(key: bytes) -> X25519PrivateKey:
    """The key by which a member reads what is for it alone in a ring, from its key for this ring:
    both last as long as the ring, and neither tells the other.
    """
    made = HKDF(SHA256(), 32, None, b"stanch-common-letter@1").derive(key)
    return X25519PrivateKey.from_private_bytes(made)


def letter(secret: bytes, to: bytes, about: str) -> bytes:
    """The ring's secret for one member; `to` is its public key."""
    key = X25519PublicKey.from_public_bytes(to)
    return _suite().encrypt(secret, key, about.encode())


def letter_opened(data: bytes, key: bytes, about: str) -> bytes:
    """The secret, by the member's key for this ring. Raises ValueError where it is another's."""
    try:
        return _suite().decrypt(data, letter_key(key), about.encode())
    except (InvalidTag, ValueError):
        raise ValueError("what is encrypted beside the bits is not for this member") from None


def counted(sets: Sequence[bytes], k: int) -> list[bytes]:
    """For each set one byte an item: 1 where at least k sets have it, else 0."""
    tables = [rows(each, WIDTH) for each in sets]
    every, times = np.unique(np.concatenate(tables), return_counts=True)
    often = every[times >= k]
    return [np.isin(each, often).astype(np.uint8).tobytes() for each in tables]


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
