"""Make a snapshot for one recipient. It may hold what they may hold, and never who is tainted."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from stanch.errors import InvariantError, SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.snapshot.body import LINE, packed
from stanch.formats.snapshot.header import TYP, VALID, Header
from stanch.formats.snapshot.veil import SALT_BYTES, Veil
from stanch.model.watched import Finding, Kind


@dataclass(frozen=True, slots=True)
class Issue:
    """What the desk says with a snapshot. `salt` is 32 new random bytes, `secret` is shared.

    `number` is one that this recipient has not had, above `previous`; `directory` is a hash;
    `place` is that of the log as of which the rows are.
    """

    desk: str
    recipient: str
    number: int
    previous: int
    at: datetime
    directory: str
    salt: bytes = field(repr=False)
    secret: bytes = field(default=b"", repr=False)
    place: int = 0


def write(rows: Iterable[tuple[str, Finding]], issue: Issue, key: PrivateKey) -> bytes:
    """The file: normal forms and what is found of them, signed by the desk, good for 24 hours.

    The same rows, in any order, and the same issue give the same bytes. Raises SignatureError for
    an issue that no reader would take, InvariantError for a row that is an exposure.
    """
    if len(issue.salt) != SALT_BYTES:
        raise SignatureError(f"a snapshot's salt has {SALT_BYTES} bytes")
    veil = Veil.of(issue.secret, issue.salt)
    body, count, details = packed(_releasable(rows), veil)
    header = Header(
        issue.desk,
        issue.recipient,
        issue.number,
        issue.previous,
        issue.place,
        stamp(issue.at),
        stamp(issue.at + VALID),
        issue.directory,
        f"sha256:{hashlib.sha256(body).hexdigest()}",
        count,
        details,
        issue.salt.hex(),
        veil.check,
    )
    payload = header.payload()
    Header.of(payload)  # what could not be read is not signed
    return padded(jws.sign(key, TYP, payload)) + body


def padded(token: str) -> bytes:
    """The first line: blanks before its end bring the body to a multiple of 64 bytes."""
    blanks = -(len(token) + 1) % LINE
    return f"{token}{' ' * blanks}\n".encode("ascii")


def _releasable(rows: Iterable[tuple[str, Finding]]) -> Iterator[tuple[str, Finding]]:
    for form, finding in rows:
        if finding.kind == Kind.EXPOSURE:
            raise InvariantError("a snapshot never holds exposures")
        yield form, finding
