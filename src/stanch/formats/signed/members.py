"""Whether a directory holds together by itself: whose key is whose, and each certificate."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from stanch.errors import SignatureError
from stanch.formats.signed.certificate import certificate_of
from stanch.formats.signed.fields import moment
from stanch.formats.signed.hands import check_table, signers
from stanch.formats.signed.keys import PublicKey
from stanch.model.desk.directory import Approver, Certificate, Directory, MemberKey
from stanch.model.desk.orders import Order
from stanch.model.desk.people import Role


@lru_cache(maxsize=64)
def certified(directory: Directory) -> Mapping[str, Certificate]:
    """The certificate of each approver's key, by kid, once all of the directory is checked.

    Raises SignatureError where an id or a key is there twice, a key in use is revoked, a threshold
    is too low or cannot be met, a certificate is not of the member's key of this very version, or
    the table of rules does not fit the members.
    """
    members = {each.id: each for each in directory.members}
    if len(members) != len(directory.members):
        raise SignatureError("the directory names a member twice")
    _threshold(directory)
    used = {kid_of(each): each.id for each in directory.members}
    if len(used) != len(members):
        raise SignatureError("two members of the directory have one key")
    certificates: dict[str, Certificate] = {}
    homes: dict[str, str] = {}
    for approver in directory.approvers:
        certificate = _certificate(directory, approver, members)
        if homes.setdefault(approver.person, approver.member) != approver.member:
            raise SignatureError(f"{approver.person} is an approver of two members")
        kid = PublicKey.from_text(certificate.key).kid
        if kid in used:
            raise SignatureError(f"key {kid} is in the directory twice")
        used[kid] = approver.person
        certificates[kid] = certificate
    _none_revoked(directory, used)
    check_table(directory)
    return MappingProxyType(certificates)


def founders(directory: Directory) -> dict[str, MemberKey]:
    """The founding members, by the kid of their offline key."""
    return {kid_of(each): each for each in directory.members if each.founding}


def kid_of(member: MemberKey) -> str:
    """The kid of a member's offline key."""
    return PublicKey.from_text(member.key).kid


def approver(directory: Directory, kid: str, at: str) -> Certificate:
    """What a key may do at a time. Raises SignatureError where it is not known, revoked or not
    in its time. The directory as a whole is checked first.
    """
    when = moment(at)
    certificate = certified(directory).get(kid)
    for revoked in directory.revoked:
        if revoked.kid == kid:
            raise SignatureError(f"key {kid} was revoked: {revoked.reason}")
    if certificate is None:
        raise SignatureError(f"key {kid} is no approver's in version {directory.version}")
    if not moment(certificate.since) <= when < moment(certificate.until):
        raise SignatureError(
            f"the certificate of {certificate.person} counts from {certificate.since} "
            f"until {certificate.until}, not at {at}"
        )
    return certificate


def dropped(before: Directory, after: Directory, order: Order) -> frozenset[str]:
    """The keys for which `after` does not vouch any more as `before` did: gone, another person's,
    no approver's, or of a member that may sign the order no more. Who holds by it, its authority,
    lets go of it also when founding no more, and so keeps its hands.
    """
    had, has = certified(before), certified(after)
    left = signers(before, order) - signers(after, order) - {order.authority}
    gone = {
        kid
        for kid, old in had.items()
        if kid not in has
        or (has[kid].member, has[kid].person) != (old.member, old.person)
        or Role.APPROVER in old.roles - has[kid].roles
        or old.member in left
    }
    return frozenset(gone | {each.kid for each in after.revoked[len(before.revoked) :]})


def _threshold(directory: Directory) -> None:
    number = sum(each.founding for each in directory.members)
    if not min(2, number) <= directory.threshold <= number:
        raise SignatureError(
            f"a threshold of {directory.threshold} does not fit {number} founding members: "
            "two at least, where there are two"
        )


def _certificate(
    directory: Directory, approver: Approver, members: dict[str, MemberKey]
) -> Certificate:
    member = members.get(approver.member)
    if member is None:
        raise SignatureError(f"{approver.person} is an approver of no member")
    try:
        certificate = certificate_of(approver.certificate, PublicKey.from_text(member.key))
    except SignatureError as error:
        raise SignatureError(f"the certificate of {approver.person}: {error}") from None
    named = (certificate.desk, certificate.member, certificate.person)
    if named != (directory.desk, approver.member, approver.person):
        raise SignatureError(f"the certificate of {approver.person} is for {'/'.join(named)}")
    return certificate


def _none_revoked(directory: Directory, used: dict[str, str]) -> None:
    revoked = {each.kid for each in directory.revoked}
    if len(revoked) != len(directory.revoked):
        raise SignatureError("the directory revokes a key twice")
    if both := revoked & used.keys():
        kid = min(both)
        raise SignatureError(f"key {kid} of {used[kid]} is revoked and cannot be used again")
