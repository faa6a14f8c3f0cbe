"""What went wrong, as a TAXII error message (TAXII 2.1, section 3.6.1)."""

from typing import Final

from fastapi.responses import Response

from stanch.app.taxii.words import TAXII, error
from stanch.errors import StanchError, TooManyError, UsageError
from stanch.web.problems import TABLE, unforeseen

_TITLES: Final = {
    400: "Asked wrongly",
    404: "Not found",
    405: "No such method here",
    406: "Not answered in that media type",
    408: "Too slow",
    413: "Too large",
    415: "Not of the media type of TAXII",
    421: "Not this server",
    422: "Cannot be taken in",
    503: "Away for a moment",
}
_REALMS: Final = 'Basic realm="stanch", charset="UTF-8", Bearer realm="stanch"'


class RefusedHereError(Exception):
    """A request that TAXII refuses with a status of its own."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        """Keep the parts."""
        super().__init__(detail)
        self.status, self.headers = status, headers or {}


def of_refusal(refused: RefusedHereError) -> Response:
    """The message of a refusal."""
    return _response(refused.status, _TITLES[refused.status], str(refused), refused.headers)


def of_status(status: int, detail: str) -> Response:
    """The message of what the limits of all requests refuse."""
    title = _TITLES.get(status, "Asked wrongly")
    return _response(status, title, detail, {"Connection": "close"})


def of_error(broken: StanchError) -> Response:
    """The message of an exception."""
    if isinstance(broken, UsageError):
        return _response(400, _TITLES[400], str(broken), {})
    for kind, status, _, title in TABLE:
        if isinstance(broken, kind):
            headers = {"WWW-Authenticate": _REALMS} if status == 401 else {}
            if isinstance(broken, TooManyError):
                headers["Retry-After"] = str(broken.wait)
            return _response(status, title, str(broken), headers)
    return of_unforeseen(broken)


def of_unforeseen(broken: BaseException, request: str = "") -> Response:
    """The message of what nobody foresaw, which the log alone tells; 503 where the database is
    away.
    """
    found = unforeseen(broken, request)
    away = found.status_code == 503
    detail = "the desk's database is away, busy or full; nothing was changed" if away else (
        "the desk could not answer; its keeper finds why in the log"
    )  # fmt: skip
    headers = {"Retry-After": found.headers["retry-after"]} if away else {}
    title = _TITLES[503] if away else "Something broke here"
    return _response(found.status_code, title, detail, headers)


def _response(status: int, title: str, detail: str, headers: dict[str, str]) -> Response:
    return Response(error(status, title, detail), status, headers, TAXII)
