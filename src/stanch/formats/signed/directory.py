"""The directory of keys as a document, `stanch-directory@1`, and what is signed around it.

A founding member signs `{desk, version, directory: hash}`, not the whole text: many signatures of a
long document stay short. Whether a directory may follow another is said in `chain`.
"""

from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.canonical import MAX_DOCUMENT, digest, parse
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.hands import rules_document, rules_from
from stanch.formats.signed.keys import PrivateKey, PublicKey
from stanch.formats.signed.order import is_country
from stanch.model.desk.directory import Approver, Directory, MemberKey, Revoked
from stanch.model.desk.people import MemberKind

TYPE: Final = "stanch-directory@1"
MAX_MEMBERS: Final = 2000
MAX_LIST: Final = 10_000

_KEYS: Final = (
    *("type", "desk", "version", "previous", "threshold", "members", "approvers", "revoked"),
    *("key_changes", "created"),
)
_MEMBER: Final = ("id", "name", "kind", "country", "founding", "key")


def directory_document(directory: Directory) -> dict[str, object]:
    """The document. Raises SignatureError where `directory_from` would refuse it."""
    document: dict[str, object] = {
        "type": TYPE,
        "desk": directory.desk,
        "version": directory.version,
        "previous": directory.previous,
        "threshold": directory.threshold,
        "members": [_member_document(each) for each in directory.members],
        "approvers": [
            {"person": each.person, "member": each.member, "certificate": each.certificate}
            for each in directory.approvers
        ],
        "revoked": [
            {"kid": each.kid, "at": each.at, "reason": each.reason} for each in directory.revoked
        ],
        "key_changes": list(directory.key_changes),
        "created": directory.created,
        **({"rules": rules_document(directory.rules)} if directory.rules else {}),
    }
    if directory_from(document) != directory:
        raise SignatureError("the directory holds what its document cannot say")
    return document


def directory_hash(directory: Directory) -> str:
    """The hash that pins it, that the next version names, and that statements sign."""
    return digest(directory_document(directory))


def read_directory(data: bytes) -> Directory:
    """A directory from its canonical JSON, of up to MAX_DOCUMENT bytes. Raises SignatureError."""
    return directory_from(parse(data, MAX_DOCUMENT))


def sign_directory(member_key: PrivateKey, directory: Directory) -> str:
    """A founding member's signature of a directory, by its hash."""
    return jws.sign(member_key, jws.DIRECTORY, signed_of(directory))


def signed_of(directory: Directory) -> dict[str, object]:
    """What the signatures of a directory say."""
    return {
        "desk": directory.desk,
        "version": directory.version,
        "directory": directory_hash(directory),
    }


def directory_from(value: object) -> Directory:
    """The directory in a document: its form alone, neither certificates nor signatures.

    Raises SignatureError for each thing that is not as it must be.
    """
    ruled = isinstance(value, dict) and "rules" in value
    fields = Fields(value, "directory", *_KEYS, *(("rules",) if ruled else ()))
    if fields.raw("type") != TYPE:
        raise SignatureError(f"is no {TYPE}")
    version = fields.number("version", 1, 1_000_000)
    previous = fields.maybe_digest("previous")
    if (version == 1) != (previous is None):
        raise fields.fail("previous", "is the hash before, and null in the first version")
    return Directory(
        desk=fields.id("desk"),
        version=version,
        previous=previous,
        threshold=fields.number("threshold", 1, 100),
        members=tuple(map(_member, fields.parts("members", MAX_MEMBERS))),
        approvers=tuple(map(_approver, fields.parts("approvers", MAX_LIST))),
        revoked=tuple(map(_revoked, fields.parts("revoked", MAX_LIST))),
        key_changes=fields.texts("key_changes", MAX_MEMBERS),
        created=fields.time("created"),
        rules=rules_from(fields.raw("rules")) if ruled else (),
    )


def _member_document(member: MemberKey) -> dict[str, object]:
    return {
        "id": member.id,
        "name": member.name,
        "kind": member.kind.value,
        "country": member.country,
        "founding": member.founding,
        "key": member.key,
    }


def _member(value: object) -> MemberKey:
    fields = Fields(value, "member", *_MEMBER)
    country = fields.text("country", most=2)
    if not is_country(country):
        raise fields.fail("country", "is no ISO 3166-1 code")
    return MemberKey(
        id=fields.id("id"),
        name=fields.text("name", most=200),
        kind=fields.word("kind", MemberKind),
        country=country,
        founding=fields.flag("founding"),
        key=PublicKey.from_text(fields.text("key")).text,
    )


def _approver(value: object) -> Approver:
    fields = Fields(value, "approver", "person", "member", "certificate")
    return Approver(fields.id("person"), fields.id("member"), fields.text("certificate"))


def _revoked(value: object) -> Revoked:
    fields = Fields(value, "revoked", "kid", "at", "reason")
    kid = fields.text("kid", least=43, most=43)
    return Revoked(kid, fields.time("at"), fields.text("reason"))
