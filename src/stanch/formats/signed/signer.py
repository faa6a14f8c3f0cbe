"""Whose signature stands under a file: a member's own, or a person's whose key it certified."""

from stanch.formats.signed.keys import PublicKey
from stanch.formats.signed.members import approver, certified, kid_of
from stanch.model.desk.directory import Directory


def signer(directory: Directory, kid: str, at: str) -> tuple[str, PublicKey]:
    """The member for whom a key speaks at a time, and the key.

    Raises SignatureError where the directory does not hold, or knows no such key at that time.
    """
    certified(directory)
    for member in directory.members:
        if kid_of(member) == kid:
            return member.id, PublicKey.from_text(member.key)
    certificate = approver(directory, kid, at)
    return certificate.member, PublicKey.from_text(certificate.key)
