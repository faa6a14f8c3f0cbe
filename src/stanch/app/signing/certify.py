"""A member's offline key says: this is this person's key, with these roles, so long."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from stanch.app.signing.key_files import KeyFile, opened
from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.certificate import approver_certificate, key_change
from stanch.formats.signed.fields import moment, stamp
from stanch.model.desk.directory import Certificate, KeyChange
from stanch.model.desk.people import Role

MOST_DAYS: Final = 3 * 366  # a key in use that long is due for a new one


@dataclass(frozen=True, slots=True)
class Approval:
    """Whose key `public` is. `since` is a time, or empty: from now on; `days` from then."""

    desk: str
    member: str
    person: str
    public: str
    roles: tuple[str, ...] = (Role.APPROVER.value,)
    since: str = ""
    days: int = 365


def certify(member_key: KeyFile, wanted: Approval) -> str:
    """The certificate, a JWS for the directory. Raises UsageError, SignatureError."""
    if not set(wanted.roles) <= set(Role):
        raise UsageError(f"a role is one of {', '.join(Role)}")
    if not 1 <= wanted.days <= MOST_DAYS:
        raise UsageError(f"a certificate holds for 1 to {MOST_DAYS:,} days")
    try:
        since = moment(wanted.since or _now())
    except SignatureError as error:
        raise UsageError(str(error)) from None
    certificate = Certificate(
        desk=wanted.desk,
        member=wanted.member,
        person=wanted.person,
        key=wanted.public,
        roles=frozenset(map(Role, wanted.roles)),
        since=stamp(since),
        until=stamp(since + timedelta(days=wanted.days)),
    )
    return approver_certificate(opened(member_key), certificate)


def change_key(key: KeyFile, change: KeyChange) -> str:
    """One signature of a change of a member's key. Raises UsageError, SignatureError."""
    return key_change(opened(key), change)


def _now() -> str:
    return stamp(datetime.now(UTC).replace(microsecond=0))
