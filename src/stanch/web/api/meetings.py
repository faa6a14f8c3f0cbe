"""Meetings of bodies: called, moved, cancelled; agenda, papers, decisions, actions, invitations."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import meetings, paper_files
from stanch.app.desk.words import ActionState, Asked, NewAction, NewMeeting, NewPaper, Topic
from stanch.web.api.bodies import ATopic, Day, Time
from stanch.web.bodies import AnId, Body, Id, Marked, Named, Said, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["bodies"])
_MEETINGS = asked_of("meetings", "at")
_CALENDAR = "text/calendar"

_AT = "2026-11-26T12:00:00.000000Z"
_MEETING = {
    "id": "meet-0123456789abcdef",
    "body": "body-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "number": 1,
    "at": "2027-01-12T01:00:00.000000Z",
    "slot": "2027-01-12T01:00:00.000000Z",
    "local": "2027-01-12T10:00+09:00",
    "minutes": 180,
    "zone": "Asia/Seoul",
    "place": "Seoul",
    "state": "called",
    "sequence": 0,
    "changed": _AT,
    "created": _AT,
}
_ITEM = {
    "id": "agenda-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "place": 1,
    "created": _AT,
    "topic": "review",
    "title": "Review of progress",
}
_WHOLE = {**_MEETING, "open": [], "agenda": [_ITEM], "papers": [], "decisions": [], "actions": []}

Text = Annotated[str, Field(min_length=1, max_length=20_000)]


class MeetingBody(Marked):
    """The next meeting: where, and when (`at`) if not by the schedule."""

    place: Named
    at: Time | None = None

    model_config = example({"place": "Seoul", "marking": "TLP:AMBER", "release": []})


class MoveBody(Body):
    """Another time, another place, or both."""

    at: Time | None = None
    place: Named | None = None

    model_config = example({"at": "2027-01-19T01:00:00Z", "place": "Tokyo"})


class CancelBody(Body):
    """Why a meeting does not take place."""

    reason: Said

    model_config = example({"reason": "No quorum."})


class AgendaBody(Marked):
    """One more item of an agenda."""

    topic: ATopic
    title: Named

    model_config = example({"topic": "threats", "title": "Threat assessment"})


class PaperBody(Marked):
    """A paper: a text, or a file of evidence by the id of its item in a case of the caller's."""

    title: Named
    text: Text | None = None
    file: AnId | None = None
    topic: ATopic = Topic.OTHER

    model_config = example(
        {
            "title": "Thefts since October",
            "text": "Three, of which one large.",
            "topic": "threats",
        }
    )


class DecisionBody(Marked):
    """What a meeting decided."""

    text: Text

    model_config = example({"text": "Exchanges are asked for one contact each."})


class ActionBody(Marked):
    """Which member is to do what, by which day."""

    by: AnId
    what: Said
    due: Day

    model_config = example({"by": "mem-korea", "what": "Ask the exchanges", "due": "2027-03-31"})


class EndingBody(Body):
    """That an action is done, or dropped and why."""

    state: Annotated[ActionState, Field(strict=False)]
    reason: Said | None = None

    model_config = example({"state": "dropped", "reason": "Another body has it."})


class InvitationBody(Body):
    """E-mail addresses by members' ids: written into the file, kept nowhere."""

    addresses: Annotated[dict[AnId, Annotated[str, Field(max_length=254)]], Field(max_length=200)]

    model_config = example({"addresses": {}})


@ROUTER.get("/bodies/{body}/meetings", responses=page_of(_MEETING))
def listed(desk: At, caller: Who, body: Id, asked: Asked = _MEETINGS) -> dict[str, Any]:
    """Meetings of a body at whose time the caller's member had a seat."""
    return rows(meetings.listed(desk, caller, body, asked))


@ROUTER.post(
    "/bodies/{body}/meetings", status_code=201, responses=gives({"id": _MEETING["id"]}, 201)
)
def call(desk: At, caller: Who, body: Id, said: MeetingBody) -> dict[str, str]:
    """Call the next meeting, by the schedule of the body and with the agenda of such meetings."""
    return {"id": meetings.call(desk, caller, body, NewMeeting(said.place, said.shared(), said.at))}


