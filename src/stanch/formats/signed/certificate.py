"""What a member's offline key signs beside directories: its people's keys, and changes of keys.

`stanch-approver@1` says that a key is a person's; `stanch-key-change@1` that a member's key is now
another. Both name their desk, and a key change the version of the directory that it changes, so
that neither can be used elsewhere or again.
"""

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.fields import Fields, moment
from stanch.formats.signed.keys import PrivateKey, PublicKey
from stanch.model.desk.directory import Certificate, KeyChange
from stanch.model.desk.people import Role


def approver_certificate(member_key: PrivateKey, certificate: Certificate) -> str:
    """The JWS for `Approver.certificate`. Raises SignatureError where it says nothing sensible."""
    payload: dict[str, object] = {
        "desk": certificate.desk,
        "member": certificate.member,
        "person": certificate.person,
        "key": certificate.key,
        "roles": sorted(certificate.roles),
        "from": certificate.since,
        "until": certificate.until,
    }
    if _certificate(payload) != certificate:
        raise SignatureError("the certificate holds what its document cannot say")
    return jws.sign(member_key, jws.APPROVER, payload)


def certificate_of(text: str, member_key: PublicKey) -> Certificate:
    """The certificate in a JWS that `member_key` signed. Raises SignatureError."""
    return _certificate(jws.verify(text, jws.APPROVER, member_key))


def key_change(key: PrivateKey, change: KeyChange) -> str:
    """One signature of a change: the old key's, or one of two other members' keys."""
    payload: dict[str, object] = {
        "desk": change.desk,
        "directory": change.directory,
        "member": change.member,
        "old": change.old,
        "new": change.new,
    }
    if key_change_from(payload) != change:
        raise SignatureError("the change of a key holds what its document cannot say")
    return jws.sign(key, jws.KEY_CHANGE, payload)


def key_change_from(payload: object) -> KeyChange:
    """The change in a payload, whose signature is another question. Raises SignatureError."""
    fields = Fields(payload, "key change", "desk", "directory", "member", "old", "new")
    return KeyChange(
        desk=fields.id("desk"),
        directory=fields.digest("directory"),
        member=fields.id("member"),
        old=PublicKey.from_text(fields.text("old")).text,
        new=PublicKey.from_text(fields.text("new")).text,
    )


def _certificate(payload: object) -> Certificate:
    fields = Fields(
        payload, "certificate", "desk", "member", "person", "key", "roles", "from", "until"
    )
    roles = fields.ordered("roles", fields.texts("roles", len(Role)))
    if not roles or not roles <= set(Role):
        raise fields.fail("roles", "must name one or more roles")
    certificate = Certificate(
        desk=fields.id("desk"),
        member=fields.id("member"),
        person=fields.id("person"),
        key=PublicKey.from_text(fields.text("key")).text,
        roles=frozenset(map(Role, roles)),
        since=fields.time("from"),
        until=fields.time("until"),
    )
    if moment(certificate.until) <= moment(certificate.since):
        raise fields.fail("until", "is not after from")
    return certificate
