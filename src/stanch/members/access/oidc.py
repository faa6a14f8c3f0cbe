"""People whom an OpenID Connect provider vouches for: which person a verified identity is.

Only the match is here. Whoever calls has verified the token: signature, issuer, audience, nonce,
time. A person is known by issuer and subject alone, never by an e-mail address, which a provider
may give to somebody else tomorrow; the first time, a one-time link says whose identity it is.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select, update

from stanch.errors import RefusedError
from stanch.members.access import links
from stanch.members.access.rights import stranger
from stanch.members.rows import active_people, as_caller
from stanch.model.desk.people import Caller
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import person
from stanch.store.desk.transaction import Transaction

_MOST: Final = (
    255  # ASCII characters of a subject (OpenID Connect Core 1.0, section 2); of both here
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a verified ID token says: `iss` and `sub`, letter by letter."""

    issuer: str
    subject: str

    def usable(self) -> bool:
        """Whether both are there, printable ASCII and no longer than the standard allows."""
        return all(
            0 < len(said) <= _MOST and said.isascii() and said.isprintable()
            for said in (self.issuer, self.subject)
        )


def known(connection: Connection, identity: Identity) -> Caller:
    """The person of this identity. Raises StrangerError."""
    if not identity.usable():
        raise stranger()
    same = (person.c.issuer == identity.issuer, person.c.subject == identity.subject)
    row = connection.execute(active_people().where(*same)).one_or_none()
    if row is None:
        raise stranger()
    return as_caller(row)


def bind(tx: Transaction, token: str, identity: Identity) -> str:
    """Say by a one-time link whose identity this is; returns the person, whom it lets in now.

    An identity bound before gives way: the link comes from the member's administrator. Raises
    StrangerError for the link or an unusable identity, RefusedError where it is another person's;
    the link is not used up then.
    """
    if not identity.usable():
        raise stranger()
    to = links.use(tx, token)
    same = (person.c.issuer == identity.issuer, person.c.subject == identity.subject)
    other = select(person.c.id).where(*same, person.c.id != to)
    if tx.connection.execute(other).first() is not None:
        raise RefusedError("this identity signs in another person already")
    changed = update(person).where(person.c.id == to)
    tx.connection.execute(changed.values(issuer=identity.issuer, subject=identity.subject))
    subject = commit_to(tx.connection, identity.subject)
    tx.record(None, "identity.bound", to, {"issuer": identity.issuer, "subject": subject})
    return to
