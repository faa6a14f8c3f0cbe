"""Contacts: who answers at a member, how, at what hours, and how fast they have been so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from stanch.errors import ForbiddenError, NotFoundError, UsageError
from stanch.members.access.rights import founds, require
from stanch.members.response_times import response_times
from stanch.members.words import new_id, typed
from stanch.model.countries import code_of
from stanch.model.desk.people import Caller, MemberKind, Role, Scope
from stanch.store.desk.erasure import forget
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import contact, member
from stanch.store.desk.transaction import Transaction

LISTING: Final = Listing(contact, ("changed", "name", "member"), ("id", "member", "role"))
_LONG: Final = 2000  # characters of legal requirements


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers. `hours` in words with a time zone; `jurisdictions` are codes or names."""

    member: str
    name: str
    role: str
    channel: str
    hours: str
    languages: str
    requirements: str = ""
    jurisdictions: tuple[str, ...] = ()


def add(tx: Transaction, caller: Caller, new: Contact) -> str:
    """Add a contact; returns its id.

    The member's own administrator may; of an exchange or another that is no government, an analyst
    of a founding government too. Raises ForbiddenError, NotFoundError for an unknown member,
    UsageError.
    """
    _may(tx, caller, new.member)
    id, row = new_id("con"), _row(new)
    tx.connection.execute(insert(contact).values(id=id, changed=tx.at, **row))
    tx.record(caller, "contact.added", id, _said(tx, row))
    return id


def change(tx: Transaction, caller: Caller, id: str, to: Contact) -> None:
    """Say a contact anew; it stays with its member. Raises as `add`."""
    of = _of(tx, caller, id)
    row = _row(replace(to, member=of))
    tx.connection.execute(update(contact).where(contact.c.id == id).values(changed=tx.at, **row))
    tx.record(caller, "contact.changed", id, _said(tx, row))


def remove(tx: Transaction, caller: Caller, id: str) -> None:
    """Take a contact away, and erase who it was in the log too. Raises as `add`."""
    of = _of(tx, caller, id)
    forget(tx.connection, [id])
    tx.connection.execute(delete(contact).where(contact.c.id == id))
    tx.record(caller, "contact.removed", id, {"member": of})


def listed(connection: Connection, caller: Caller, asked: Asked | None = None) -> Page:
    """Contacts of all members, by name where nothing is asked.

    Each has `times`: how fast the member was over the deliveries that the caller may see, None
    where there was none.
    """
    require(caller, scope=Scope.READ)
    found = page(connection, select(contact), LISTING, asked or Asked(sort="name"))
    times = response_times(connection, caller, {row["member"] for row in found.rows})
    return Page([{**row, "times": times.get(row["member"])} for row in found.rows], found.next)


def one(connection: Connection, caller: Caller, id: str) -> Mapping[str, Any]:
    """A contact, as in the list. Raises NotFoundError."""
    rows = listed(connection, caller, Asked(1, "name", None, {"id": id})).rows
    if not rows:
        raise NotFoundError(f"no contact {id}")
    return rows[0]


def _may(tx: Transaction, caller: Caller, of: str) -> None:
    require(caller, Role.ADMINISTRATOR, Role.ANALYST, scope=Scope.ADMIN)
    query = select(member.c.kind).where(member.c.id == of)
    kind = tx.connection.execute(query).scalar_one_or_none()
    if kind is None:
        raise NotFoundError(f"no member {of}")
    own = caller.member.id == of and Role.ADMINISTRATOR in caller.roles
    others = founds(caller) and Role.ANALYST in caller.roles and kind != MemberKind.GOVERNMENT
    if not own and not others:
        raise ForbiddenError(
            "contacts are changed by the member's administrator; of those that are no government, "
            "by a founding government's analyst too"
        )


def _of(tx: Transaction, caller: Caller, id: str) -> str:
    query = select(contact.c.member).where(contact.c.id == id)
    of = tx.connection.execute(query).scalar_one_or_none()
    if of is None:
        raise NotFoundError(f"no contact {id}")
    _may(tx, caller, of)
    return str(of)


def _row(said: Contact) -> dict[str, str]:
    codes = []
    for country in said.jurisdictions:
        if not (code := code_of(country)):
            raise UsageError(f"jurisdictions: {country!r} is none of ISO 3166")
        codes.append(code)
    return {
        "member": said.member,
        "name": typed("name", said.name),
        "role": typed("role", said.role),
        "channel": typed("channel", said.channel),
        "hours": typed("hours", said.hours),
        "languages": typed("languages", said.languages),
        "requirements": typed("requirements", said.requirements, _LONG)
        if said.requirements
        else "",
        "jurisdictions": " ".join(sorted(set(codes))),
    }


def _said(tx: Transaction, row: Mapping[str, str]) -> dict[str, str]:
    """What the log says: whom to call and where is about a person."""
    hidden = {name: commit_to(tx.connection, row[name]) for name in ("name", "channel")}
    return {**row, **hidden}
