"""Who signs at a desk: a member's approver, or the member itself, as its directory has them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from stanch.app.signing.key_files import KeyFile, opened
from stanch.errors import SignatureError, UsageError
from stanch.formats.evidence.custody import Act, Entry, sign_entry
from stanch.formats.evidence.proof import Proved
from stanch.formats.signed import jws
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.keys import PrivateKey, PublicKey
from stanch.formats.signed.signer import signer
from stanch.model.desk.directory import Directory


@dataclass(frozen=True, slots=True)
class Hand:
    """A key, and for whom it speaks: person and certificate are empty for a member's own key."""

    key: PrivateKey
    desk: str
    member: str
    person: str
    certificate: str | None


def now() -> str:
    """The time, to the microsecond: a hand follows another within one second."""
    return stamp(datetime.now(UTC))


def hand_of(key: KeyFile, directory: Directory) -> Hand:
    """The hand that a key is. Raises UsageError where the directory does not know it now."""
    private = opened(key)
    try:
        member, _ = signer(directory, private.kid, now())
    except SignatureError as error:
        raise UsageError(f"{key.file}: {error}") from None
    for each in directory.approvers:
        claimed = jws.read(each.certificate).payload
        if isinstance(claimed, dict) and _kid(claimed) == private.kid:
            return Hand(private, directory.desk, member, each.person, each.certificate)
    return Hand(private, directory.desk, member, "", None)


def next_entry(proved: Proved, hand: Hand, act: Act, to: str, note: str) -> str:
    """The next entry of custody, signed (JWS). `to` is who takes it.

    Raises UsageError where it does not follow from the entries before.
    """
    now_held, giver = proved.held, proved.held.member
    if act is Act.RECEIVED:
        giver = proved.entries[-1].giver if proved.entries else proved.evidence.member
    said = Entry(
        evidence=proved.digest,
        n=now_held.n + 1,
        previous=now_held.last,
        act=act,
        giver=giver,
        taker=to,
        desk=hand.desk,
        person=hand.person,
        at=now(),
        certificate=hand.certificate,
        note=note,
    )
    if hand.member != said.by:
        raise UsageError(f"the key is {hand.member}'s, and {said.by} has to sign this")
    return sign_entry(hand.key, said)


def _kid(claimed: dict[str, object]) -> str:
    return PublicKey.from_text(str(claimed.get("key"))).kid
