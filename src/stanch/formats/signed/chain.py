"""From a pinned directory to the newest: each version is allowed by the one before.

An administrator of the server can write any directory, but none that `walk` accepts. The pinned
version needs no signatures, since the pin is its hash. A member that left does not come back under
its id: else leaving and coming back would be a way to change a key without a key change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.certificate import key_change_from
from stanch.formats.signed.directory import directory_hash, signed_of
from stanch.formats.signed.fields import moment
from stanch.formats.signed.keys import PublicKey
from stanch.formats.signed.members import certified, founders, kid_of
from stanch.model.desk.directory import Directory, KeyChange, MemberKey, Version


@dataclass(frozen=True, slots=True)
class Chain:
    """Checked versions, the pinned one first. Only `walk_chain` and `then` make it."""

    versions: tuple[Directory, ...]
    hashes: tuple[str, ...]

    @property
    def newest(self) -> Directory:
        """The last version."""
        return self.versions[-1]

    def place(self, named: str) -> int:
        """Where the version with this hash is. Raises SignatureError where it is nowhere."""
        if named not in self.hashes:
            raise SignatureError(f"directory {named} is not in the chain from the pin")
        return self.hashes.index(named)

    def then(self, version: Version) -> Self:
        """The chain with one more version. Raises SignatureError."""
        directory = advance(self.newest, version.directory, version.signatures)
        here = {each.id for each in self.newest.members}
        gone = {each.id for old in self.versions for each in old.members} - here
        if back := gone & {each.id for each in directory.members}:
            raise SignatureError(f"{min(back)} left the directory and cannot come back")
        name = directory_hash(directory)
        return type(self)((*self.versions, directory), (*self.hashes, name))


def walk(pin: str, versions: Sequence[Version]) -> Directory:
    """The newest directory. Raises SignatureError where one step from the pin does not hold."""
    return walk_chain(pin, versions).newest


def walk_chain(pin: str, versions: Sequence[Version]) -> Chain:
    """All versions from the pinned one on. Raises SignatureError."""
    if not versions:
        raise SignatureError("there is no directory to begin with")
    first = versions[0].directory
    if directory_hash(first) != pin:
        raise SignatureError("the first directory is not the pinned one")
    certified(first)
    chain = Chain((first,), (pin,))
    for version in versions[1:]:
        chain = chain.then(version)
    return chain


def advance(known: Directory, following: Directory, signatures: Iterable[str]) -> Directory:
    """`following`, once it is proved to be allowed by `known`. Raises SignatureError."""
    before = directory_hash(known)
    if following.desk != known.desk:
        raise SignatureError(f"the directory is of desk {following.desk}, not {known.desk}")
    if following.version != known.version + 1:
        raise SignatureError(f"version {following.version} cannot follow {known.version}")
    if following.previous != before:
        raise SignatureError(
            f"version {following.version} does not name the hash of the one before"
        )
    if moment(following.created) < moment(known.created):
        raise SignatureError(f"version {following.version} is older than the one before")
    if following.revoked[: len(known.revoked)] != known.revoked:
        raise SignatureError("a revocation was dropped or changed")
    certified(known)
    certified(following)
    _signed(known, following, signatures)
    _keys_changed(known, following, before)
    return following


def _signed(known: Directory, following: Directory, signatures: Iterable[str]) -> None:
    allowed = founders(known)
    said = signed_of(following)
    signers: set[str] = set()
    for text in signatures:
        member = allowed.get(jws.read(text).kid)
        if member is None:
            raise SignatureError("a directory is signed by the founding members of the one before")
        if jws.verify(text, jws.DIRECTORY, PublicKey.from_text(member.key)) != said:
            raise SignatureError(f"{member.id} signed another directory")
        signers.add(member.id)
    if len(signers) < known.threshold:
        raise SignatureError(
            f"version {following.version} is signed by {len(signers)} founding members "
            f"of the {known.threshold} it needs"
        )


def _keys_changed(known: Directory, following: Directory, before: str) -> None:
    """Each member that stays keeps its key, or has the old key's word, or that of two others."""
    old = {each.id: each.key for each in known.members}
    needed = {
        each.id: KeyChange(known.desk, before, each.id, old[each.id], each.key)
        for each in following.members
        if old.get(each.id, each.key) != each.key
    }
    by_kid = {kid_of(each): each for each in known.members}
    signers: dict[str, set[str]] = {each: set() for each in needed}
    for text in following.key_changes:
        member, signer = _one_change(text, needed, by_kid)
        signers[member].add(signer.id)
    for member, by in signers.items():
        if member not in by and len(by) < 2:
            raise SignatureError(
                f"the key of {member} was changed without its old key or two other members"
            )


def _one_change(
    text: str, needed: dict[str, KeyChange], by_kid: dict[str, MemberKey]
) -> tuple[str, MemberKey]:
    claimed = jws.read(text)
    signer = by_kid.get(claimed.kid)
    if signer is None:
        raise SignatureError("a key change is signed by no member of the directory before")
    said = key_change_from(jws.verify(text, jws.KEY_CHANGE, PublicKey.from_text(signer.key)))
    if needed.get(said.member) != said:
        raise SignatureError(f"a key change of {said.member} is not what the directory did")
    return said.member, signer
