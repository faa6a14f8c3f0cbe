"""Members of the desk, and the people in one's own."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import people
from stanch.app.desk.words import Asked, NewMember, NewPerson
from stanch.model.desk.people import MemberKind, Role
from stanch.web.bodies import AnId, Body, Id, Named, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["members"])
_MEMBERS = asked_of("members")
_PEOPLE = asked_of("people")
Roles = Annotated[list[Annotated[Role, Field(strict=False)]], Field(min_length=1, max_length=5)]

_MEMBER = {
    "id": "mem-0123",
    "name": "Upbeat",
    "kind": "exchange",
    "country": "KR",
    "founding": False,
    "key": "",
}
_PERSON = {
    "id": "per-0123456789abcdef",
    "member": "mem-korea",
    "name": "Kim Jiho",
    "roles": "analyst approver",
    "active": True,
    "created": "2026-11-26T12:00:00.000000Z",
}
_LINK = {"link": "stl_once-and-for-24-hours"}


class MemberBody(Body):
    """A new member."""

    name: Named
    kind: Annotated[MemberKind, Field(strict=False)]
    country: Named
    founding: bool = False
    id: AnId | None = None

    model_config = example({"name": "Coin One", "kind": "exchange", "country": "KR"})


class PersonBody(Body):
    """A new person of the caller's own member."""

    name: Named
    roles: Roles
    email: Named | None = None

    model_config = example({"name": "Kim Jiho", "roles": ["analyst", "approver"]})


class FirstBody(Body):
    """The first administrator of a member that has nobody."""

    name: Named
    email: Named | None = None

    model_config = example({"name": "Song Mina"})


class RolesBody(Body):
    """What a person is from now on."""

    roles: Roles

    model_config = example({"roles": ["analyst"]})


@ROUTER.get("/members", responses=page_of(_MEMBER))
def listed(desk: At, caller: Who, asked: Asked = _MEMBERS) -> dict[str, Any]:
    """All members of the desk."""
    return rows(people.members(desk, caller, asked))


@ROUTER.post("/members", status_code=201, responses=gives(_MEMBER, 201))
def add(desk: At, caller: Who, body: MemberBody) -> dict[str, Any]:
    """Add a member: for an administrator of a founding government."""
    new = NewMember(body.name, body.kind, body.country, body.founding, body.id)
    return asdict(people.add_member(desk, caller, new))


@ROUTER.get("/members/{member}", responses=gives(_MEMBER))
def one(desk: At, caller: Who, member: Id) -> dict[str, Any]:
    """A member."""
    return asdict(people.member(desk, caller, member))


@ROUTER.post("/members/{member}/first", status_code=201, responses=gives(_LINK, 201))
def first(desk: At, caller: Who, member: Id, body: FirstBody) -> dict[str, str]:
    """Give a new member its first administrator; gives the token of their one-time link."""
    new = NewPerson(body.name, [Role.ADMINISTRATOR], body.email)
    return {"link": people.add_first_person(desk, caller, member, new)}


@ROUTER.get("/people", responses=page_of(_PERSON))
def listed_people(desk: At, caller: Who, asked: Asked = _PEOPLE) -> dict[str, Any]:
    """People of the caller's own member."""
    return rows(people.listed(desk, caller, asked))


@ROUTER.post("/people", status_code=201, responses=gives({"id": "per-0123456789abcdef"}, 201))
def add_person(desk: At, caller: Who, body: PersonBody) -> dict[str, str]:
    """Add a person to the caller's own member."""
    new = NewPerson(body.name, list(body.roles), body.email)
    return {"id": people.add(desk, caller, new)}


@ROUTER.get("/people/{person}", responses=gives(_PERSON))
def one_person(desk: At, caller: Who, person: Id) -> dict[str, Any]:
    """A person of the caller's own member."""
    return people.one(desk, caller, person)


@ROUTER.put("/people/{person}/roles", status_code=204)
def change_roles(desk: At, caller: Who, person: Id, body: RolesBody) -> Response:
    """Give a person other roles, from now on."""
    people.change_roles(desk, caller, person, list(body.roles))
    return Response(status_code=204)


@ROUTER.post("/people/{person}/link", status_code=201, responses=gives(_LINK, 201))
def link(desk: At, caller: Who, person: Id) -> dict[str, str]:
    """The token of a new one-time link for a person; those before end."""
    return {"link": people.make_link(desk, caller, person)}


@ROUTER.delete("/people/{person}", status_code=204)
def deactivate(desk: At, caller: Who, person: Id) -> Response:
    """Let a person go: their sessions, links and keys end now."""
    people.deactivate(desk, caller, person)
    return Response(status_code=204)
