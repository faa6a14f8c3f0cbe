"""A proposed designation before a meeting: each subject with its reasons and what lists elsewhere
say, and the same as data.
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import bodies, designations
from stanch.app.desk.designations import Asked, Form
from stanch.errors import NotFoundError
from stanch.web.bodies import Id
from stanch.web.caller import house_of
from stanch.web.pages.meetings import DOCUMENT
from stanch.web.pages.rows import members
from stanch.web.pages.visit import Seen

ROUTER = APIRouter()
_MEDIA: Final = {
    Form.FTM: ("application/x-ndjson", "ftm.jsonl"),
    Form.STIX: ("application/stix+json;version=2.1", "stix.json"),
}


@ROUTER.get("/meetings/{meeting}/designations/{paper}")
def one(request: Request, by: Seen, meeting: Id, paper: Id) -> Response:
    """The page of a proposal, of the copy for the paper's own marking."""
    asked = _asked(request, meeting, paper)
    found = designations.one(by.desk, by.caller, asked)
    of = bodies.one(by.desk, by.caller, found.meeting["body"])
    return by.page(
        "designation", found.paper["title"], path="/bodies/",
        row=found.meeting, body=of, paper=found.paper, why=found.why, members=members(by),
        shown=None if found.copy is None else designations.view(found, asked),
    )  # fmt: skip


@ROUTER.get("/meetings/{meeting}/designations/{paper}/{form}")
def export(request: Request, by: Seen, meeting: Id, paper: Id, form: str) -> Response:
    """The same as FollowTheMoney or STIX, to be saved; or as the document to print."""
    if form not in list(Form):
        raise NotFoundError(f"no form {form[:80]}; there are: {', '.join(Form)}")
    data = designations.export(by.desk, by.caller, _asked(request, meeting, paper), Form(form))
    if form == Form.HTML:
        return Response(data, media_type="text/html", headers={"Content-Security-Policy": DOCUMENT})
    media, ending = _MEDIA[Form(form)]
    headers = {"Content-Disposition": f'attachment; filename="{paper}.{ending}"'}
    return Response(data, media_type=media, headers=headers)


def _asked(request: Request, meeting: str, paper: str) -> Asked:
    house = house_of(request)
    incidents = house.shelf.registry().incidents
    return Asked(meeting, paper, incidents, house.config.lists)
