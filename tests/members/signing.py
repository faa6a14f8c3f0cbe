"""Offline keys of the tests' members, and directories that they sign."""

from dataclasses import dataclass, field, replace

from stanch.formats.signed.certificate import approver_certificate, key_change
from stanch.formats.signed.directory import (
    directory_document,
    directory_hash,
    sign_directory,
)
from stanch.formats.signed.keys import PrivateKey
from stanch.members import directory as kept
from stanch.members.directory import Stored
from stanch.model.desk.canonical import canonical
from stanch.model.desk.directory import Approver, Certificate, Directory, KeyChange, MemberKey
from stanch.model.desk.people import Caller, MemberKind, Role
from tests.members.house import KOREA, UPBEAT, House

AT = "2026-11-26T12:00:00Z"


@dataclass
class Offline:
    """The members' keys, which no desk has."""

    desk: str
    korea: PrivateKey = field(default_factory=PrivateKey.generate)
    upbeat: PrivateKey = field(default_factory=PrivateKey.generate)

    def first(self, *approvers: Approver) -> Directory:
        members = (
            MemberKey(KOREA, "Korea", MemberKind.GOVERNMENT, "KR", True, self.korea.public.text),
            MemberKey(UPBEAT, "Upbeat", MemberKind.EXCHANGE, "KR", False, self.upbeat.public.text),
        )
        return Directory(self.desk, 1, None, 1, members, approvers, (), (), AT)

    def approver(self, person: str, key: PrivateKey) -> Approver:
        said = Certificate(
            self.desk,
            KOREA,
            person,
            key.public.text,
            frozenset({Role.APPROVER}),
            AT,
            "2027-11-26T12:00:00Z",
        )
        return Approver(person, KOREA, approver_certificate(self.korea, said))

    def new_key(self, known: Directory, by: PrivateKey, new: PrivateKey) -> Directory:
        """The next version, in which the exchange's key is `new`, on the word of `by`."""
        old = known.members[1]
        change = KeyChange(known.desk, directory_hash(known), old.id, old.key, new.public.text)
        members = (known.members[0], replace(old, key=new.public.text))
        return replace(following(known), members=members, key_changes=(key_change(by, change),))


def following(known: Directory) -> Directory:
    """The next version, in which nothing else is changed."""
    return replace(known, version=known.version + 1, previous=directory_hash(known), key_changes=())


def hand_in(house: House, by: Caller, said: Directory, *keys: PrivateKey) -> Stored:
    document = canonical(directory_document(said))
    with house.database.write() as tx:
        return kept.accept(tx, by, document, [sign_directory(key, said) for key in keys])
