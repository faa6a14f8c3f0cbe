"""Members, the people in them, their contacts and keys: each use case one transaction."""

from collections.abc import Sequence
from typing import Any

from stanch.app.desk.desk import Desk
from stanch.members import contacts, organisations, people
from stanch.members.access import api_keys, links
from stanch.members.access.api_keys import MadeKey, NewKey
from stanch.members.contacts import Contact
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.people import Caller, Member
from stanch.store.desk.page import Asked, Page


def members(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """All members of the desk."""
    with desk.database.read() as connection:
        return organisations.listed(connection, caller, asked)


def member(desk: Desk, caller: Caller, id: str) -> Member:
    """A member. Raises NotFoundError."""
    with desk.database.read() as connection:
        return organisations.one(connection, caller, id)


def add_member(desk: Desk, caller: Caller, new: NewMember) -> Member:
    """Add a member. Raises ForbiddenError, UsageError, RefusedError."""
    with desk.database.write() as tx:
        return organisations.add(tx, caller, new)


def add_first_person(desk: Desk, caller: Caller, member: str, new: NewPerson) -> str:
    """A new member's first administrator; returns the token of their one-time link."""
    with desk.database.write() as tx:
        return people.add_first(tx, caller, member, new)


def listed(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """People of the caller's own member."""
    with desk.database.read() as connection:
        return people.listed(connection, caller, asked)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A person of the caller's own member. Raises NotFoundError."""
    with desk.database.read() as connection:
        return people.one(connection, caller, id)


def add(desk: Desk, caller: Caller, new: NewPerson) -> str:
    """Add a person to the caller's member; returns the id."""
    with desk.database.write() as tx:
        return people.add(tx, caller, new)


def change_roles(desk: Desk, caller: Caller, id: str, roles: Sequence[str]) -> None:
    """Give a person other roles. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        people.change_roles(tx, caller, id, roles)


def deactivate(desk: Desk, caller: Caller, id: str) -> None:
    """Let a person go. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        people.deactivate(tx, caller, id)


def make_link(desk: Desk, caller: Caller, id: str) -> str:
    """The token of a one-time link for a person. Raises NotFoundError."""
    with desk.database.write() as tx:
        return links.make(tx, caller, id)


def keys(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """API keys, without what they are."""
    with desk.database.read() as connection:
        return api_keys.listed(connection, caller, asked)


def make_key(desk: Desk, caller: Caller, new: NewKey) -> MadeKey:
    """A new API key, whose token is told this once."""
    with desk.database.write() as tx:
        return api_keys.make(tx, caller, new)


def revoke_key(desk: Desk, caller: Caller, id: str) -> None:
    """End an API key. Raises NotFoundError."""
    with desk.database.write() as tx:
        api_keys.revoke(tx, caller, id)


def listed_contacts(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Contacts of all members."""
    with desk.database.read() as connection:
        return contacts.listed(connection, caller, asked)


def contact(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A contact. Raises NotFoundError."""
    with desk.database.read() as connection:
        return dict(contacts.one(connection, caller, id))


def add_contact(desk: Desk, caller: Caller, new: Contact) -> str:
    """Add a contact; returns the id."""
    with desk.database.write() as tx:
        return contacts.add(tx, caller, new)


def change_contact(desk: Desk, caller: Caller, id: str, to: Contact) -> None:
    """Say a contact anew. Raises NotFoundError."""
    with desk.database.write() as tx:
        contacts.change(tx, caller, id, to)


def remove_contact(desk: Desk, caller: Caller, id: str) -> None:
    """Take a contact away. Raises NotFoundError."""
    with desk.database.write() as tx:
        contacts.remove(tx, caller, id)
