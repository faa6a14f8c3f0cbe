"""Bodies and their meetings: what they aim at, what was decided, and what is open."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from stanch.app.desk import bodies, meetings
from stanch.app.desk import pack as packs
from stanch.app.desk.words import MOST_ROWS, Asked
from stanch.app.registry.pack_write import as_html
from stanch.errors import UsageError
from stanch.web.bodies import Id
from stanch.web.caller import house_of
from stanch.web.pages.rows import asked, members, onward
from stanch.web.pages.visit import Seen

ROUTER = APIRouter()
LANGUAGES: Final = ("en", "ko", "ja")
# A whole document with its own style, without script; its links lead within it.
_DOCUMENT: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@ROUTER.get("/bodies")
def listed(request: Request, by: Seen) -> Response:
    """Bodies in which the caller's member has, or had, a seat."""
    wanted = asked(request, (), "name")
    found = bodies.listed(by.desk, by.caller, wanted)
    return by.page(
        "bodies", "Bodies",
        rows=found.rows, next=onward("/bodies", wanted, found.next), members=members(by),
    )  # fmt: skip


@ROUTER.get("/bodies/{body}")
def one(request: Request, by: Seen, body: Id) -> Response:
    """A body: its meetings, targets and seats."""
    wanted = asked(request, (), "-at")
    row = bodies.one(by.desk, by.caller, body)
    found = meetings.listed(by.desk, by.caller, body, wanted)
    sitting = bodies.listed_seats(by.desk, by.caller, body, Asked(MOST_ROWS, "since"))
    targets = bodies.listed_targets(by.desk, by.caller, body, Asked(MOST_ROWS, "due"))
    return by.page(
        "body", row["name"],
        row=row, meetings=found.rows, next=onward(f"/bodies/{body}", wanted, found.next),
        seats=sitting.rows, targets=targets.rows, members=members(by),
    )  # fmt: skip


@ROUTER.get("/meetings/{meeting}")
def meeting(by: Seen, meeting: Id) -> Response:
    """A meeting, which opens with the actions of those before that are open."""
    row = meetings.one(by.desk, by.caller, meeting)
    of = bodies.one(by.desk, by.caller, row["body"])
    title = f"{of['name']}, meeting {row['number']}"
    return by.page("meeting", title, row=row, body=of, members=members(by))


@ROUTER.get("/meetings/{meeting}/invitation")
def invitation(by: Seen, meeting: Id) -> Response:
    """The invitation as a file for calendars: agencies by name, and no person."""
    content = meetings.invite(by.desk, by.caller, meeting, {})
    headers = {"Content-Disposition": f'attachment; filename="{meeting}.ics"'}
    return Response(content, media_type="text/calendar", headers=headers)


@ROUTER.get("/meetings/{meeting}/pack")
def pack(
    request: Request, by: Seen, meeting: Id, lang: Annotated[str, Query(max_length=8)] = "en"
) -> Response:
    """The pack of a meeting, as it would be sent to this reader. Raises UsageError for a language
    that there is none in.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"lang: is none of {', '.join(LANGUAGES)}")
    found = packs.of_meeting(by.desk, by.caller, meeting, house_of(request).config.registry)
    headers = {"Content-Security-Policy": _DOCUMENT}
    return Response(as_html(found, lang), media_type="text/html", headers=headers)
