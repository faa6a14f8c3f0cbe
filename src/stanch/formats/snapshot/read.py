"""Open a snapshot and look addresses up in it, where it lies: nothing is loaded but what is hit.

The caller maps the file (`mmap`) or reads it, and brings what it knows: who it is, the desk's key,
the last number it has seen, the time. To open costs one SHA-256 over the file. A mapped file that
somebody changes after it was opened is not noticed: keep it where only you can write, or read it.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Self

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.keys import PublicKey
from stanch.formats.snapshot.body import Body
from stanch.formats.snapshot.header import TYP, Header, accept, meant_for
from stanch.formats.snapshot.veil import Veil
from stanch.formats.snapshot.write import padded
from stanch.model.watched import Asked, Finding, asked

_MAX_LINE: Final = 8192  # bytes of the first line


@dataclass(frozen=True, slots=True)
class Opening:
    """What a recipient knows before it opens a snapshot.

    `key` is the desk's, pinned; `last_number` the highest number seen, 0 for none.
    """

    desk: str
    recipient: str
    key: PublicKey
    last_number: int
    now: datetime
    secret: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One that was proved: signed by the desk, for this recipient, in time, not a byte altered.

    The caller keeps `header.number` and gives it as `last_number` the next time.
    """

    header: Header
    _body: Body
    _veil: Veil

    @classmethod
    def open(cls, data: bytes | memoryview, opening: Opening) -> Self:
        """Prove a file. Raises SignatureError where it is not what it should be or the secret is
        wrong, RefusedError where it is over or older than one seen before.
        """
        view = memoryview(data).toreadonly().cast("B")
        line, _, _ = bytes(view[:_MAX_LINE]).partition(b"\n")
        token = line.decode("latin-1").rstrip(" ")
        header = Header.of(jws.verify(token, TYP, opening.key))
        meant_for(header, opening.desk, opening.recipient)
        accept(header, opening.last_number, opening.now)
        first = padded(token)
        if bytes(view[: len(first)]) != first:
            raise SignatureError("the first line of the snapshot was altered")
        body = view[len(first) :]
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        if not hmac.compare_digest(digest, header.body_sha256):
            raise SignatureError("the rows of the snapshot were altered, or it was cut short")
        veil = Veil.of(opening.secret, bytes.fromhex(header.salt))
        if not hmac.compare_digest(veil.check, header.check):
            raise SignatureError("the secret is not the one that the snapshot was made with")
        return cls(header, Body.over(body, header.rows, header.details), veil)

    def look_up(self, queries: Sequence[Asked]) -> list[tuple[Finding, ...]]:
        """What is known of each, sorted. A chain narrows where both sides name one."""
        found: list[set[Finding]] = [set() for _ in queries]
        for place, number in self._body.find(self._veil.keys(each.form for each in queries)):
            finding, chain = self._body.finding(number), queries[place].chain
            if not (chain and finding.chain) or chain == finding.chain:
                found[place].add(finding)
        return [tuple(sorted(each)) for each in found]


def screen(
    snapshot: Snapshot, accounts: Sequence[str], normalize: Callable[[str], str]
) -> list[tuple[Finding, ...] | None]:
    """Findings of each address as it was typed; None for a text that is no address.

    `normalize` must give the forms that the desk watches: lower case, nothing around the address
    (`screening.identifiers.wallet.normalize`). A snapshot is good until `header.until`; who keeps
    it open longer opens it again.
    """
    queries = [asked(each, normalize) for each in accounts]
    answers = iter(snapshot.look_up([each for each in queries if each is not None]))
    return [None if each is None else next(answers) for each in queries]
