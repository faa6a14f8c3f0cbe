"""The signed directory of keys as the desk keeps it: every version, and the notebook that follows.

No key, approver or founding member is written anywhere else in the desk. An administrator hands a
version in, but only what the founding members of the version before signed is taken. The first
version is signed by its own founders, which keeps accidents out and no server's administrator; it
is the pin at the members' that proves it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from stanch.errors import NotFoundError, RefusedError, SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.chain import Chain, walk_chain
from stanch.formats.signed.directory import directory_hash, read_directory, signed_of
from stanch.formats.signed.keys import PublicKey
from stanch.formats.signed.members import certified, founders
from stanch.members.access.rights import require_founding
from stanch.members.notebook import follow
from stanch.model.desk.directory import Directory, MemberKey, Version
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.tables import desk, directory, member
from stanch.store.desk.transaction import Transaction

_MOST_SIGNATURES: Final = 100


@dataclass(frozen=True, slots=True)
class Stored:
    """A version as it was handed in: canonical JSON, its hash, and signatures (JWS) of it."""

    version: int
    hash: str
    document: bytes
    signatures: tuple[str, ...]
    created: str

    def read(self) -> Version:
        """The directory in it. Raises SignatureError where the bytes are no longer one."""
        return Version(read_directory(self.document), self.signatures)


def accept(tx: Transaction, caller: Caller, document: bytes, signatures: Sequence[str]) -> Stored:
    """Take the next version, and make members, keys and approvers what it says.

    Raises ForbiddenError for all but an administrator of a founding government, SignatureError
    where the version before does not allow it, RefusedError where it names whom nobody knows here.
    """
    require_founding(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    if len(signatures) > _MOST_SIGNATURES:
        raise SignatureError(f"more than {_MOST_SIGNATURES} signatures")
    version = Version(read_directory(document), tuple(signatures))
    if version.directory.desk != tx.connection.execute(select(desk.c.id)).scalar_one():
        raise SignatureError(f"the directory is of desk {version.directory.desk}, not of this one")
    before = chain(tx.connection)
    if before is None:
        _first(tx.connection, version)
    else:
        before.then(version)
    follow(tx, version.directory)
    taken = Stored(
        version.directory.version,
        directory_hash(version.directory),
        document,
        version.signatures,
        tx.at,
    )
    _keep(tx, caller, taken)
    return taken


def current(connection: Connection) -> Stored | None:
    """The last version; None before the first. The directory is for every member."""
    row = connection.execute(
        select(directory).order_by(directory.c.version.desc()).limit(1)
    ).first()
    return None if row is None else _stored(row)


def one(connection: Connection, version: int) -> Stored:
    """A version by its number. Raises NotFoundError."""
    row = connection.execute(select(directory).where(directory.c.version == version)).one_or_none()
    if row is None:
        raise NotFoundError(f"no version {version} of the directory")
    return _stored(row)


def since(connection: Connection, version: int = 0) -> list[Stored]:
    """All versions after a number, in their order: what whoever holds a pin walks along."""
    later = select(directory).where(directory.c.version > version).order_by(directory.c.version)
    return [_stored(row) for row in connection.execute(later)]


def chain(connection: Connection) -> Chain | None:
    """All versions, walked anew from the first; None where there is none.

    Raises SignatureError where somebody wrote into the table what members did not sign.
    """
    stored = since(connection)
    return walk_chain(stored[0].hash, [each.read() for each in stored]) if stored else None


def _first(connection: Connection, version: Version) -> None:
    """Version 1, signed by as many of its own founders as it says, and all of the desk's in it."""
    first = version.directory
    if first.version != 1 or first.key_changes:
        raise SignatureError("the first directory is version 1 and changes no key")
    certified(first)
    named = founders(first)
    signers = {_signer(first, named, text) for text in version.signatures}
    if len(signers) < first.threshold:
        raise SignatureError(
            f"version 1 is signed by {len(signers)} of its founding members, "
            f"of the {first.threshold} it needs"
        )
    here = set(connection.execute(select(member.c.id).where(member.c.founding)).scalars())
    if left_out := here - {each.id for each in named.values()}:
        raise RefusedError(f"the first directory leaves out the founding member {min(left_out)}")


def _signer(first: Directory, named: dict[str, MemberKey], text: str) -> str:
    founder = named.get(jws.read(text).kid)
    if founder is None:
        raise SignatureError("the first directory is signed by its founding members")
    if jws.verify(text, jws.DIRECTORY, PublicKey.from_text(founder.key)) != signed_of(first):
        raise SignatureError(f"{founder.id} signed another directory")
    return founder.id


def _keep(tx: Transaction, caller: Caller, taken: Stored) -> None:
    tx.connection.execute(
        insert(directory).values(
            version=taken.version,
            hash=taken.hash,
            document=taken.document,
            signatures=json.dumps(taken.signatures),
            created=taken.created,
        )
    )
    tx.record(caller, "directory.accepted", taken.hash, {"version": taken.version})


def _stored(row: Row[Any]) -> Stored:
    signatures = tuple(json.loads(row.signatures))
    return Stored(row.version, row.hash, bytes(row.document), signatures, row.created)
