"""A case: what lies in it by kind, judgements side by side, its latest trace, others at work."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from stanch.app.desk import cases, hops, orders
from stanch.app.desk.words import JUDGES, MOST_ROWS, Asked, Confidence, NewItem, NewJudgement
from stanch.errors import UsageError
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import MemberKind, Role
from stanch.model.registry.words import Stance
from stanch.web.bodies import Id
from stanch.web.pages.cases import shared
from stanch.web.pages.hop_picture import drawn
from stanch.web.pages.rows import members, others
from stanch.web.pages.visit import Form, Seen, Visit, go

ROUTER = APIRouter()
KINDS: Final = ("incident", "trace", "account", "tag", "sighting", "file", "note")
_ALL: Final = Asked(MOST_ROWS)


@ROUTER.get("/cases/{case}")
def one(by: Seen, case: Id) -> Response:
    """The case's page."""
    found = cases.one(by.desk, by.caller, case)
    items = cases.listed_items(by.desk, by.caller, case, _ALL)
    judged = cases.listed_judgements(by.desk, by.caller, case, _ALL)
    trace = _trace(by, case)
    works = found["state"] == "open" and by.may(Role.ANALYST)
    government = by.caller.member.kind == MemberKind.GOVERNMENT
    return by.page(
        "case", found["title"],
        case=found, kinds=_by_kind(items.rows), more=items.next is not None,
        judgements=judged.rows, more_judgements=judged.next is not None,
        orders=orders.listed(by.desk, by.caller, Asked(MOST_ROWS, filters={"case": case})).rows,
        overlaps=_overlaps(by, items.rows), trace=trace,
        picture=drawn(trace["hops"]) if trace else None,
        members=members(by), others=others(by), markings=list(Marking),
        confidences=list(Confidence), stances=list(Stance), may_add=works,
        may_judge=works and by.caller.member.kind in JUDGES,
        judge=by.caller.member.country if government else by.caller.member.name,
        may_close=works and found["owner"] == by.caller.member.id,
    )  # fmt: skip


@ROUTER.post("/cases/{case}/notes")
def note(sent: Form, case: Id) -> Response:
    """Add a note."""
    return _added(sent, case, "note", {"text": sent.form.one("text")})


@ROUTER.post("/cases/{case}/accounts")
def account(sent: Form, case: Id) -> Response:
    """Add an account that the caller's member works on."""
    return _added(sent, case, "account", {"account": sent.form.one("account")})


@ROUTER.post("/cases/{case}/sightings")
def sighting(sent: Form, case: Id) -> Response:
    """Say that the caller's member saw an account which a list names."""
    said = {name: sent.form.one(name) for name in ("account", "first", "last", "listed", "text")}
    count = sent.form.one("count") or "1"
    if not (count.isascii() and count.isdigit()):
        raise UsageError("count: is a number from 1 on")
    body = {name: text for name, text in said.items() if text} | {"count": int(count[:12])}
    return _added(sent, case, "sighting", body)


@ROUTER.post("/cases/{case}/judgements")
def judge(sent: Form, case: Id) -> Response:
    """Add the judgement of the caller's country, or of a researcher."""
    form, by = sent.form, sent.visit
    new = NewJudgement(
        case, form.one("actor"), form.one("confidence"), form.lines("sources"), shared(form),
        form.one("stance") or Stance.ATTRIBUTES,
    )  # fmt: skip
    cases.judge(by.desk, by.caller, new)
    return go(f"/cases/{case}#judgements")


@ROUTER.post("/cases/{case}/close")
def close(sent: Form, case: Id) -> Response:
    """Close the case, for good."""
    cases.close(sent.visit.desk, sent.visit.caller, case, sent.form.one("reason"))
    return go(f"/cases/{case}")


def _added(sent: Form, case: str, kind: str, body: Mapping[str, Any]) -> Response:
    by = sent.visit
    cases.add_item(by.desk, by.caller, NewItem(case, kind, body, shared(sent.form)))
    return go(f"/cases/{case}#{kind}")


def _by_kind(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    return {kind: [row for row in rows if row["kind"] == kind] for kind in KINDS}


def _overlaps(by: Visit, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What other members have on the accounts of this case that the caller's own works on."""
    own = by.caller.member.id
    here = {row["account"] for row in items if row["account"] and row["owner"] == own}
    if not here:
        return []
    return [row for row in cases.overlaps(by.desk, by.caller, _ALL).rows if row["account"] in here]


def _trace(by: Visit, case: str) -> dict[str, Any] | None:
    """The newest trace of the case that the caller may see, and the accounts it went through."""
    newest = Asked(1, filters={"kind": "trace"})
    rows = cases.listed_items(by.desk, by.caller, case, newest).rows
    if not rows:
        return None
    return {"item": rows[0], "hops": hops.of_trace(by.desk, by.caller, rows[0]["id"])}
