"""Contacts: who answers at each member, how, at what hours, and how fast so far."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import people
from stanch.app.desk.words import Asked, Contact
from stanch.web.bodies import AnId, Body, Id, Named, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["contacts"])
_CONTACTS = asked_of("contacts", "name")

_SAID = {
    "member": "mem-korea",
    "name": "Night desk",
    "role": "compliance",
    "channel": "+82 2 0000 0000",
    "hours": "24/7",
    "languages": "ko en",
    "requirements": "a court's paper within 72 hours",
}
_CONTACT = {
    "id": "con-0123456789abcdef",
    **_SAID,
    "jurisdictions": "KR",
    "changed": "2026-11-26T12:00:00.000000Z",
    "times": None,
}


class ContactBody(Body):
    """Who answers. `hours` in words and with a time zone; jurisdictions are codes of ISO 3166."""

    member: AnId
    name: Named
    role: Named
    channel: Named
    hours: Named
    languages: Named
    requirements: Annotated[str, Field(max_length=2000)] = ""
    jurisdictions: list[Named] = Field(default=[], max_length=250)

    model_config = example({**_SAID, "jurisdictions": ["KR"]})

    def said(self) -> Contact:
        """As use cases have it."""
        fields = self.model_dump(exclude={"jurisdictions"})
        return Contact(**fields, jurisdictions=tuple(self.jurisdictions))


@ROUTER.get("/contacts", responses=page_of(_CONTACT))
def listed(desk: At, caller: Who, asked: Asked = _CONTACTS) -> dict[str, Any]:
    """Contacts of all members."""
    return rows(people.listed_contacts(desk, caller, asked))


@ROUTER.post("/contacts", status_code=201, responses=gives({"id": "con-0123456789abcdef"}, 201))
def add(desk: At, caller: Who, body: ContactBody) -> dict[str, str]:
    """Add a contact."""
    return {"id": people.add_contact(desk, caller, body.said())}


@ROUTER.get("/contacts/{contact}", responses=gives(_CONTACT))
def one(desk: At, caller: Who, contact: Id) -> dict[str, Any]:
    """A contact."""
    return people.contact(desk, caller, contact)


@ROUTER.put("/contacts/{contact}", status_code=204)
def change(desk: At, caller: Who, contact: Id, body: ContactBody) -> Response:
    """Say a contact anew; it stays with its member."""
    people.change_contact(desk, caller, contact, body.said())
    return Response(status_code=204)


@ROUTER.delete("/contacts/{contact}", status_code=204)
def remove(desk: At, caller: Who, contact: Id) -> Response:
    """Take a contact away."""
    people.remove_contact(desk, caller, contact)
    return Response(status_code=204)
