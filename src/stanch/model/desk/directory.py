"""The directory of keys: whom the desk's members are, and whose signature counts. As words.

`formats/signed/directory.py` writes and signs them; docs/design/desk.md says who may change what.
Keys are base64url of an Ed25519 public key; a `kid` is its RFC 7638 thumbprint.
"""

from dataclasses import dataclass

from stanch.model.desk.orders import OrderKind, Rule
from stanch.model.desk.people import MemberKind, Role


@dataclass(frozen=True, slots=True)
class MemberKey:
    """A member and the public half of its offline key."""

    id: str
    name: str
    kind: MemberKind
    country: str  # ISO 3166-1 alpha-2
    founding: bool
    key: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a member's offline key says: this is this person's key, with these roles, so long.

    It counts from `since` on and no longer at `until`.
    """

    desk: str
    member: str
    person: str
    key: str
    roles: frozenset[Role]
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Approver:
    """A person of a member, and the member's certificate (a JWS) for their key."""

    person: str
    member: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """A key that counts no more, from `at` on."""

    kid: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A member's key was `old`, is `new`; `directory` is the hash of the version it changes."""

    desk: str
    directory: str
    member: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Directory:
    """One version of the directory. `previous` is the hash of the one before, None in the first.

    `threshold` founding members must sign the next one. `key_changes` are the JWS that allow the
    changes of keys between the version before and this one. `rules` say for kinds of order, sorted,
    what their rule must be at least.
    """

    desk: str
    version: int
    previous: str | None
    threshold: int
    members: tuple[MemberKey, ...]
    approvers: tuple[Approver, ...]
    revoked: tuple[Revoked, ...]
    key_changes: tuple[str, ...]
    created: str
    rules: tuple[tuple[OrderKind, Rule], ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A directory and the signatures (JWS) that the founding members gave it."""

    directory: Directory
    signatures: tuple[str, ...] = ()
