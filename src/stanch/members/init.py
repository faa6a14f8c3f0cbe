"""The beginning of a desk: itself, one founding government, and a link for one administrator.

There is no first password. The link is used once, within 24 hours.
"""

from dataclasses import dataclass

from sqlalchemy import insert, select

from stanch.errors import RefusedError
from stanch.members import organisations, people
from stanch.members.access import links
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.members.words import new_id, typed
from stanch.model.desk.people import MemberKind, Role
from stanch.store.desk.tables import desk
from stanch.store.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Founding:
    """A desk's name and public key (base64url), its first member, and that one's administrator."""

    name: str
    key: str
    member: str
    country: str
    administrator: str
    email: str | None = None
    member_id: str | None = None


def found(tx: Transaction, founding: Founding) -> str:
    """Found the desk; returns the token of the first administrator's one-time link.

    Raises RefusedError where there is a desk already, UsageError where a word is none.
    """
    if tx.connection.execute(select(desk.c.id)).first() is not None:
        raise RefusedError("this desk is founded already")
    id, name = new_id("desk"), typed("name", founding.name)
    row = {"name": name, "key": typed("key", founding.key)}
    tx.connection.execute(insert(desk).values(id=id, created=tx.at, **row))
    tx.record(None, "desk.founded", id, row)
    government = NewMember(
        founding.member, MemberKind.GOVERNMENT, founding.country, True, founding.member_id
    )
    first = organisations.enter(tx, None, government)
    someone = NewPerson(founding.administrator, [Role.ADMINISTRATOR], founding.email)
    return links.issue(tx, None, people.enter(tx, None, first.id, someone))
