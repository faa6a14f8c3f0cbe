"""What a desk says when it will not: problem details (RFC 9457), as the errors of `stanch.errors`.

What the desk writes is shown to people, so only its first line is taken, of what can be seen.
"""

import json
from typing import Any, Final

from stanch.errors import (
    ForbiddenError,
    NotFoundError,
    RefusedError,
    SignatureError,
    StanchError,
    StrangerError,
    TooManyError,
    UnreachableError,
    UsageError,
)

TYPE: Final = "urn:stanch:problem:"

_NAMED: Final[dict[str, type[StanchError]]] = {
    "stranger": StrangerError,
    "forbidden": ForbiddenError,
    "not-found": NotFoundError,
    "refused": RefusedError,
    "signature": SignatureError,
    "input": UsageError,
    "usage": UsageError,
}
_ERRORS: Final[dict[int, type[StanchError]]] = {
    400: UsageError,
    401: StrangerError,
    403: ForbiddenError,
    404: NotFoundError,
    405: UsageError,
    409: RefusedError,
    413: UsageError,
    415: UsageError,
    422: UsageError,
}
_MOST: Final = 300  # characters
_LONGEST: Final = 3600  # seconds that a desk may ask to wait


def error_of(status: int, body: bytes, retry_after: str | None = None) -> StanchError:
    """The error that an answer of 400 or more is.

    UnreachableError where the fault is the desk's, or the answer is not one of a desk.
    """
    problem = _problem(body)
    said, kind = _said(problem), str(problem.get("type")).removeprefix(TYPE)
    if status == 429:
        return TooManyError("asked the desk too often", _seconds(retry_after))
    known = _NAMED.get(kind, _ERRORS[status]) if status in _ERRORS else None
    if known is None:
        return UnreachableError(f"the desk answered {status}{f': {said}' if said else ''}")
    return known(said or f"the desk answered {status}")


def _problem(body: bytes) -> dict[str, Any]:
    try:
        problem: Any = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return problem if isinstance(problem, dict) else {}


def _said(problem: dict[str, Any]) -> str:
    """The detail of a problem, else its title; empty where it is none."""
    for name in ("detail", "title"):
        text = problem.get(name)
        if isinstance(text, str) and (shown := _seen(text)):
            return shown
    return ""


def _seen(text: str) -> str:
    """On one line, without signs that move a terminal's cursor or turn what follows."""
    return "".join(char if char.isprintable() else " " for char in text[:_MOST]).strip()


def _seconds(text: str | None) -> int:
    if text is not None and text.isascii() and text.isdigit() and len(text) < 9:
        return min(int(text), _LONGEST)
    return 60