@ROUTER.get("/meetings/{meeting}", responses=gives(_WHOLE))
def one(desk: At, caller: Who, meeting: Id) -> dict[str, Any]:
    """A meeting with what the caller may see of it; it opens with the open actions before it."""
    return meetings.one(desk, caller, meeting)


@ROUTER.post("/meetings/{meeting}/move", status_code=204)
def move(desk: At, caller: Who, meeting: Id, said: MoveBody) -> Response:
    """Give a meeting another time or place; the sequence of its invitation counts up."""
    meetings.move(desk, caller, meeting, said.at, said.place)
    return Response(status_code=204)


@ROUTER.post("/meetings/{meeting}/cancel", status_code=204)
def cancel(desk: At, caller: Who, meeting: Id, said: CancelBody) -> Response:
    """Cancel a meeting."""
    meetings.cancel(desk, caller, meeting, said.reason)
    return Response(status_code=204)


@ROUTER.post(
    "/meetings/{meeting}/agenda", status_code=201, responses=gives({"id": _ITEM["id"]}, 201)
)
def add_to_agenda(desk: At, caller: Who, meeting: Id, said: AgendaBody) -> dict[str, str]:
    """Put one more item on the agenda."""
    item = (said.topic, said.title)
    return {"id": meetings.add_to_agenda(desk, caller, meeting, item, said.shared())}


@ROUTER.post(
    "/meetings/{meeting}/papers",
    status_code=201,
    responses=gives({"id": "paper-0123456789abcdef"}, 201),
)
def lay(desk: At, caller: Who, meeting: Id, said: PaperBody) -> dict[str, str]:
    """Lay a paper before a meeting, with a marking and a release list of its own."""
    new = NewPaper(said.title, said.shared(), said.text, said.file, said.topic)
    return {"id": meetings.lay(desk, caller, meeting, new)}


@ROUTER.get("/papers/{paper}/file", responses=gives("", media="application/octet-stream"))
def read_file(desk: At, caller: Who, paper: Id) -> Response:
    """The bytes of a paper's file: to be saved, never to be shown as a page. A designation file
    with something in it that is narrower than the paper is for its owner alone.
    """
    name, content = paper_files.handed_out(desk, caller, paper)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


@ROUTER.post(
    "/meetings/{meeting}/decisions",
    status_code=201,
    responses=gives({"id": "decision-0123456789abcdef"}, 201),
)
def decide(desk: At, caller: Who, meeting: Id, said: DecisionBody) -> dict[str, str]:
    """Note a decision of a meeting."""
    return {"id": meetings.decide(desk, caller, meeting, said.text, said.shared())}


@ROUTER.post(
    "/meetings/{meeting}/actions",
    status_code=201,
    responses=gives({"id": "act-0123456789abcdef"}, 201),
)
def give(desk: At, caller: Who, meeting: Id, said: ActionBody) -> dict[str, str]:
    """Note an action: the next meetings open with it until it ends."""
    new = NewAction(said.by, said.what, said.due, said.shared())
    return {"id": meetings.give(desk, caller, meeting, new)}


@ROUTER.post("/actions/{action}/end", status_code=204)
def end_action(desk: At, caller: Who, action: Id, said: EndingBody) -> Response:
    """Say that an action is done, or dropped and why."""
    meetings.end_action(desk, caller, action, said.state, said.reason)
    return Response(status_code=204)


@ROUTER.post("/meetings/{meeting}/invitation", responses=gives("", media=_CALENDAR))
def invite(desk: At, caller: Who, meeting: Id, said: InvitationBody) -> Response:
    """The invitation as a calendar file: agencies by name, people only where addresses are given.
    Of a meeting that is cancelled it cancels.
    """
    content = meetings.invite(desk, caller, meeting, said.addresses)
    headers = {"Content-Disposition": f'attachment; filename="{meeting}.ics"'}
    return Response(content, media_type=_CALENDAR, headers=headers)
