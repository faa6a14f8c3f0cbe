"""What went wrong, as problem details (RFC 9457): one table from exception to status and type.

The detail is the one line of the exception. An error that nobody foresaw says nothing but that it
happened; what it was stands in the log, under the id of the request.
"""

import json
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from stanch.app.desk.outage import is_outage
from stanch.errors import (
    ForbiddenError,
    InputError,
    NotFoundError,
    RefusedError,
    SignatureError,
    StanchError,
    StrangerError,
    TooManyError,
    UsageError,
)

MEDIA: Final = "application/problem+json"
TYPE: Final = "urn:stanch:problem:"

TABLE: Final[tuple[tuple[type[StanchError], int, str, str], ...]] = (
    (StrangerError, 401, "stranger", "Nobody known"),
    (ForbiddenError, 403, "forbidden", "Not allowed"),
    (NotFoundError, 404, "not-found", "Not found"),
    (RefusedError, 409, "refused", "Refused by a rule"),
    (SignatureError, 422, "signature", "A signature does not hold"),
    (InputError, 422, "input", "Cannot be used"),
    (UsageError, 422, "usage", "Asked wrongly"),
    (TooManyError, 429, "too-many", "Asked too often"),
)
_TITLES: Final = {
    400: ("malformed", "Malformed"),
    404: ("not-found", "Not found"),
    405: ("method", "No such method here"),
    408: ("slow", "Too slow"),
    413: ("too-large", "Too large"),
    415: ("media-type", "Not of a type that is read here"),
    421: ("misdirected", "Not this server"),
    422: ("usage", "Asked wrongly"),
    503: ("away", "Away for a moment"),
    431: ("headers", "Headers too large"),
}
_UNFORESEEN: Final = ("unforeseen", "Something broke here")
_SILENT: Final = "the desk could not answer; its keeper finds why in the log"
_AGAIN: Final = 5  # seconds until a database that was away is worth another try
_MOST_ERRORS: Final = 20


def problem(error: StanchError, instance: str = "") -> tuple[int, dict[str, str], bytes]:
    """The problem of an exception: status, headers, body. `instance` is the path it happened at.

    An exception that is not in the table is unforeseen, and says nothing of itself.
    """
    for kind, status, name, title in TABLE:
        if isinstance(error, kind):
            headers = {}
            if isinstance(error, TooManyError):
                headers["Retry-After"] = str(error.wait)
            if status == 401:
                headers["WWW-Authenticate"] = 'Bearer realm="stanch"'
            more = {"instance": instance} if instance else {}
            return status, headers, _body(status, name, title, {"detail": str(error), **more})
    _note(error)
    return 500, {}, _body(500, *_UNFORESEEN, {"detail": _SILENT})


def of_error(error: StanchError) -> Response:
    """The problem of an exception as a response."""
    status, headers, body = problem(error)
    return Response(body, status, headers, MEDIA)


def of_status(status: int, detail: str, more: Mapping[str, Any] | None = None) -> Response:
    """A problem that no exception of Stanch stands for."""
    name, title = _TITLES.get(status, _UNFORESEEN)
    body = _body(status, name, title, {"detail": detail, **(more or {})})
    return Response(body, status, media_type=MEDIA)


def unforeseen(error: BaseException, request: str = "") -> Response:
    """What broke goes to the log, not to who asked; `request` is the id in both.

    A database that is away is 503: nothing happened, and the same may be asked again.
    """
    _note(error, request)
    if not is_outage(error):
        return of_status(500, _SILENT)
    response = of_status(503, "the desk's database is away, busy or full; nothing was changed")
    response.headers["Retry-After"] = str(_AGAIN)
    return response


def install(app: FastAPI) -> None:
    """Make the app answer every error in the one shape."""
    app.add_exception_handler(StanchError, _stanch)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _stanch(_: Request, error: Exception) -> Response:
    assert isinstance(error, StanchError)
    return of_error(error)


async def _invalid(_: Request, error: Exception) -> Response:
    """What of a request is wrong, where; never what was sent, which may be a secret."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {"where": "/".join(str(part) for part in each["loc"]), "why": each["msg"]}
        for each in error.errors()[:_MOST_ERRORS]
    ]
    detail = "; ".join(f"{each['where']}: {each['why']}" for each in errors[:1])
    return of_status(422, detail, {"errors": errors})


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return of_http(error)


def of_http(error: HTTPException) -> Response:
    """The problem of a status that was raised with a line of its own."""
    response = of_status(error.status_code, str(error.detail))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _body(status: int, name: str, title: str, more: Mapping[str, Any]) -> bytes:
    """ASCII: half a surrogate pair that somebody sent must not break the answer about it."""
    return json.dumps({"type": TYPE + name, "title": title, "status": status, **more}).encode()


def _note(error: BaseException, request: str = "") -> None:
    trace = "".join(traceback.format_exception(error))
    line = {"request": request, "error": type(error).__name__, "trace": trace}
    with suppress(OSError):  # where the disk is full the log may be too: the answer still goes out
        print(json.dumps(line), file=sys.stderr, flush=True)
