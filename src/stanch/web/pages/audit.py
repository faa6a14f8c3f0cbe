"""The log: its latest signed head, its entries, the export, and how anyone checks all of it."""

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import audit, trail
from stanch.errors import UsageError
from stanch.model.desk.people import MemberKind, Role
from stanch.web.api import log
from stanch.web.pages.visit import Form, Seen, Visit

ROUTER = APIRouter()
_ROWS: Final = 100
_DIGITS: Final = 15


@ROUTER.get("/audit")
def shown(request: Request, by: Seen) -> Response:
    """The head for everybody; entries for auditors."""
    auditor = by.may(Role.AUDITOR)
    head = audit.head(by.desk.database, by.caller)
    told = _told(head)
    after = _after(request, int(told["size"]))
    entries = trail.entries(by.desk, by.caller, after, _ROWS) if auditor else []
    more = entries[-1]["n"] if len(entries) == _ROWS else None
    return by.page(
        "audit", "Audit",
        head=head, told=told, key=by.desk.key.public.text, entries=entries, more=more,
        auditor=auditor, whole=_founds(by), may_export=auditor and _founds(by),
    )  # fmt: skip


@ROUTER.post("/audit/export")
def export(sent: Form) -> Response:
    """The whole log as a file. The log says who took it."""
    return log.export(sent.visit.desk, sent.visit.caller)


def _founds(by: Visit) -> bool:
    member = by.caller.member
    return member.founding and member.kind == MemberKind.GOVERNMENT


def _told(head: str) -> Mapping[str, Any]:
    """What a head says, for people to read. It is the desk's own: nothing is decided by it."""
    middle = head.split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    assert isinstance(said, dict)
    return said


def _after(request: Request, size: int) -> int:
    """After which entry to begin: the last hundred unless the address says another place."""
    text = request.query_params.get("after", "")
    if not text:
        return max(0, size - _ROWS)
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise UsageError("after: is no number of an entry")
    return int(text)
