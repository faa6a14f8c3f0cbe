"""Rows of the store as words of the model: a member, and who asks."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, select

from stanch.model.desk.people import Caller, Member, MemberKind, Role
from stanch.store.desk.tables import member, person


def as_member(row: Row[Any]) -> Member:
    """A member from a row of `member`."""
    kind = MemberKind(row.kind)
    return Member(row.id, row.name, kind, row.country, bool(row.founding), row.key or "")


def active_people() -> Select[Any]:
    """Who may ask at all: people who are active, with their roles as they are now."""
    columns = [column.label(f"of_{column.name}") for column in member.c]
    joined = person.join(member, person.c.member == member.c.id)
    return (
        select(person.c.id.label("who"), person.c.roles, *columns)
        .select_from(joined)
        .where(person.c.active)
    )


def as_caller(row: Row[Any], scopes: Iterable[str] = ("*",)) -> Caller:
    """A caller from a row of `active_people`."""
    of = Member(
        id=row.of_id,
        name=row.of_name,
        kind=MemberKind(row.of_kind),
        country=row.of_country,
        founding=bool(row.of_founding),
        key=row.of_key or "",
    )
    return Caller(row.who, of, frozenset(map(Role, row.roles.split())), frozenset(scopes))
