"""A meeting: it opens with what is open; its agenda, papers, decisions, actions, and its pack."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from stanch.app.desk import bodies, cases, meetings, paper_files
from stanch.app.desk import pack as packs
from stanch.app.desk.words import SeatRole, Topic
from stanch.app.registry.pack_write import as_preview
from stanch.errors import UsageError
from stanch.model.desk.marking import Marking
from stanch.reports.pack.preview import Looked
from stanch.web.bodies import Id
from stanch.web.caller import house_of
from stanch.web.pages.bodies import others, seats, writes
from stanch.web.pages.refused import NOTHING, Refused
from stanch.web.pages.rows import members, place
from stanch.web.pages.visit import Seen, Visit

ROUTER = APIRouter()
LANGUAGES: Final = (("en", "English"), ("ko", "한국어"), ("ja", "日本語"))
# A document with its own style, without script and forms. Its links lead to its other pages and to
# the whole, as this desk's own: else a browser would not send the session along.
DOCUMENT: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "
    "sandbox allow-same-origin allow-downloads"
)
_FILES: Final = 200  # of one's own that a form offers; another is laid by its id
_TOPICS: Final = {
    Topic.REVIEW: "review of progress",
    Topic.THREATS: "threat assessment",
    Topic.JURISDICTIONS: "jurisdictions",
    Topic.INDUSTRY: "industry",
    Topic.SANCTIONS: "sanctions",
    Topic.CAPACITY: "capacity building",
    Topic.PRESS: "text for the press",
    Topic.NEXT: "next date",
    Topic.OTHER: "something else",
}


@ROUTER.get("/meetings/{meeting}")
def one(by: Seen, meeting: Id) -> Response:
    """A meeting, which opens with the actions of those before that are open."""
    return page(by, meeting)


def page(by: Visit, meeting: str, refused: Refused = NOTHING) -> Response:
    """The page of a meeting, with forms for who may write. Raises NotFoundError, and ForbiddenError
    for a form that who may not write sent.
    """
    row = meetings.one(by.desk, by.caller, meeting)
    of = bodies.one(by.desk, by.caller, row["body"])
    may_write = writes(by, row["body"], refused)
    title, names = f"{of['name']}, meeting {row['number']}", members(by)
    return by.page(
        "meeting", refused.title(title), path="/bodies/",
        row=row, body=of, members=names, heading=title, languages=LANGUAGES, refused=refused,
        topics=_TOPICS, files_of=paper_files.standings(by.desk, by.caller, row["papers"]),
        may_write=may_write, takes_place=row["state"] == "called",
        **(_forms(by, row, names) if may_write else {}),
    )  # fmt: skip


def _forms(by: Visit, row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What the forms of a co-chair offer to choose from."""
    sitting, now = seats(by, row["body"]), by.desk.database.now()
    return {
        "markings": list(Marking),
        "seated": others(by, sitting, names),
        "files": [("", "no file: the text above"), *_files(by)],
        "actors": _actors(sitting, now, names),
        "ending_actions": [
            (each["id"], f"{each['what'][:100]} ({names.get(each['by'], each['by'])})")
            for each in (*row["open"], *row["actions"])
            if each["state"] == "open"
        ],
        "invited": _invited(sitting, row["at"], names),
    }


def _files(by: Visit) -> list[tuple[str, str]]:
    found = cases.own_files(by.desk, by.caller, _FILES)
    return [(each["id"], f"{each['name']}, of {each['case']}") for each in found]


def _actors(
    sitting: Sequence[Mapping[str, Any]], now: str, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The members that something can be given to do: those with a seat but to observe."""
    ids = {
        each["member"]
        for each in sitting
        if each["role"] != SeatRole.OBSERVER and (each["until"] is None or each["until"] > now)
    }
    return sorted(((id, names.get(id, id)) for id in ids), key=lambda each: each[1])


def _invited(
    sitting: Sequence[Mapping[str, Any]], at: str, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The members that sit there at a time, each once, with their agencies."""
    found: dict[str, list[str]] = {}
    for each in sitting:
        if each["since"] <= at and (each["until"] is None or at < each["until"]):
            found.setdefault(each["member"], []).append(each["agency"])
    return [(id, f"{', '.join(of)} ({names.get(id, id)})") for id, of in found.items()]


@ROUTER.get("/meetings/{meeting}/invitation")
def invitation(by: Seen, meeting: Id) -> Response:
    """The invitation as a file for calendars: agencies by name, and no person."""
    return calendar(by, meeting, {})


def calendar(by: Visit, meeting: str, addresses: Mapping[str, str]) -> Response:
    """The invitation, with the e-mail addresses that are put in for members."""
    content = meetings.invite(by.desk, by.caller, meeting, addresses)
    headers = {"Content-Disposition": f'attachment; filename="{meeting}.ics"'}
    return Response(content, media_type="text/calendar", headers=headers)


def _part(
    of: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str, Query(max_length=20)] = "0",
) -> Looked:
    """Of which rows, and after how many of them."""
    return Looked(of, place(after))


@ROUTER.get("/meetings/{meeting}/pack")
def pack(
    request: Request,
    by: Seen,
    meeting: Id,
    part: Annotated[Looked, Depends(_part)],
    lang: Annotated[str, Query(max_length=8)] = "en",
) -> Response:
    """The pack of a meeting as it would be sent to this reader, its annex of incidents in pages.
    Raises UsageError for a language that there is none in, NotFoundError for rows that are not
    there.
    """
    if lang not in dict(LANGUAGES):
        raise UsageError(f"lang: is none of {', '.join(dict(LANGUAGES))}")
    found = packs.of_meeting_in(house_of(request).shelf.kept(), by.desk, by.caller, meeting)
    headers = {"Content-Security-Policy": DOCUMENT}
    whole = f"/v1/meetings/{meeting}/pack/page?lang={lang}"
    shown = as_preview(found, lang, replace(part, whole=whole))
    return Response(shown, media_type="text/html", headers=headers)
