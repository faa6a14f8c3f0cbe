"""Who handed a bundle to whom: `stanch-custody@1`, one entry for each hand, each on the one before.

An entry is `handed`, signed for the member that hands over, or `received`, signed for the one that
took it. It carries the certificate of the person's key by the member's own key, so that it holds
wherever that member's key is known: at another desk too.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.canonical import digest
from stanch.formats.signed.fields import Fields, moment
from stanch.formats.signed.keys import PrivateKey

CUSTODY: Final = "stanch-custody@1"
MOST_ENTRIES: Final = 500


class Act(StrEnum):
    """What a hand did."""

    HANDED = "handed"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Entry:
    """One hand: the bundle whose evidence has this hash went from one member to another.

    `n` counts from 1, `previous` is the hash of the entry before, `desk` where it was signed, and
    `certificate` what makes the key the person's; null where the member's own key signs.
    """

    evidence: str
    n: int
    previous: str | None
    act: Act
    giver: str
    taker: str
    desk: str
    person: str
    at: str
    certificate: str | None
    note: str = ""

    @property
    def by(self) -> str:
        """The member that signs."""
        return self.giver if self.act is Act.HANDED else self.taker


def sign_entry(key: PrivateKey, said: Entry) -> str:
    """The JWS. Raises SignatureError where a reader would refuse it."""
    payload = {
        "evidence": said.evidence,
        "n": said.n,
        "previous": said.previous,
        "act": said.act.value,
        "from": said.giver,
        "to": said.taker,
        "desk": said.desk,
        "person": said.person,
        "at": said.at,
        "certificate": said.certificate,
        "note": said.note,
    }
    if entry_from(payload) != said:
        raise SignatureError("the entry of custody holds what its document cannot say")
    return jws.sign(key, CUSTODY, payload)


def entry_from(payload: object) -> Entry:
    """The entry in a payload; its signature is another question. Raises SignatureError."""
    fields = Fields(
        payload, "entry of custody", "evidence", "n", "previous", "act", "from", "to", "desk",
        "person", "at", "certificate", "note",
    )  # fmt: skip
    certificate = fields.raw("certificate")
    if certificate is not None and not isinstance(certificate, str):
        raise fields.fail("certificate", "is no text")
    return Entry(
        evidence=fields.digest("evidence"),
        n=fields.number("n", 1, MOST_ENTRIES),
        previous=fields.maybe_digest("previous"),
        act=fields.word("act", Act),
        giver=fields.id("from"),
        taker=fields.id("to"),
        desk=fields.id("desk"),
        person=fields.text("person", 0, 128),
        at=fields.time("at"),
        certificate=certificate,
        note=fields.text("note", 0),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """Where a bundle is by its entries: the member that has it, the hash that the next entry names,
    and whether it was handed to that member without its word that it came.
    """

    member: str
    last: str | None
    n: int
    unconfirmed: bool
    at: str


def following(now: Held, evidence: str, entry: Entry, text: str) -> Held:
    """Where the bundle is after one more entry. Raises SignatureError."""
    place = f"custody, entry {now.n + 1}"
    if entry.evidence != evidence:
        raise SignatureError(f"{place}: is of another bundle")
    if (entry.n, entry.previous) != (now.n + 1, now.last):
        raise SignatureError(f"{place}: does not follow from the one before")
    if moment(entry.at) < moment(now.at):
        raise SignatureError(f"{place}: is of {entry.at}, before {now.at}")
    if entry.act is Act.HANDED:
        if entry.giver != now.member:
            raise SignatureError(f"{place}: {entry.giver} hands over what {now.member} has")
        if entry.taker == entry.giver:
            raise SignatureError(f"{place}: {entry.giver} hands it to itself")
    elif not now.unconfirmed or entry.taker != now.member:
        raise SignatureError(f"{place}: {entry.taker} received what nobody handed to it")
    name = digest(text.encode())
    return Held(entry.taker, name, entry.n, entry.act is Act.HANDED, entry.at)
