"""Personas: what was handed in, the queue, one cluster, and the decision on it.

What the pages say of a cluster is a question. The forms ask for a verdict and why, and offer none.
"""

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from stanch.app.desk import persona_picture, personas
from stanch.app.desk.words import Asked, SaidOf
from stanch.errors import InputError, UsageError
from stanch.i18n.personas import evidence
from stanch.model.desk.people import Role
from stanch.model.desk.persona_review import DECIDED, State, Verdict
from stanch.web.bodies import Id
from stanch.web.pages.refused import NOTHING, Filled, Refused
from stanch.web.pages.rows import ROWS, asked, onward
from stanch.web.pages.uploads import Upload
from stanch.web.pages.visit import Form, Seen, Visit, go

ROUTER = APIRouter()
_FILTERS: Final = ("state", "level", "result", "farm")
_LINKS: Final = 100  # that the page lists; the API has all that the desk keeps
_OPEN: Final = (State.QUEUED, State.READ, State.AGREED, State.DIFFER)
VERDICTS: Final = {
    Verdict.SAME: "same: the records are of one {level}",
    Verdict.DIFFERENT: "different: they are not",
    Verdict.UNCLEAR: "unclear: nobody can tell from this",
}


ROLES: Final = {
    "payee": "wallet of theirs",
    "collector": "pay of several meets here",
    "way": "on the way there",
    "exposed": "on a sanctions list",
}


@ROUTER.get("/personas")
def queue(request: Request, by: Seen) -> Response:
    """The queue, the first by priority first."""
    wanted = asked(request, _FILTERS, "-rank")
    found = personas.listed(by.desk, by.caller, wanted)
    return by.page(
        "personas", "Personas",
        rows=found.rows, next=onward("/personas", wanted, found.next), asked=wanted,
        counts=personas.counted(by.desk, by.caller), states=list(State), bits=persona_picture.bits,
    )  # fmt: skip


@ROUTER.get("/personas/intake")
def intake(request: Request, by: Seen) -> Response:
    """The results that were handed in, and the form for the next one."""
    return _intake(by, asked(request, ()))


@ROUTER.post("/personas/intake")
async def submit(sent: Upload) -> Response:
    """Take a result in, as the files that were written."""
    return await run_in_threadpool(_submitted, sent)


@ROUTER.get("/personas/{cluster}")
def one(by: Seen, cluster: Id) -> Response:
    """A cluster: who is tied to whom by what, and what its readers hold."""
    return _page(by, "persona", cluster)


@ROUTER.get("/personas/{cluster}/picture.svg")
def picture(by: Seen, cluster: Id) -> Response:
    """The picture of a cluster, alone."""
    return _drawn(persona_picture.picture(by.desk, by.caller, cluster))


@ROUTER.get("/personas/{cluster}/narrow.svg")
def narrow(by: Seen, cluster: Id) -> Response:
    """The same for a telephone: records and what ties them."""
    return _drawn(persona_picture.picture(by.desk, by.caller, cluster, narrow=True))


@ROUTER.post("/personas/{cluster}/readings")
def read(sent: Form, cluster: Id) -> Response:
    """Take what a reader holds."""
    form, by = sent.form, sent.visit

    def do() -> str:
        personas.read(by.desk, by.caller, cluster, _said(form.one("verdict"), form.one("reason")))
        return f"/personas/{cluster}#words"

    again = Filled("read", form, lambda refused: _page(by, "persona", cluster, refused))
    return again.take(do)


@ROUTER.get("/personas/{cluster}/decision")
def decision(by: Seen, cluster: Id) -> Response:
    """The decision on a cluster: taken, or still to be taken."""
    return _page(by, "persona_decision", cluster)


@ROUTER.post("/personas/{cluster}/decision")
def decide(sent: Form, cluster: Id) -> Response:
    """Take a decision, or take it back, as the button says that was pressed."""
    form, by = sent.form, sent.visit
    back = form.one("do") == "back"

    def do() -> str:
        if back:
            personas.take_back(by.desk, by.caller, cluster, form.one("reason"))
        else:
            said = _said(form.one("verdict"), form.one("reason"))
            personas.decide(by.desk, by.caller, cluster, said)
        return f"/personas/{cluster}/decision"

    name = "back" if back else "decide"
    again = Filled(name, form, lambda refused: _page(by, "persona_decision", cluster, refused))
    return again.take(do)


def _drawn(picture: str) -> Response:
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(picture, media_type="image/svg+xml", headers=headers)


def _said(verdict: str, reason: str) -> SaidOf:
    if not verdict:
        raise UsageError("verdict: choose same, different or unclear")
    return SaidOf(verdict, reason)


def _submitted(sent: Upload) -> Response:
    by, form = sent.visit, sent.form
    try:
        told = personas.submit_files(by.desk, by.caller, form.one("title"), sent.files)
    except (InputError, UsageError) as error:
        again = Filled("submit", form, lambda refused: _intake(by, Asked(ROWS), refused))
        return again.refuse(UsageError(str(error)))
    return go(f"/personas?result={told['id']}")


def _intake(by: Visit, wanted: Asked, refused: Refused = NOTHING) -> Response:
    found = personas.listed_results(by.desk, by.caller, wanted)
    return by.page(
        "personas_intake", refused.title("Personas: intake"),
        rows=found.rows, next=onward("/personas/intake", wanted, found.next), refused=refused,
        may_submit=by.may(Role.ANALYST),
    )  # fmt: skip


def _page(by: Visit, template: str, cluster: str, refused: Refused = NOTHING) -> Response:
    row = personas.one(by.desk, by.caller, cluster)
    said, words = row["said"], row["words"]
    now = [each for each in words if each["round"] == row["round"]]
    title = f"{row['level'].capitalize()} {row['name']}"
    verdicts = [(each.value, text.format(level=row["level"])) for each, text in VERDICTS.items()]
    works = by.may(Role.ANALYST)
    return by.page(
        template, refused.title(title),
        row=row, name=title, said=said, links=said["links"][:_LINKS],
        links_left=len(said["links"][_LINKS:]) + said["left_out"],
        words=words, mine=_last(now, by.caller.person), verdicts=verdicts, refused=refused,
        evidence=evidence, bits=persona_picture.bits, left_out=persona_picture.left_out(said),
        siblings=_siblings(by, row), roles=ROLES,
        decided=_decision(words) if _is_decided(row) else None,
        may_read=by.may(Role.ANALYST, Role.APPROVER) and row["state"] in _OPEN, works=works,
        may_decide=works and row["state"] == State.AGREED, agreed=_last(now),
    )  # fmt: skip


def _is_decided(row: dict[str, Any]) -> bool:
    return row["state"] in DECIDED.values()


def _last(words: list[dict[str, Any]], person: str | None = None) -> dict[str, Any] | None:
    """The newest reading, of a person where one is named."""
    read = (each for each in reversed(words) if each["act"] == "read")
    return next((each for each in read if person in (None, each["person"])), None)


def _decision(words: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((each for each in reversed(words) if each["act"] == "decide"), None)


def _siblings(by: Visit, row: dict[str, Any]) -> list[Any]:
    """What else is asked of the same farm."""
    if not row["farm"]:
        return []
    filters = {"result": row["result"], "farm": row["farm"]}
    found = personas.listed(by.desk, by.caller, Asked(ROWS, "-rank", filters=filters)).rows
    return [each for each in found if each["id"] != row["id"]]
