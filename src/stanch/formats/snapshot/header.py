"""The header of a snapshot, which the desk signs, and when a recipient may still use it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from stanch.errors import RefusedError, SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.fields import Fields, moment

TYP: Final = jws.SNAPSHOT
VALID: Final = timedelta(hours=24)
MAX_ROWS: Final = 2**31

_AHEAD: Final = timedelta(minutes=5)  # by which the desk's clock may be before the recipient's
_MOST: Final = 2**53 - 1
_SALT: Final = 64  # hex digits


@dataclass(frozen=True, slots=True)
class Header:
    """What the signature covers. `rows` and `details` are counts, `salt` is hex.

    `number` goes up from each snapshot for this recipient to the next, `previous` is the number
    before (0: none). `place` is that of the desk's log as of which it was made: changes lead on
    from there. `check` tells a wrong secret from a right one. Times are ISO 8601 UTC texts.
    """

    desk: str
    recipient: str
    number: int
    previous: int
    place: int
    issued: str
    until: str
    directory: str
    body_sha256: str
    rows: int
    details: int
    salt: str
    check: str

    @classmethod
    def of(cls, payload: object) -> Self:
        """Read a verified payload strictly. Raises SignatureError."""
        fields = Fields(payload, "a snapshot", *cls.__dataclass_fields__)
        header = cls(
            fields.id("desk"),
            fields.id("recipient"),
            fields.number("number", 1, _MOST),
            fields.number("previous", 0, _MOST),
            fields.number("place", 0, _MOST),
            fields.time("issued"),
            fields.time("until"),
            fields.digest("directory"),
            fields.digest("body_sha256"),
            fields.number("rows", 0, MAX_ROWS),
            fields.number("details", 0, MAX_ROWS),
            fields.text("salt", _SALT, _SALT),
            fields.digest("check"),
        )
        if header.previous >= header.number:
            raise fields.fail("previous", "is not below its number")
        if not moment(header.issued) < moment(header.until) <= moment(header.issued) + VALID:
            raise fields.fail("until", "is not within 24 hours after it was issued")
        if not set(header.salt) <= set("0123456789abcdef"):
            raise fields.fail("salt", "is not in hex")
        return header

    def payload(self) -> Mapping[str, object]:
        """The JSON to sign."""
        return asdict(self)


def accept(header: Header, last_number: int, now: datetime) -> int:
    """The number to remember. Raises RefusedError for one that is over, or older than the last.

    `last_number` is the highest that this recipient has seen, 0 for none. The same number may be
    opened again. A clock that goes back more than five minutes before the issue is refused, so
    that nobody keeps a snapshot alive by turning the clock.
    """
    if header.number < last_number:
        raise RefusedError(
            f"snapshot {header.number} is older than {last_number}, which was seen before"
        )
    if now >= moment(header.until):
        raise RefusedError(f"snapshot {header.number} was good until {header.until}; get a new one")
    if now < moment(header.issued) - _AHEAD:
        raise RefusedError(f"snapshot {header.number} is of {header.issued}: the clock is behind")
    return header.number


def meant_for(header: Header, desk: str, recipient: str) -> None:
    """Raise SignatureError for a snapshot of another desk or for another recipient."""
    if header.desk != desk:
        raise SignatureError(f"snapshot is of the desk {header.desk}, not of {desk}")
    if header.recipient != recipient:
        raise SignatureError(f"snapshot is for {header.recipient}, not for {recipient}")
