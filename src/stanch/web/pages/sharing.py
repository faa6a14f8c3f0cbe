"""What the caller's member shares with whom and why, what a partner gets, and collections."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import partner_view, shares
from stanch.app.desk.words import MOST_ROWS, Asked
from stanch.app.taxii import collections
from stanch.app.taxii.words import AskedRows
from stanch.model.desk.marking import Pap
from stanch.model.desk.people import Role
from stanch.web.api.collections import Name
from stanch.web.bodies import Id
from stanch.web.caller import house_of
from stanch.web.pages.refused import NOTHING, Filled, Refused
from stanch.web.pages.rows import ROWS, members, onward
from stanch.web.pages.rows import asked as asked_of
from stanch.web.pages.visit import Form, Seen, Visit

ROUTER = APIRouter()
_TERMS: Final = ("pap", "reliability", "credibility", "confidence")
_ENDED: Final = 25  # of which the newest are shown
_SEEN: Final = 50  # objects of each collection that a partner gets
_ADMIRALTY: Final = {
    "reliability": [
        ("", "not said"), ("A", "A, completely reliable"), ("B", "B, usually reliable"),
        ("C", "C, fairly reliable"), ("D", "D, not usually reliable"), ("E", "E, unreliable"),
        ("F", "F, cannot be judged"),
    ],
    "credibility": [
        ("", "not said"), ("1", "1, confirmed by others"), ("2", "2, probably true"),
        ("3", "3, possibly true"), ("4", "4, doubtful"), ("5", "5, improbable"),
        ("6", "6, cannot be judged"),
    ],
}  # fmt: skip
# Where a row has a page of its own.
_PAGES: Final = {"case": "/cases/", "order": "/orders/", "incident": "/incidents/"}


@ROUTER.get("/sharing")
def listed(by: Seen) -> Response:
    """By collection and by member."""
    return page(by)


@ROUTER.post("/sharing")
def share(request: Request, sent: Form) -> Response:
    """Share a row into a collection."""
    form, by, house = sent.form, sent.visit, house_of(request)

    def do() -> str:
        terms = {name: form.one(name) for name in _TERMS}
        to = shares.Into(form.one("collection"), form.one("why"), terms)
        done = shares.share(by.desk, by.caller, form.one("row"), to, house.shelf.registry)
        return f"/sharing#{done['id']}"

    return _filled(by, "share", sent).take(do)


@ROUTER.post("/sharing/{share}/end")
def end(sent: Form, share: Id) -> Response:
    """Take back what a share brought."""
    form, by = sent.form, sent.visit

    def do() -> str:
        shares.end(by.desk, by.caller, share, form.one("reason"))
        return "/sharing#ended"

    return _filled(by, f"end-{share}", sent).take(do)


@ROUTER.get("/sharing/as/{member}")
def as_partner(request: Request, by: Seen, member: Id) -> Response:
    """What another member gets, as far as the caller sees it too: of each collection the first, or
    of one collection those that follow.
    """
    wanted = asked_of(request, ("collection",), "added")
    of = wanted.filters.get("collection", "")
    asked = partner_view.AskedView(_SEEN, of, wanted.after or "")
    found = partner_view.seen_as(by.desk, by.caller, member, asked)
    names = members(by)
    name = names.get(member, member)
    return by.page(
        "sharing_as", f"As {name}", path="/sharing/",
        collections=[
            {**each, "items": [_told(one) for one in each["items"]],
             "onward": _onward(member, each)}
            for each in found
        ],
        member=member, name=name, members=names, asked=wanted,
    )  # fmt: skip


@ROUTER.get("/sharing/collections/{collection}")
def collection(request: Request, by: Seen, collection: Name) -> Response:
    """A collection: who was let in, and what of it the caller sees."""
    wanted = asked_of(request, ("type",), "added")
    found = collections.one(by.desk, by.caller, collection)
    asked = AskedRows(wanted.filters.get("type"), limit=ROWS, after=wanted.after)
    items, next = (
        collections.objects(by.desk, by.caller, collection, asked) if found["reads"] else ([], None)
    )
    path = f"/sharing/collections/{collection}"
    return by.page(
        "sharing_collection", found["title"], path="/sharing/",
        of=found, items=items, next=onward(path, wanted, next), asked=wanted,
        grants=collections.grants(by.desk, by.caller, collection), members=members(by),
        owns=found["owner"] == by.caller.member.id,
    )  # fmt: skip


def page(by: Visit, refused: Refused = NOTHING) -> Response:
    """The page of what is shared, with its forms for who may share."""
    names, known = members(by), collections.listed(by.desk, by.caller)
    found = shares.listed(by.desk, by.caller, Asked(MOST_ROWS), active=True)
    every = shares.listed(by.desk, by.caller, Asked(MOST_ROWS)).rows
    own = by.caller.member.id
    return by.page(
        "sharing", refused.title("Sharing"),
        collections=[(each, _of(found.rows, each["id"])) for each in known], more=found.next,
        partners=[(id, name, _with(found.rows, id)) for id, name in names.items() if id != own],
        ended=[_linked(each) for each in every if each["ended"]][:_ENDED], members=names,
        titles={each["id"]: each["title"] for each in known},
        into=[(each["id"], each["title"]) for each in known if each["writes"]],
        paps=[("", "not said"), *((each.value, each.value) for each in Pap)], admiralty=_ADMIRALTY,
        may_share=by.may(Role.ANALYST, Role.ADMINISTRATOR), refused=refused, own=own,
    )  # fmt: skip


def _onward(member: str, of: Mapping[str, Any]) -> str | None:
    """The address of what follows in a collection."""
    wanted = Asked(ROWS, "added", filters={"collection": of["collection"]})
    return onward(f"/sharing/as/{member}", wanted, of["next"])


def _filled(by: Visit, form: str, sent: Any) -> Filled:
    return Filled(form, sent.form, lambda refused: page(by, refused))


def _of(rows: Sequence[Mapping[str, Any]], collection: str) -> list[Mapping[str, Any]]:
    return [_linked(each) for each in rows if each["collection"] == collection]


def _with(rows: Sequence[Mapping[str, Any]], member: str) -> int:
    """How many shares let a member have what they bring."""
    return sum(each["to"] is None or member in each["to"] for each in rows)


def _linked(row: Mapping[str, Any]) -> dict[str, Any]:
    """A share with the page of its row, where it has one."""
    page = _PAGES.get(row["kind"])
    return {**row, "page": f"{page}{row['row']}" if page else ""}


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    """An object in a line, and as it goes out."""
    line = next((data[name] for name in _LINES if isinstance(data.get(name), str)), "")
    return {"id": data["id"], "type": data["type"], "line": line, "data": data,
            "modified": data.get("modified", "")}  # fmt: skip


_LINES: Final = ("name", "abstract", "explanation", "description", "value", "relationship_type")
